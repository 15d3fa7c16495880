// Dialogs: opened by data-opens, closed by data-closes; a form that holds one with data-confirm asks before it is sent.
const asked = new WeakMap();

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) document.getElementById(opener.dataset.opens)?.showModal();
  if (event.target.closest("[data-closes]")) event.target.closest("dialog")?.close();
  if (event.target.matches("dialog[open]")) event.target.close();
});

document.addEventListener(
  "submit",
  (event) => {
    const dialog = event.target.querySelector(":scope dialog[data-confirm]");
    if (!dialog) return;
    if (dialog.open && event.submitter?.matches("[data-confirms]")) {
      dialog.close();
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    if (dialog.open) return;
    asked.set(dialog, event.submitter);
    dialog.showModal();
  },
  true,
);

document.addEventListener("close", (event) => asked.get(event.target)?.focus(), true);
