// The clock of an attempt whose time is limited counts down to the server's deadline by the server's time, whatever this device's clock says,
// and is right again after sleep. It is announced seldom, takes no focus, and at its end hands in what was chosen. The server is asked first: it
// gives back the time in which it could not be reached.
import { keep, leave } from "./answers.js";
import { attempt, send } from "./unsent.js";

const JUMP_MS = 1500;
const PATIENCE_MS = 5000;
const AGAIN_MS = 3000;
const NEAR_MS = 60000;

const place = document.querySelector("[data-ends]");
const told = `told:${attempt}`;
// The server's time at a moment of the browser's steady clock, which nobody can set. It may stand still while the device sleeps; then, and when
// somebody sets the device's clock, the two drift apart, and the server is asked before anything is said or done.
let known = { server: 0, steady: 0 };
let drift = 0;
let isSure = true;
let isOver = false;

const steady = () => performance.now();
const left = () => Number(place.dataset.ends) - (known.server + steady() - known.steady);
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const two = (number) => String(number).padStart(2, "0");

function inWords(ms) {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

// The page was made at data-now, and its first byte came right after.
function setByPage() {
  const [page] = performance.getEntriesByType("navigation");
  known = { server: Number(place.dataset.now), steady: page?.responseStart ?? 0 };
  drift = Date.now() - steady();
}

async function setByServer() {
  isSure = false;
  drift = Date.now() - steady();
  const asked = steady();
  try {
    const answer = await fetch("/-/live", { method: "HEAD", cache: "no-store" });
    const server = Date.parse(answer.headers.get("Date")) + 500; // it names the second that has begun
    if (server) known = { server, steady: (asked + steady()) / 2 };
    isSure = true;
    tick();
  } catch {
    setTimeout(setByServer, AGAIN_MS);
  }
}

function say(words) {
  document.dispatchEvent(new CustomEvent("say", { detail: words }));
}

// Of the moments that have passed only the latest is said, once in an attempt.
function announce(ms) {
  const moments = Object.entries(JSON.parse(place.dataset.said)).map(([seconds, words]) => [Number(seconds), words]);
  const due = moments.filter(([seconds]) => ms <= seconds * 1000).sort(([one], [other]) => one - other)[0];
  const last = Number(sessionStorage.getItem(told) ?? Infinity);
  if (!due || due[0] >= last) return;
  sessionStorage.setItem(told, String(due[0]));
  say(due[1]);
}

// The page before handing in has the same clock, with what outages took given back; none once the time is over. Null: we do not know yet.
async function isGivenBack() {
  try {
    const answer = await fetch(attempt, { cache: "no-store", signal: AbortSignal.timeout(PATIENCE_MS) });
    if (answer.status >= 500 || answer.status === 429) return null;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const clock = page.querySelector("[data-ends]");
    if (!clock || Number(clock.dataset.ends) <= Number(place.dataset.ends)) return false;
    place.dataset.ends = clock.dataset.ends;
    known = { server: Number(clock.dataset.now), steady: steady() };
    return left() > 0;
  } catch {
    return null;
  }
}

async function finish() {
  isOver = true;
  let isMore;
  while ((isMore = await isGivenBack()) === null) await pause(AGAIN_MS);
  if (isMore) {
    sessionStorage.removeItem(told);
    isOver = false;
    return;
  }
  say(place.dataset.over);
  await Promise.race([keep(), pause(PATIENCE_MS)]);
  while ((await send(`${attempt}/submission`)) === "lost") await pause(AGAIN_MS);
  sessionStorage.removeItem(told);
  leave(attempt);
}

function tick() {
  if (isOver) return;
  if (isSure && Math.abs(Date.now() - steady() - drift) > JUMP_MS) setByServer();
  const ms = left();
  const words = inWords(ms);
  if (place.lastElementChild.textContent !== words) place.lastElementChild.textContent = words;
  place.classList.toggle("time-near", ms <= NEAR_MS);
  if (!isSure) return;
  if (ms <= 0) finish();
  else announce(ms);
}

if (place) {
  const shown = place.lastElementChild;
  place.title = shown.textContent;
  shown.setAttribute("role", "timer");
  shown.setAttribute("aria-label", place.dataset.label);
  setByPage();
  tick();
  setInterval(tick, 250);
  document.addEventListener("visibilitychange", tick);
  addEventListener("pageshow", tick);
}
