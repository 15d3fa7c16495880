// Keys: / reaches the search box; 1 to 9 and Enter answer a question in a form with data-keys.
const WRITING = "textarea, select, [contenteditable], input:not([type=radio], [type=checkbox])";

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || event.target.closest?.(`${WRITING}, dialog`)) return;
  if (event.key === "/") {
    const search = document.querySelector("[data-search]");
    if (!search) return;
    event.preventDefault();
    search.focus();
    search.select();
    return;
  }
  const form = document.querySelector("form[data-keys]");
  if (!form) return;
  if (/^[1-9]$/.test(event.key)) {
    const option = form.querySelectorAll("input[type=radio], input[type=checkbox]")[event.key - 1];
    if (!option) return;
    event.preventDefault();
    option.focus();
    option.click();
  } else if (event.key === "Enter" && !event.target.closest("a, button, summary")) {
    event.preventDefault();
    form.requestSubmit(form.querySelector("button:not([type=button], [data-confirms])"));
  }
});
