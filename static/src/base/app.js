// What every page gets. Each module listens on the document, so that parts swapped in later are served as well.
import "./say.js";
import "./confirm.js";
import "./once.js";
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
