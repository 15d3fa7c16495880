// The summary of errors takes the focus, so that it is read first.
document.querySelector("[data-focus]")?.focus();

// A wide thing that was reached by an address inside a closed <details> is shown.
function open() {
  const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const closed = target && target.closest("details:not([open])");
  if (closed) closed.open = true;
}
addEventListener("hashchange", open);
open();
