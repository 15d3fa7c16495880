// The buttons above a story's text: they put Markdown around what is selected, and Ctrl or Cmd with B, I or K does the same from the text.
import "@github/markdown-toolbar-element";

const KEYS = { b: "bold", i: "italic", k: "link" };
const OF_A_LINE = /^(header-\d|quote)$/;
const HEADING = /^#{1,6} /;

// A heading or a quotation is a whole line, whatever part of it is selected; another level takes the place of the one that is there.
function takeLine(field, mark) {
  const start = field.value.lastIndexOf("\n", field.selectionStart - 1) + 1;
  const next = field.value.indexOf("\n", field.selectionStart);
  const end = next < 0 ? field.value.length : next;
  const line = field.value.slice(start, end);
  const wanted = mark.startsWith("header") ? `${"#".repeat(Number(mark.at(-1)))} ` : "";
  field.setSelectionRange(start, end);
  if (wanted && HEADING.test(line) && !line.startsWith(wanted)) field.setRangeText(line.replace(HEADING, ""), start, end, "select");
}

for (const bar of document.querySelectorAll("markdown-toolbar")) {
  const field = document.getElementById(bar.getAttribute("for"));
  const apply = (event) => {
    const mark = event.target.closest("[data-md-button]")?.dataset.mdButton;
    if (!mark || (event.type === "keydown" && event.key !== "Enter" && event.key !== " ")) return;
    const isWithinLine = !field.value.slice(field.selectionStart, field.selectionEnd).includes("\n");
    if (OF_A_LINE.test(mark) && isWithinLine) takeLine(field, mark);
    setTimeout(() => {
      if (OF_A_LINE.test(mark) && isWithinLine) field.setSelectionRange(field.selectionEnd, field.selectionEnd);
      field.removeAttribute("contenteditable");
    });
  };
  bar.addEventListener("click", apply, true);
  bar.addEventListener("keydown", apply, true);
  field.addEventListener("keydown", (event) => {
    const mark = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && KEYS[event.key.toLowerCase()];
    if (!mark) return;
    event.preventDefault();
    bar.querySelector(`[data-md-button=${mark}]`).click();
  });
}
