// Before handing in: answers that still wait on this device are sent first, and when time is up the page asks for the result by itself.
import { attempt, sendWaiting, waiting } from "./unsent.js";

const note = document.querySelector("[data-unsent]");
let isWarned = false;

async function flush() {
  if (!waiting().length) return true;
  const { isAny, isLeft } = await sendWaiting();
  note.hidden = !isLeft;
  if (isAny && !isLeft) location.reload(); // so that they are shown as answered
  return !isLeft;
}

if (note) {
  flush();
  addEventListener("online", flush);
  document.addEventListener(
    "submit",
    async (event) => {
      if (!event.target.action.endsWith("/submission") || isWarned || !waiting().length) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      isWarned = true; // whoever presses again means it
      if (await flush()) return;
      document.dispatchEvent(new CustomEvent("say", { detail: note.textContent.trim() }));
      note.scrollIntoView({ block: "center" });
    },
    true,
  );
}

if (document.querySelector("[data-waits]")) {
  sendWaiting(); // too late: they are only forgotten
  const asked = Number(sessionStorage.getItem(`asked:${attempt}`) ?? 1);
  sessionStorage.setItem(`asked:${attempt}`, String(asked + 1));
  setTimeout(() => location.reload(), Math.min(60, 2 ** asked) * 1000);
}
