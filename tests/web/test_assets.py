"""Built files are found by their plain name, and the lock file ties nobody to a host."""

import json
from pathlib import Path

import pytest

from app.web import assets

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def _forget() -> None:
    assets.manifest.cache_clear()


def test_a_name_leads_to_the_built_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "manifest", lambda: {"app.css": "app.0123456789.css"})
    assert assets.asset("app.css") == "/static/dist/app.0123456789.css"


def test_an_unknown_name_stays_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "manifest", dict)
    assert assets.asset("later.js") == "/static/dist/later.js"


def test_before_the_first_build_the_manifest_is_empty(tmp_path: Path) -> None:
    assert assets.manifest(tmp_path) == {}


def test_the_manifest_is_read_once(tmp_path: Path) -> None:
    file = tmp_path / "manifest.json"
    file.write_text(json.dumps({"app.js": "app.one.js"}), encoding="utf-8")
    assert assets.manifest(tmp_path) == {"app.js": "app.one.js"}
    file.unlink()
    assert assets.manifest(tmp_path) == {"app.js": "app.one.js"}


def test_every_built_name_stands_in_the_folder_with_its_compressed_siblings() -> None:
    assert (assets.FOLDER / "manifest.json").exists(), "nothing is built: python static/build.py"
    built = assets.manifest()
    assert {"app.css", "app.js", "icons.svg", "mark.svg", "inter-latin.woff2", "source-serif-latin.woff2"} <= set(built)
    for file in built.values():
        assert (assets.FOLDER / file).is_file()
        if not file.endswith((".woff2", ".png", ".jpg", ".webp", ".avif")):
            assert (assets.FOLDER / f"{file}.br").is_file()
            assert (assets.FOLDER / f"{file}.gz").is_file()


def test_what_a_first_visit_fetches_stays_small() -> None:
    assert (assets.FOLDER / "manifest.json").exists(), "nothing is built: python static/build.py"

    def sent(name: str) -> int:
        file = assets.FOLDER / assets.manifest()[name]
        packed = file.with_name(f"{file.name}.gz")
        return (packed if packed.exists() else file).stat().st_size

    assert sent("app.css") <= 18_000
    assert sent("app.js") <= 18_000
    assert sum(map(sent, ("app.css", "app.js", "icons.svg", "inter-latin.woff2", "source-serif-latin.woff2"))) <= 60_000


def test_the_lock_file_names_no_host_and_every_part_is_pinned() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    assert not [name for name, part in lock["packages"].items() if "resolved" in part]
    wanted = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    assert not [pin for group in ("dependencies", "devDependencies") for pin in wanted[group].values() if not pin[0].isdigit()]
