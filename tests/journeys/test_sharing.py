"""Steps 3 and 4 of the main job: earn the right, share in your own words, and see that somebody read on."""

import json
import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from tests.support.axe import overflow, violations
from tests.support.demo import House
from tests.support.window import Window

pytestmark = pytest.mark.main_job

STORY = "our-own-phishing-test"
OWN_WORDS = "Last Tuesday I nearly clicked on a letter that my own colleagues had made. Here is what gave it away, and what I do since."
HUMAN = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36"
ROBOT = "LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)"


def test_without_a_certificate_a_story_can_be_read_and_the_button_says_what_is_missing(window: Callable[..., Window]) -> None:
    here = window()
    page = here.sign_in("mallory", f"/library/{STORY}")
    assert page.locator("article.prose").inner_text()
    here.send("nav.steps a[href^='/share/']")
    missing = [link.get_attribute("href") for link in page.locator("main .rows a").all()]
    assert missing == ["/learn/social-media-principles", "/learn/in-your-own-words"]
    assert page.locator("textarea").count() == 0


def test_an_ambassador_writes_posts_and_says_so(window: Callable[..., Window]) -> None:
    here = window()
    here.answer_outside()
    page = here.sign_in("bram", "/library/")
    here.send(f"main a[href='/library/{STORY}']")
    here.send("nav.steps a[href^='/share/']")
    here.send(".networks a[href*='network=bluesky']")
    write(page, OWN_WORDS)
    said = page.locator("#said").inner_text()
    assert "Meridian" in said, "the disclosure stands before the text"
    assert said in page.locator("figure.preview").inner_text(), "the preview shows the post as sent"
    assert page.locator("figure.preview .preview-link").count() == 1
    here.press(".composer-foot button:not([formaction])")
    page.wait_for_url(re.compile(r"/shares/[0-9a-f-]{36}$"))
    text = page.locator("#text").input_value()
    assert text.startswith(said)
    assert OWN_WORDS in text
    link = re.search(r"https?://\S+/s/\S+$", text)
    assert link, text
    with page.expect_popup() as popup:
        here.press("a[target=_blank][href^='https://bsky.app/']")
    popup.value.wait_for_load_state()
    intent = next(urlsplit(address) for address in here.outside if "bsky.app" in address)
    assert intent.path == "/intent/compose"
    assert parse_qs(intent.query)["text"] == [text]
    popup.value.close()
    page.bring_to_front()
    here.press("button[data-copy='#text'][data-copied]")
    expect(page.locator("button[data-copy='#text'][data-copied]")).to_have_text(re.compile(r"Gekopieerd|Copied"))
    assert page.evaluate("navigator.clipboard.readText()") == text
    here.send("form[action$='/posted'] button")
    page.wait_for_url("**/shares")
    assert OWN_WORDS in page.locator(".share").first.inner_text()
    assert page.locator(".share").first.locator(".badge").count() == 1


def test_the_phones_sheet_gets_what_was_written_and_nothing_is_said_to_be_posted(window: Callable[..., Window]) -> None:
    here = window()
    page = here.sign_in("bram", "/library/")
    page.add_init_script(
        "window.handed = []; navigator.canShare = (data) => typeof data.text === 'string';"
        "navigator.share = async (data) => { window.handed.push(data); throw new DOMException('closed', 'AbortError'); };"
    )
    here.go(f"/share/{STORY}?network=sheet")
    write(page, OWN_WORDS)
    here.press(".composer-foot button:not([formaction])")
    page.wait_for_url(re.compile(r"/shares/[0-9a-f-]{36}$"))
    text = page.locator("#text").input_value()
    assert re.fullmatch(rf"\S.*Meridian.* {re.escape(OWN_WORDS)}\s+https?://\S+/s/\S+", text), "disclosure, own words, link"
    here.press("[data-sheet]")
    handed = page.evaluate("window.handed")
    assert [(each["text"], each["title"]) for each in handed] == [(text, page.locator("[data-sheet]").get_attribute("data-title"))]
    assert page.locator("#answer .badge").count() == 0, "a sheet that opens says nothing about a post"
    here.go("/shares")
    expect(page.locator(".share").first.locator(".badge")).to_have_text(re.compile("Did you post it|Heb je het geplaatst"))


def test_the_composer_counts_exactly_and_warns_of_borrowed_words_and_of_a_misfit(house: House, window: Callable[..., Window]) -> None:
    here = window()
    page = here.sign_in("bram", f"/share/{STORY}?network=bluesky")
    assert page.locator("#body").input_value() == "", "the box begins empty"
    write(page, OWN_WORDS)
    short = left(page)
    write(page, OWN_WORDS + " Ja!")
    assert short - left(page) == 4, "the length is exact to the letter"
    words = page.locator("#judged .meter").nth(1)
    expect(words).to_have_class(re.compile("meter-done"))
    caption = next(each["text"] for each in captions(house) if each["language"] == "nl")
    page.locator("#language").select_option("nl")
    write(page, caption)
    expect(words).to_have_class(re.compile("meter-(careful|failed)"))
    write(page, "x" * 400)
    assert left(page) < 0
    here.press(".composer-foot button:not([formaction])")
    expect(page.locator("[role=alert]")).to_be_visible()
    assert page.locator("#body").input_value() == "x" * 400, "what was typed survives the refusal"
    here.go(f"/share/{STORY}?network=facebook")
    expect(page.locator(".says-careful")).to_be_visible()


