// Scripts run in the browser as modules; the build runs in Node.
const browser = ["window", "document", "location", "history", "navigator", "sessionStorage", "localStorage", "performance", "AbortSignal", "getSelection", "addEventListener", "removeEventListener", "scrollBy", "innerHeight", "setTimeout", "clearTimeout", "setInterval", "CustomEvent", "Event", "Node", "URL", "URLSearchParams", "FormData", "fetch", "Intl", "requestAnimationFrame", "matchMedia", "IntersectionObserver", "ResizeObserver", "AbortController", "HTMLElement", "DOMParser"];
const node = ["process", "Buffer", "console", "URL"];
const named = (names) => Object.fromEntries(names.map((name) => [name, "readonly"]));

const rules = {
  "no-undef": "error",
  "no-unused-vars": "error",
  "no-var": "error",
  "prefer-const": "error",
  eqeqeq: "error",
  "no-eval": "error",
  "no-implied-eval": "error",
  "no-new-func": "error",
  "no-console": "error",
};

export default [
  { ignores: ["static/dist/**", "node_modules/**"] },
  { files: ["static/src/**/*.js"], languageOptions: { ecmaVersion: 2024, sourceType: "module", globals: named(browser) }, rules },
  { files: ["static/*.mjs"], languageOptions: { ecmaVersion: 2024, sourceType: "module", globals: named(node) }, rules: { ...rules, "no-console": "off" } },
];
