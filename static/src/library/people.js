// A colleague is looked up while the name is typed: [data-finds] is where to ask, and holds the field for the name;
// data-chosen names the hidden field that keeps whom it is. Without script the name is sent as it is, and of several people one is chosen then.
const WAIT_MS = 200;
const SHORTEST = 2;

function element(tag, attributes, ...content) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...content);
  return made;
}

function finder(box) {
  const field = box.querySelector("input:not([type=hidden])");
  const chosen = document.getElementById(box.dataset.chosen);
  const list = element("ul", { id: `${field.id}-found`, class: "finds-list", role: "listbox", "aria-label": field.labels[0].textContent });
  let active = -1;
  let asking = null;
  let timer = 0;

  const options = () => [...list.children];
  const isOpen = () => !list.hidden;

  function show(people) {
    list.replaceChildren(
      ...people.map((person, place) => {
        const option = element("li", { id: `${list.id}-${place}`, role: "option", "aria-selected": "false" }, element("bdi", {}, person.name), element("small", {}, person.about));
        option.person = person;
        return option;
      }),
    );
    active = -1;
    list.hidden = people.length === 0;
    field.setAttribute("aria-expanded", String(isOpen()));
    field.removeAttribute("aria-activedescendant");
  }

  function go(place) {
    const all = options();
    active = (place + all.length) % all.length;
    all.forEach((option, number) => option.setAttribute("aria-selected", String(number === active)));
    all[active].scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", all[active].id);
  }

  function choose(person) {
    show([]);
    field.value = person.name;
    chosen.value = person.uuid;
    field.dispatchEvent(new CustomEvent("input", { bubbles: true, detail: "chosen" }));
  }

  async function ask() {
    asking?.abort();
    asking = new AbortController();
    try {
      const answer = await fetch(`${box.dataset.finds}?q=${encodeURIComponent(field.value.trim())}`, { headers: { Accept: "application/json" }, signal: asking.signal });
      if (!answer.ok || answer.redirected) return;
      const found = await answer.json();
      show(found.people);
      document.dispatchEvent(new CustomEvent("say", { detail: found.said }));
    } catch {
      // Without an answer the name is looked up when the form is sent.
    }
  }

  field.addEventListener("input", (event) => {
    if (event.detail === "chosen") return;
    box.querySelector(".finds-which")?.remove();
    chosen.disabled = false;
    chosen.value = "";
    clearTimeout(timer);
    if (field.value.trim().length < SHORTEST && /^[ -~]*$/.test(field.value)) {
      asking?.abort();
      show([]);
    } else timer = setTimeout(ask, WAIT_MS);
  });

  field.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" && !isOpen() && field.value.trim().length >= SHORTEST) ask();
    else if (!isOpen()) return;
    else if (event.key === "ArrowDown") go(active + 1);
    else if (event.key === "ArrowUp") go(active < 0 ? -1 : active - 1);
    else if (event.key === "Enter") {
      const option = options()[options().length === 1 ? 0 : active];
      if (option) choose(option.person);
    } else if (event.key === "Escape") show([]);
    else return;
    event.preventDefault();
  });

  field.addEventListener("blur", () => {
    clearTimeout(timer);
    asking?.abort();
    show([]);
  });
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) choose(option.person);
  });

  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id })) field.setAttribute(name, value);
  list.hidden = true;
  field.after(list);
}

document.querySelectorAll("[data-finds]").forEach(finder);
