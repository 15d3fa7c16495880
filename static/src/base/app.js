// What every page gets. Most modules listen on the document, so that parts swapped in later are served as well.
//
//   form data-keep="key"        what is typed or chosen is kept in this tab until flash("key", "kept") has been shown; data-sent: it came back
//                               from the server; data-base: what it was begun from; a hidden field is kept with data-keeps, and with "base" put
//                               back only when that has changed; inside it [data-restored] is shown when something is back, data-discards drops it
//   form data-guard             asks before it is left with changes
//   form data-keys              1 to 9 choose an option, Enter sends
//   form data-forgets           sending it (signing out) forgets every kept draft
//   data-opens="id" data-closes open and close a <dialog>; a <dialog data-confirm> inside a form asks before it is sent
//   data-copy="#id"             copies the text found there; data-copied="…" says so
//   data-search                 the field that / reaches
//   data-theme-choice           a group of radio buttons whose value is system, light or dark
//   body data-page="address"    the page answered a form; sent again, it leaves this address in the history in its place
//   data-focus                  takes the focus when the page opens
//
import "./say.js";
import "./confirm.js";
import "./once.js";
import "./back.js";
import "./drafts.js";
import "./guard.js";
import "./keys.js";
import "./reveal.js";
import "./copy.js";
import "./theme.js";
import "./attention.js";

const ASKS = "[hx-get],[hx-post],[hx-put],[hx-patch],[hx-delete],[hx-boost]";

// htmx costs more than all the rest together, so only a page that uses it fetches it.
if (document.querySelector(ASKS)) import("./partial.js");
