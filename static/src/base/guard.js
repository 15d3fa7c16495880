// Leaving a form with data-guard that was changed and not sent asks first.
const changed = new Set();

document.addEventListener("input", (event) => {
  if (event.target.form && "guard" in event.target.form.dataset) changed.add(event.target.form);
});
document.addEventListener("submit", (event) => {
  if (!event.defaultPrevented && event.submitter?.formTarget !== "_blank") changed.delete(event.target);
});
addEventListener("beforeunload", (event) => {
  if ([...changed].some((form) => form.isConnected)) event.preventDefault();
});
