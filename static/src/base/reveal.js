// A password can be looked at while it is typed.
document.querySelectorAll("[data-reveals]").forEach((button) => (button.hidden = false));

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-reveals]");
  if (!button) return;
  const field = document.getElementById(button.dataset.reveals);
  const shown = field.type === "password";
  field.type = shown ? "text" : "password";
  button.setAttribute("aria-pressed", String(shown));
  button.textContent = shown ? button.dataset.hide : button.dataset.show;
});

// What is sent is a password again, so that no browser remembers it as text.
document.addEventListener("submit", (event) => {
  for (const button of event.target.querySelectorAll("[data-reveals][aria-pressed=true]")) document.getElementById(button.dataset.reveals).type = "password";
});
