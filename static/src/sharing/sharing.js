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

// What was typed or chosen before the page could ask, or kept from an earlier visit, is judged once as soon as it can.
const form = document.querySelector(".composer-form");

function judge() {
  const { body, language } = form.elements;
  const chosen = language.selectedOptions[0]?.defaultSelected ?? true;
  if (body.value !== body.defaultValue || !chosen) body.dispatchEvent(new Event("input", { bubbles: true }));
}

if (form && "htmxPowered" in form.dataset) judge();
else form?.addEventListener("htmx:after:init", judge, { once: true });
