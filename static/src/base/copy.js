// A button with data-copy="#where" copies the text or value found there; data-copied says so.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  const source = button && document.querySelector(button.dataset.copy);
  if (!source) return;
  const text = "value" in source ? source.value : source.textContent.trim();
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    if (source.select) source.select();
    else getSelection().selectAllChildren(source);
    return;
  }
  const words = [...button.childNodes].findLast((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  if (!button.dataset.copied || !words || button.dataset.words) return;
  document.dispatchEvent(new CustomEvent("say", { detail: button.dataset.copied }));
  button.dataset.words = words.data;
  words.data = button.dataset.copied;
  setTimeout(() => {
    words.data = button.dataset.words;
    delete button.dataset.words;
  }, 2000);
});
