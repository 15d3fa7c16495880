// The choice of theme is seen at once; the server keeps it when the form is sent.
const NAMES = { light: "socii", dark: "socii-dark" };

document.addEventListener("change", (event) => {
  if (!event.target.closest("[data-theme-choice]")) return;
  const name = NAMES[event.target.value];
  if (name) document.documentElement.dataset.theme = name;
  else delete document.documentElement.dataset.theme;
});
