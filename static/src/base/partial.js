// Parts of a page that renew themselves: htmx, with the proof that a form was opened here.
import htmx from "htmx.org";

document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
  if (new URL(ctx.request.action, location.href).origin !== location.origin) return;
  const token = document.querySelector("meta[name=csrf-token]")?.content;
  if (token) ctx.request.headers["X-CSRFToken"] = token;
});

for (const name of ["htmx:error", "htmx:response:error"]) {
  document.addEventListener(name, () => document.dispatchEvent(new CustomEvent("say", { detail: document.body.dataset.lost })));
}

window.htmx = htmx;
