"""The inspection that every page seen by any test goes through: quality is ambient."""

import itertools

from bs4 import BeautifulSoup, Tag

HANDLERS = {"onclick", "onload", "onerror", "onsubmit", "onchange", "onfocus", "oninput"}


def inspect_page(page: BeautifulSoup, path: str) -> None:
    """Raise AssertionError with everything that is wrong with the page."""
    faults = [
        *_frame(page),
        *_headings(page),
        *_ids(page),
        *_forms(page),
        *_scripts(page),
        *_pictures(page),
        *_links(page),
    ]
    assert not faults, f"{path}:\n  " + "\n  ".join(faults)


def _frame(page: BeautifulSoup) -> list[str]:
    html = page.find("html")
    faults = []
    if not isinstance(html, Tag) or html.get("lang") not in {"en", "nl"}:
        faults.append("no lang on <html>")
    title = page.find("title")
    if title is None or not title.text.split("·")[0].strip():
        faults.append("no title")
    if page.find("main") is None:
        faults.append("no <main>")
    text = page.get_text(" ")
    faults += [
        f"untranslated or unfilled: {mark}" for mark in ("%(", "{{", "}}", "None ·") if mark in text and not page.find(attrs={"data-raw": True})
    ]
    return faults


def _headings(page: BeautifulSoup) -> list[str]:
    levels = [int(heading.name[1]) for heading in page.find_all(["h1", "h2", "h3", "h4", "h5", "h6"])]
    faults = [] if levels.count(1) == 1 else [f"{levels.count(1)} h1 elements"]
    faults += [f"heading jumps from h{one} to h{two}" for one, two in itertools.pairwise(levels) if two > one + 1]
    return faults + ["an empty heading" for heading in page.find_all(["h1", "h2", "h3"]) if not heading.get_text(strip=True)]


def _ids(page: BeautifulSoup) -> list[str]:
    ids = [str(element["id"]) for element in page.find_all(id=True)]
    faults = [f"id {one!r} stands {ids.count(one)} times" for one in sorted(set(ids)) if ids.count(one) > 1]
    known = set(ids)
    for attribute in ("aria-describedby", "aria-labelledby", "aria-controls", "for"):
        for element in page.find_all(attrs={attribute: True}):
            faults += [f"{attribute} names {one!r}, which is not there" for one in str(element[attribute]).split() if one not in known]
    return faults


def _forms(page: BeautifulSoup) -> list[str]:
    faults = [
        f"form {form.get('action')!r} without CSRF token"
        for form in page.find_all("form")
        if str(form.get("method", "")).lower() == "post" and form.find("input", attrs={"name": "csrf_token"}) is None
    ]
    labelled = {str(label["for"]) for label in page.find_all("label", attrs={"for": True})}
    for field in page.find_all(["input", "select", "textarea"]):
        if field.get("type") in {"hidden", "submit", "button"}:
            continue
        if not (field.get("aria-label") or field.get("aria-labelledby") or field.get("id") in labelled or field.find_parent("label")):
            faults.append(f"field {field.get('name')!r} without a label")
    return faults


def _scripts(page: BeautifulSoup) -> list[str]:
    faults = [f"inline {element.name}" for element in page.find_all(["script", "style"]) if element.name == "style" or not element.get("src")]
    for element in page.find_all(True):
        faults += [f"{name} on <{element.name}>" for name in element.attrs if name == "style" or name in HANDLERS]
    return faults


def _pictures(page: BeautifulSoup) -> list[str]:
    return [f"picture {picture.get('src')!r} without alt" for picture in page.find_all("img") if picture.get("alt") is None]


def _links(page: BeautifulSoup) -> list[str]:
    nameless = [
        link.get("href") or link.get("type")
        for link in page.find_all(["a", "button"])
        if not (link.get_text(strip=True) or link.get("aria-label") or link.find("img", alt=True))
    ]
    return [f"link or button without a name: {one!r}" for one in nameless]
