// Tells the screen reader what an eye can see: anybody may announce it with a "say" event on the document.
document.addEventListener("say", ({ detail }) => {
  const place = document.getElementById("announcer");
  if (!place || !detail) return;
  place.textContent = "";
  setTimeout(() => (place.textContent = detail), 50);
});
