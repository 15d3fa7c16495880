// The phone's share sheet: a button with data-sheet="#text" hands the text found there to an app; shown only where there is a sheet.
for (const button of document.querySelectorAll("[data-sheet]")) {
  const data = { title: button.dataset.title, text: document.querySelector(button.dataset.sheet).value };
  if (!navigator.canShare?.(data)) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.share(data);
    } catch {
      // Closing the sheet is no fault; the text can still be copied.
    }
  });
}

// A draft that was kept in this tab is judged as soon as the page can ask.
const body = document.querySelector(".own-text-field");

function judge() {
  if (window.htmx) body.dispatchEvent(new Event("input", { bubbles: true }));
  else setTimeout(judge, 50);
}

if (body && body.value !== body.defaultValue) judge();
