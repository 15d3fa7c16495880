// What was typed survives an error, a lost connection and a session that ended: a form with data-keep="key" is kept in this tab
// until a page says data-kept="key", or somebody signs out (a form with data-forgets). Secrets are never kept.
const PREFIX = "draft:";
const FIELDS = "textarea, input:not([type=hidden], [type=password], [type=file], [type=radio], [type=checkbox], [type=submit], [type=search])";

function fields(form) {
  return [...form.elements].filter((field) => field.name && field.matches(FIELDS));
}

function read(key) {
  try {
    return JSON.parse(sessionStorage.getItem(PREFIX + key)) ?? {};
  } catch {
    return {};
  }
}

function keep(form) {
  const typed = fields(form).filter((field) => field.value !== field.defaultValue || read(form.dataset.keep)[field.name] !== undefined);
  try {
    sessionStorage.setItem(PREFIX + form.dataset.keep, JSON.stringify(Object.fromEntries(typed.map((field) => [field.name, field.value]))));
  } catch {
    // A full or forbidden store only means that there is no draft.
  }
}

function restore(form) {
  const draft = read(form.dataset.keep);
  for (const field of fields(form)) {
    if (draft[field.name] === undefined || field.value !== field.defaultValue || field.value === draft[field.name]) continue;
    field.value = draft[field.name];
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

for (const mark of document.querySelectorAll("[data-kept]")) sessionStorage.removeItem(PREFIX + mark.dataset.kept);
document.querySelectorAll("form[data-keep]").forEach(restore);

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (form?.dataset.keep) keep(form);
});

document.addEventListener("submit", (event) => {
  if (!("forgets" in event.target.dataset)) return;
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
});
