// A lesson opens where its reader stopped, on this device: the place is kept under "draft:", so that signing out forgets it. A line says so and
// leads back to the beginning. A choice in a scenario stays under the finger, though the one before it closes.
const key = `draft:${document.body.dataset.who ?? ""}:read:${location.pathname}`;
const article = document.querySelector("article.prose");
const line = document.getElementById("stopped");
const HEAD_PX = 80;
const WAIT_MS = 400;
const blocks = [...article.children].filter((block) => block !== line);
let timer = 0;

function keep() {
  const first = blocks.findIndex((block) => block.getBoundingClientRect().bottom > HEAD_PX);
  const isEnd = article.getBoundingClientRect().bottom < innerHeight;
  try {
    if (first > 0 && !isEnd) localStorage.setItem(key, JSON.stringify([first, blocks.length]));
    else localStorage.removeItem(key);
  } catch {
    // Without a store the lesson opens at its beginning.
  }
}

function place() {
  try {
    const [first, count] = JSON.parse(localStorage.getItem(key)) ?? [];
    return count === blocks.length ? blocks[first] : null;
  } catch {
    return null;
  }
}

if (line) {
  const [page] = performance.getEntriesByType("navigation");
  const stopped = !location.hash && page?.type === "navigate" && place();
  if (stopped) {
    stopped.before(line);
    line.hidden = false;
    location.replace("#stopped"); // as if a link had led here: the keyboard and the screen reader go on from here too
  }
  addEventListener("scroll", () => {
    clearTimeout(timer);
    timer = setTimeout(keep, WAIT_MS);
  }, { passive: true });
  addEventListener("pagehide", keep);
  document.addEventListener("submit", () => {
    removeEventListener("pagehide", keep);
    clearTimeout(timer);
    localStorage.removeItem(key);
  });
}

document.addEventListener("click", (event) => {
  const summary = event.target.closest("details[name] > summary");
  if (!summary) return;
  const top = summary.getBoundingClientRect().top;
  requestAnimationFrame(() => scrollBy(0, summary.getBoundingClientRect().top - top));
});
