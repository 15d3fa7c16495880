// A form that was sent is not sent again until it comes back.
const WAIT_MS = 15000;
const sent = new Map();

function release(form) {
  clearTimeout(sent.get(form)?.timer);
  sent.get(form)?.button?.removeAttribute("aria-busy");
  sent.delete(form);
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method === "get" || event.submitter?.formTarget === "_blank") return;
  if (sent.has(form)) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  const button = event.submitter;
  button?.setAttribute("aria-busy", "true");
  sent.set(form, { button, timer: setTimeout(release, WAIT_MS, form) });
});

addEventListener("pageshow", () => [...sent.keys()].forEach(release));
document.addEventListener("htmx:finally:request", (event) => {
  const form = event.target.closest?.("form");
  if (form) release(form);
});
