// A question: what is chosen is kept as it is chosen, one thing after the other, so that the last choice is the one that counts.
import { attempt, forget, remember, sendAnswer, sendWaiting, waiting } from "./unsent.js";

const RETRY_MS = [1000, 2000, 4000, 8000, 15000];
const PATIENCE_MS = 3000;

const form = document.querySelector("form[data-answers]");
const path = form && new URL(form.action).pathname;
const said = form?.querySelector(".answer-kept");
let kept = form && state("defaultChecked"); // what the server has
let running = null;
let tries = 0;
let timer = 0;
let isPressed = false;
let isLeaving = false;

function state(mark) {
  return JSON.stringify([...form.querySelectorAll("[name=chosen]")].filter((option) => option[mark]).map((option) => option.value));
}

const now = () => state("checked");

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

function tell(outcome) {
  const words = form.dataset[{ done: "saysKept", lost: "saysLost", out: "saysOut" }[outcome]];
  if (said.textContent !== words && (outcome !== "done" || said.dataset.state)) document.dispatchEvent(new CustomEvent("say", { detail: words }));
  said.textContent = words;
  said.dataset.state = outcome === "done" ? "" : "careful";
}

function mark() {
  const link = document.querySelector(".places-row [aria-current]");
  const isAnswered = kept !== "[]";
  link.classList.toggle("place-answered", isAnswered);
  link.querySelector("[data-answered]")?.remove();
  if (!isAnswered) return;
  const words = document.createElement("span");
  words.className = "sr-only";
  words.dataset.answered = "";
  words.textContent = ` ${form.dataset.saysAnswered}`;
  link.append(words);
}

async function run() {
  while (kept !== now()) {
    const chosen = now();
    const outcome = await sendAnswer(path, JSON.parse(chosen));
    if (outcome === "refused") {
      leave(attempt); // handed in elsewhere, or time is up: that page says which
      return;
    }
    if (outcome !== "done") {
      tell(outcome);
      timer = setTimeout(keep, RETRY_MS[Math.min(tries++, RETRY_MS.length - 1)]);
      return;
    }
    kept = chosen;
    tries = 0;
    if (kept === now()) forget(path);
    mark();
    tell("done");
  }
}

// Keeps what is chosen now; whoever calls may wait for it.
export function keep() {
  if (!form) return Promise.resolve();
  clearTimeout(timer);
  running ??= run().finally(() => (running = null));
  return running;
}

export function leave(where) {
  isLeaving = true;
  location.assign(where);
}

async function goOn(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
  if (kept !== now()) await Promise.race([keep(), pause(PATIENCE_MS)]);
  const place = Number(path.split("/").at(-1));
  if (kept === now()) leave(place < Number(form.dataset.answers) ? `${attempt}/${place + 1}` : attempt);
  else if (!tries || isPressed) {
    isLeaving = true;
    form.submit(); // an answer that takes its time, or somebody who insists: as without script
  } else isPressed = true;
}

// An address of the same attempt is opened when what was chosen is there, so that it is not shown as missing.
async function follow(event) {
  const link = event.target.closest(".places-row a, .steps a, .read-bar a");
  if (!link || !running || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  await Promise.race([running, pause(PATIENCE_MS)]);
  location.assign(link.href);
}

function takeUp() {
  const left = waiting().find(([where]) => where === path)?.[1];
  const options = [...form.querySelectorAll("[name=chosen]")];
  if (left?.every((one) => options.some((option) => option.value === one))) for (const option of options) option.checked = left.includes(option.value);
  if (kept === now()) forget(path);
  else keep(); // also what was chosen before this script was there
}

if (form) {
  takeUp();
  sendWaiting(path);
  form.addEventListener("change", () => {
    remember(path, JSON.parse(now()));
    keep();
  });
  form.addEventListener("submit", goOn);
  document.addEventListener("click", follow);
  for (const name of ["online", "pageshow"]) addEventListener(name, keep);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) keep();
    else if (running && kept !== now()) sendAnswer(path, JSON.parse(now()));
  });
  addEventListener("beforeunload", (event) => {
    if (tries > 0 && kept !== now() && !isLeaving) event.preventDefault();
  });
}
