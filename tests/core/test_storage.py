"""Files: what was put comes back, and a key never leaves the folder."""

from datetime import UTC, datetime, timedelta

import pytest

from app.core.storage import ObjectStorage


def test_what_was_put_comes_back_and_may_be_replaced(tmp_path):
    storage = ObjectStorage(str(tmp_path / "files"))
    storage.put("a/b", b"one")
    storage.put("a/b", b"two")
    assert storage.get("a/b") == b"two"


def test_what_was_never_put_is_none(tmp_path):
    assert ObjectStorage(str(tmp_path)).get("nothing/here") is None


def test_what_was_deleted_is_gone_and_may_be_deleted_again(tmp_path):
    storage = ObjectStorage(str(tmp_path))
    storage.put("a/b", b"one")
    storage.delete("a/b")
    storage.delete("a/b")
    assert storage.get("a/b") is None


def test_what_is_kept_in_a_folder_is_found_by_its_age(tmp_path):
    storage, at = ObjectStorage(str(tmp_path)), datetime.now(UTC)
    storage.put("a/b", b"one")
    storage.put("c/d", b"two")
    assert [*storage.kept_since("a", before=at + timedelta(hours=1))] == ["a/b"]
    assert [*storage.kept_since("a", before=at - timedelta(hours=1))] == [*storage.kept_since("nothing", before=at)] == []


@pytest.mark.parametrize("key", ["../outside", "a/../../outside", "/etc/passwd", "a/./../../outside"])
def test_a_key_never_leaves_the_folder(tmp_path, key):
    """T36: the tree outside stays as it was."""
    (tmp_path / "outside").write_bytes(b"secret")
    storage = ObjectStorage(str(tmp_path / "files"))
    try:
        storage.put(key, b"evil")
        found = storage.get(key)
    except Exception:  # noqa: BLE001  # refusing is as good as keeping it inside
        found = None
    assert found in {None, b"evil"}
    assert (tmp_path / "outside").read_bytes() == b"secret"
