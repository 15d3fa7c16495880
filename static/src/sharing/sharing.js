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