def test_what_is_typed_before_the_page_can_ask_is_judged_once_when_it_can(window: Callable[..., Window]) -> None:
    here = window()
    page = here.sign_in("bram", "/library/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.url.endswith("/check") else None)
    held: list[Route] = []
    page.route("**/partial*.js", lambda route: held.append(route))  # noqa: PLW0108  # playwright marks the function it is handed
    here.go(f"/share/{STORY}?network=bluesky")
    empty = left(page)
    page.locator("#body").press_sequentially("Ik zag het zelf.")
    page.wait_for_timeout(600)
    assert (len(held), asked, left(page)) == (1, [], empty), "nothing can be judged while the script is on its way"
    held.pop().continue_()
    expect(page.locator("#judged .meter-text").first).not_to_contain_text(str(empty))
    assert empty - left(page) == len("Ik zag het zelf.") + 1, "the text and the space before it"
    page.wait_for_timeout(600)
    assert len(asked) == 1


def test_a_story_that_ends_while_somebody_writes_takes_no_word_along(house: House, window: Callable[..., Window]) -> None:
    here = window()
    page = here.sign_in("bram", f"/share/{STORY}?network=bluesky")
    write(page, OWN_WORDS)
    house.change("UPDATE library_edition SET closes_at = opens_at WHERE id IN (SELECT max(id) FROM library_edition GROUP BY story_id)")
    write(page, f"{OWN_WORDS} Echt waar.")
    expect(page.locator("#judged")).to_contain_text("liep af terwijl je schreef")
    assert page.locator("#body").input_value() == f"{OWN_WORDS} Echt waar."
    here.send(".composer-foot button:not([formaction])")
    expect(page.locator("h1")).to_have_text("Dit verhaal is afgelopen")
    assert page.locator("main textarea").input_value() == f"{OWN_WORDS} Echt waar."
    here.press("main button[data-copy]")
    expect(page.locator("main button[data-copy]")).to_have_text("Gekopieerd")
    assert page.evaluate("navigator.clipboard.readText()") == f"{OWN_WORDS} Echt waar."
    assert not violations(page)
    page.set_viewport_size({"width": 320, "height": 640})
    assert not overflow(page)


def test_a_reader_follows_the_link_and_the_ambassador_sees_it_but_no_robot_counts(house: House, window: Callable[..., Window]) -> None:
    here = window()
    page = here.sign_in("bram", f"/share/{STORY}?network=linkedin")
    write(page, OWN_WORDS)
    here.press(".composer-foot button:not([formaction])")
    page.wait_for_url(re.compile(r"/shares/[0-9a-f-]{36}$"))
    code = re.search(r"/s/(\S+)$", page.locator("#text").input_value())
    assert code
    stranger = window()
    answers = [stranger.context.request.get(f"/s/{code[1]}", headers={"User-Agent": agent}, max_redirects=0) for agent in (ROBOT, ROBOT, HUMAN)]
    target = urlsplit(answers[-1].headers["location"])
    assert [answer.status for answer in answers] == [302, 302, 302]
    assert target.hostname == "www.meridian.example"
    campaign = {name: value for name, value in parse_qs(target.query).items() if name.startswith("utm_")}
    assert campaign["utm_source"] == ["linkedin"]
    assert STORY in str(campaign)
    assert "bram" not in target.query.lower()
    assert "set-cookie" not in answers[-1].headers
    for _ in range(40):
        here.go("/shares")
        reads = page.locator(".share").first.locator(".share-reads").inner_text()
        if re.search(r"\b1\b|[EeÉé]én|[Oo]ne|[Ii]emand|[Ss]omebody", reads):
            break
        page.wait_for_timeout(250)
    assert house.ask("SELECT code FROM sharing_link WHERE code = ?", code[1])
    assert re.search(r"\b1\b|[EeÉé]én|[Oo]ne|[Ii]emand|[Ss]omebody", reads), reads
    assert not re.search(r"\b[23]\b", reads), reads


def write(page: Page, text: str) -> None:
    """Type into the composer, and wait until it was judged."""
    page.wait_for_load_state("networkidle")
    with page.expect_response(lambda answer: answer.url.endswith("/check")):
        page.locator("#body").fill(text)
    page.wait_for_timeout(60)


def captions(house: House) -> list[dict[str, str]]:
    """The wordings that the hub supplied with the story."""
    rows = house.ask("SELECT CAST(document AS TEXT) FROM library_edition WHERE CAST(document AS TEXT) LIKE ? ORDER BY id", "%phishing%")
    return next(found for found in (json.loads(row[0]).get("captions", []) for row in rows) if found)


def left(page: Page) -> int:
    """How many characters are left, as the composer says."""
    said = page.locator("#judged .meter-text").first.inner_text()
    number = re.search(r"(\d+)", said)
    assert number, said
    return int(number[1]) * (-1 if re.search(r"te veel|te lang|too (long|many)|over", said) else 1)
