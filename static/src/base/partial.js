// Parts of a page that renew themselves: htmx, with the proof that a form was opened here.
import htmx from "htmx.org";

document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
  if (new URL(ctx.request.action, location.href).origin !== location.origin) return;
  const token = document.querySelector("meta[name=csrf-token]")?.content;
  if (token) ctx.request.headers["X-CSRFToken"] = token;
});

// What could not be fetched is said aloud and shown for a while.
const SHOWN_MS = 8000;
for (const name of ["htmx:error", "htmx:response:error"]) {
  document.addEventListener(name, ({ detail: { ctx } }) => {
    if (name === "htmx:response:error" && ctx.response.status < 500) return; // a refusal says itself what to do
    const place = document.getElementById("announcer");
    document.dispatchEvent(new CustomEvent("say", { detail: document.body.dataset.lost }));
    place.className = "toast";
    setTimeout(() => (place.className = "sr-only"), SHOWN_MS);
  });
}

window.htmx = htmx;
