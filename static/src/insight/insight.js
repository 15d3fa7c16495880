// HR's pages. A link with data-panel opens what it leads to beside the list, and the list keeps its place; the address is the page's own, so
// that it can be kept, sent and opened anew. A form with data-panel inside is sent from there. Whatever cannot be shown beside is opened whole.
// A part with data-later="address" fetches itself when it comes into view.
const PART = { "X-Part": "panel" };
const panel = document.getElementById("panel");
const body = panel?.querySelector("[data-body]");
const wait = body?.innerHTML;
let turn = 0;

async function fetched(address, more = {}) {
  const answer = await fetch(address, { ...more, headers: PART });
  if (!answer.headers.has("X-Part")) throw new Error(answer.url);
  return answer.text();
}

async function load(address, more) {
  const mine = ++turn;
  panel.setAttribute("aria-busy", "true");
  let text;
  try {
    text = await fetched(address, more);
  } catch {
    if (mine === turn) location.assign(more ? location.href : address);
    return;
  }
  if (mine !== turn || !panel.open) return;
  panel.removeAttribute("aria-busy");
  body.innerHTML = text;
  panel.scrollTop = 0;
  body.querySelector("[data-focus], [data-title]")?.focus();
}

function open(address) {
  if (!panel.open) {
    body.innerHTML = wait;
    panel.showModal();
  }
  load(address);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-panel]");
  if (!panel || !link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  window.history[panel.open ? "replaceState" : "pushState"]({ panel: true }, "", link.href); // however far one went inside, Back leads to the list
  open(link.href);
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || !panel?.contains(form) || !("panel" in form.dataset)) return;
  event.preventDefault();
  load(form.action, { method: "POST", body: new FormData(form, event.submitter) });
});

panel?.addEventListener("close", () => {
  turn += 1;
  if (window.history.state?.panel) window.history.back();
});

addEventListener("popstate", (event) => {
  if (!panel) return;
  if (event.state?.panel) open(location.href);
  else if (panel.open) panel.close();
});

const watch = new IntersectionObserver((seen) => {
  for (const { target } of seen.filter((entry) => entry.isIntersecting)) {
    watch.unobserve(target);
    fetched(target.dataset.later).then(
      (text) => (target.innerHTML = text),
      () => {}, // the link that stands there leads to the same
    );
  }
});
document.querySelectorAll("[data-later]").forEach((part) => watch.observe(part));
