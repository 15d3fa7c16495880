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


@pytest.mark.parametrize("path", ["/sign-in", "/me"])
def test_what_was_written_into_a_page_does_not_run(house: House, open_window: Callable[..., Window], path: str) -> None:
    here = open_window(size="desktop")
    page = here.sign_in("ada") if path == "/me" else here.page
    page.goto(path)
    assert not here.faults, "a page of ours goes against its own policy"
    for kind, injected in INJECTED.items():

        def write_into(route: Route, injected: str = injected) -> None:
            real = route.fetch()
            route.fulfill(response=real, body=real.text().replace("</main>", f"{injected}</main>"))

        page.route(f"**{path}", write_into)
        page.goto(path)
        page.unroute(f"**{path}")
        assert injected.split()[0][:7] in page.content(), "the canary is not on the page"
        assert page.locator("html").get_attribute("data-ran") is None, f"{kind} ran"
        assert any("Content Security Policy" in fault for fault in here.faults), f"the browser did not speak of {kind}"
        here.faults.clear()
    page.route(f"**{path}", lambda route: without_policy(route, INJECTED["script"]))
    page.goto(path)
    assert page.locator("html").get_attribute("data-ran") == "yes", "the canary sings where no policy stops it"
    here.faults.clear()


def without_policy(route: Route, injected: str) -> None:
    """The same page as if it had no policy: the canary must be able to sing."""
    real = route.fetch()
    headers = {name: value for name, value in real.headers.items() if name != "content-security-policy"}
    route.fulfill(response=real, headers=headers, body=real.text().replace("</main>", f"{injected}</main>"))
