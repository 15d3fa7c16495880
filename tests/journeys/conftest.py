"""What every journey stands on: the demo organisation behind the production server, and windows of a real browser."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.support.demo import House, forget, load_once
from tests.support.window import SIZES, Window, start_chromium

HERE = Path(__file__).parent
DEMO = "demo"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives a real browser."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser, started once for each worker."""
    with sync_playwright() as playwright:
        browser = start_chromium(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo organisation, loaded once for all workers of this run."""
    base = tmp_path_factory.getbasetemp()
    return load_once((base.parent if base.name.startswith("popen-") else base) / DEMO, kind=os.environ.get("SOCII_TEST_DATABASE", "sqlite"))


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Whoever began the workers is the last to end, and leaves no database on the server."""
    factory: pytest.TempPathFactory | None = getattr(session.config, "_tmp_path_factory", None)
    if factory is not None and not hasattr(session.config, "workerinput"):
        forget(factory.getbasetemp() / DEMO)


@pytest.fixture
def house(template: Path, tmp_path: Path) -> Iterator[House]:
    """A copy of the demo organisation, served: whatever a story changes in it is gone afterwards."""
    with House(template, tmp_path / "house").open() as house:
        yield house


@pytest.fixture(params=[pytest.param(size, marks=getattr(pytest.mark, size)) for size in SIZES])
def size(request: pytest.FixtureRequest) -> str:
    """Each story is told on a phone and on a desk."""
    return str(request.param)


@pytest.fixture
def open_window(chromium: Browser, house: House) -> Iterator[Callable[..., Window]]:
    """Opens windows; at the end none of them may have complained about anything."""
    windows: list[Window] = []

    def open_one(**more: str) -> Window:
        windows.append(Window(chromium, house.address, **more))
        return windows[-1]

    yield open_one
    faults = [fault for one in windows for fault in one.close()]
    assert not faults, "\n".join(faults)


@pytest.fixture
def window(open_window: Callable[..., Window], size: str) -> Callable[..., Window]:
    """Opens windows of the size in turn, unless told otherwise."""
    return lambda **more: open_window(**{"size": size, **more})
