// Answers that have not reached the server stay on this device, under "draft:" so that signing out forgets them, and are sent when it can be
// reached: a battery that dies or a tunnel costs nothing that was chosen. What is sent twice is kept once.
const PREFIX = "draft:answer:";
const PATIENCE_MS = 10000;

export const attempt = location.pathname.match(/^.*\/attempts\/[0-9a-f-]{36}/)?.[0];

export function remember(path, chosen) {
  try {
    localStorage.setItem(PREFIX + path, JSON.stringify(chosen));
  } catch {
    // A full or forbidden store only means that the answer lives as long as the page.
  }
}

export function forget(path) {
  try {
    localStorage.removeItem(PREFIX + path);
  } catch {
    // As above.
  }
}

// What waits of this attempt: pairs of a place's address and the ids that were chosen there.
export function waiting() {
  try {
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(`${PREFIX}${attempt}/`));
    return keys.map((key) => [key.slice(PREFIX.length), JSON.parse(localStorage.getItem(key))]).filter(([, chosen]) => Array.isArray(chosen));
  } catch {
    return [];
  }
}

// Sends something of this attempt: "done", "refused" (it is over), "out" (nobody is signed in any more) or "lost" (not now).
export async function send(path, fields = []) {
  const token = document.querySelector("meta[name=csrf-token]")?.content ?? "";
  const body = new URLSearchParams([["csrf_token", token], ...fields]);
  try {
    const answer = await fetch(path, { method: "POST", body, headers: { Accept: "application/json" }, redirect: "manual", keepalive: true, signal: AbortSignal.timeout(PATIENCE_MS) });
    if (answer.ok) return "done";
    if (answer.type === "opaqueredirect" || answer.status === 400) return "out";
    return answer.status < 500 && answer.status !== 429 ? "refused" : "lost";
  } catch {
    return "lost";
  }
}

export const sendAnswer = (path, chosen) => send(`${path}/kept`, chosen.map((one) => ["chosen", one]));

// Sends what waits of other places than this one; says whether anything reached the server, and whether something still waits.
export async function sendWaiting(here) {
  let isAny = false;
  for (const [path, chosen] of waiting()) {
    if (path === here) continue;
    const outcome = await sendAnswer(path, chosen);
    if (outcome === "lost" || outcome === "out") return { isAny, isLeft: true };
    forget(path);
    isAny ||= outcome === "done";
  }
  return { isAny, isLeft: false };
}
