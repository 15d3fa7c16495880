// What was typed or chosen survives an error, a lost connection and a session that ended: a form with data-keep="key" is kept in this tab, for
// this person, until a page says data-kept="key", or somebody signs out (a form with data-forgets). Secrets and files are never kept.
const PREFIX = "draft:";
const MINE = `${PREFIX}${document.body.dataset.who ?? ""}:`;
const BASE = "";
const FIELDS = "textarea, select, input:not([type=hidden], [type=password], [type=file], [type=submit], [type=search]), input[type=hidden][data-keeps]";

// The fields of a form by name: a group of check boxes is one thing.
function groups(form) {
  const found = new Map();
  for (const field of form.elements) if (field.name && field.matches(FIELDS)) found.set(field.name, [...(found.get(field.name) ?? []), field]);
  return found;
}

const isChoice = ([field]) => field.type === "checkbox" || field.type === "radio";
const isHidden = ([field]) => field.type === "hidden";
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

function now(group) {
  if (isChoice(group)) return group.filter((field) => field.checked).map((field) => field.value);
  return group[0].tagName === "SELECT" ? [...group[0].selectedOptions].map((option) => option.value) : group[0].value;
}

function before(group) {
  if (isChoice(group)) return group.filter((field) => field.defaultChecked).map((field) => field.value);
  if (group[0].tagName !== "SELECT") return group[0].defaultValue;
  const chosen = [...group[0].options].filter((option) => option.defaultSelected).map((option) => option.value);
  return chosen.length || group[0].multiple ? chosen : [group[0].options[0]?.value];
}

function put(group, value) {
  if (isChoice(group)) for (const field of group) field.checked = value.includes(field.value);
  else if (group[0].tagName === "SELECT") for (const option of group[0].options) option.selected = value.includes(option.value);
  else group[0].value = value;
}

function read(key) {
  try {
    return JSON.parse(sessionStorage.getItem(MINE + key)) ?? {};
  } catch {
    return {};
  }
}

function keep(form) {
  const draft = read(form.dataset.keep);
  const all = [...groups(form)];
  const typed = all.filter(([name, group]) => !isHidden(group) && (name in draft || !same(now(group), before(group))));
  if (!typed.length) return;
  const values = [...typed, ...all.filter(([, group]) => isHidden(group))].map(([name, group]) => [name, now(group)]);
  try {
    sessionStorage.setItem(MINE + form.dataset.keep, JSON.stringify(Object.fromEntries([[BASE, form.dataset.base ?? ""], ...values])));
  } catch {
    // A full or forbidden store only means that there is no draft.
  }
}

// A form that came back as it was sent (data-sent) is what the draft now is. Into any other the draft is put; a hidden field with
// data-keeps="base" only when what lies under the draft (data-base) has changed since, so that nobody's change is written over unseen.
function restore(form) {
  if ("sent" in form.dataset) {
    keep(form);
    return;
  }
  const draft = read(form.dataset.keep);
  const isMoved = draft[BASE] !== (form.dataset.base ?? "");
  let isBack = false;
  for (const [name, group] of groups(form)) {
    const kept = draft[name];
    if (kept === undefined || same(now(group), kept)) continue;
    if (isHidden(group)) {
      if (isMoved || group[0].dataset.keeps !== "base") put(group, kept);
    } else if (same(now(group), before(group))) {
      put(group, kept);
      for (let part = group[0].closest("details"); part; part = part.parentElement.closest("details")) part.open = true;
      group[0].dispatchEvent(new Event("input", { bubbles: true }));
      isBack = true;
    }
  }
  const note = isBack && form.querySelector("[data-restored]");
  if (!note) return;
  note.hidden = false;
  document.dispatchEvent(new CustomEvent("say", { detail: note.textContent.trim() }));
}

for (const mark of document.querySelectorAll("[data-kept]")) sessionStorage.removeItem(MINE + mark.dataset.kept);
document.querySelectorAll("form[data-keep]").forEach(restore);

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (form?.dataset.keep) keep(form);
});

document.addEventListener("click", (event) => {
  const form = event.target.closest("[data-discards]")?.form;
  if (!form) return;
  sessionStorage.removeItem(MINE + form.dataset.keep);
  location.reload();
});

document.addEventListener("submit", (event) => {
  if (!("forgets" in event.target.dataset)) return;
  for (const store of [sessionStorage, localStorage]) {
    for (const key of Object.keys(store)) if (key.startsWith(PREFIX)) store.removeItem(key);
  }
});
