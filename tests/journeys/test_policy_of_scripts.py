"""T51: the content security policy holds in a real browser, on a page that somebody managed to write into."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Route

from tests.support.demo import House
from tests.support.window import Window

INJECTED = {
    "script": '<script>document.documentElement.dataset.ran = "yes"</script>',
    "script with a nonce of its own": '<script nonce="AAAAAAAAAAAAAAAAAAAAAA">document.documentElement.dataset.ran = "yes"</script>',
    "handler": '<img src="/-/nothing" alt="" onerror="document.documentElement.dataset.ran = \'yes\'">',
    "address": "<iframe src=\"javascript:parent.document.documentElement.dataset.ran = 'yes'\"></iframe>",
    "elsewhere": "<script src=\"data:text/javascript,document.documentElement.dataset.ran = 'yes'\"></script>",
}
HEARD = "document.addEventListener('securitypolicyviolation', (event) => (window.blocked ??= []).push(event.violatedDirective))"
"""Keeps what the browser says that it blocked."""


@pytest.mark.parametrize("path", ["/sign-in", "/me"])
def test_what_was_written_into_a_page_does_not_run(house: House, open_window: Callable[..., Window], path: str) -> None:
    here = open_window(size="desktop")
    page = here.sign_in("ada") if path == "/me" else here.page
    page.add_init_script(HEARD)
    page.goto(path)
    assert not page.evaluate("() => window.blocked"), "a page of ours goes against its own policy"
    for kind, injected in INJECTED.items():
        page.route(f"**{path}", writing(injected))
        page.goto(path)
        page.unroute(f"**{path}")
        assert "dataset.ran" in page.content(), "the canary is not on the page"
        page.wait_for_function("() => window.blocked?.length")
        assert page.locator("html").get_attribute("data-ran") is None, f"{kind} ran"
        here.faults.clear()
    page.route(f"**{path}", writing(INJECTED["script"], policy=False))
    page.goto(path)
    assert page.locator("html").get_attribute("data-ran") == "yes", "the canary sings where no policy stops it"
    here.faults.clear()


def writing(injected: str, *, policy: bool = True) -> Callable[[Route], None]:
    """Answers with the real page and its real headers, and with what was written into it; without the policy the canary must sing."""

    def answer(route: Route) -> None:
        real = route.fetch()
        headers = {name: value for name, value in real.headers.items() if policy or name != "content-security-policy"}
        route.fulfill(response=real, headers=headers, body=real.text().replace("</main>", f"{injected}</main>"))

    return answer
