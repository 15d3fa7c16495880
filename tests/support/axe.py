"""Asks axe what is wrong with a page, in the page as people get it: its content security policy stays in force."""

from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

SCRIPT = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RUN = """async (only) => {
  const options = { resultTypes: ["violations"], preload: { assets: ["media"] }, ...(only ? { runOnly: { type: "rule", values: only } } : {}) };
  const found = await axe.run(document, options);
  return found.violations.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.slice(0, 4).map((node) => `${node.target} ${node.failureSummary}`) }));
}"""
OVERFLOW = """() => {
  const wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= wide) return [];
  const up = (element, holds) => element && (holds(getComputedStyle(element)) || up(element.parentElement, holds));
  const out = (element) => element.getBoundingClientRect().right > wide + 1 && !up(element.parentElement, (style) => /auto|scroll|hidden|clip/.test(style.overflowX));
  return [...document.body.querySelectorAll("*")]
    .filter((element) => out(element) && ![...element.children].some(out) && !up(element, (style) => style.position === "fixed"))
    .slice(0, 4).map((element) => `${element.tagName}.${element.className} ${element.textContent.trim().slice(0, 40)}`).concat("something is wider than the window");
}"""


@cache
def _source() -> str:
    return SCRIPT.read_text(encoding="utf-8")


def violations(page: Page, only: list[str] | None = None) -> list[str]:
    """What axe objects to on the page as it stands, one line each; `only` names the rules to ask about."""
    if not page.evaluate("() => Boolean(window.axe)"):
        page.evaluate(_source())
    found: list[dict[str, Any]] = page.evaluate(RUN, only)
    return [f"{each['id']}: {each['help']}: {node}" for each in found for node in each["nodes"]]


def overflow(page: Page) -> list[str]:
    """What makes the page scroll sideways, if anything does."""
    found: list[str] = page.evaluate(OVERFLOW)
    return found
