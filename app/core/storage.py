"""Files that people and courses bring: kept under random or content-derived names in a folder or an object store."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Protocol

import obstore
from obstore.exceptions import NotFoundError
from obstore.store import LocalStore, from_url


class Storage(Protocol):
    """Where bytes are kept under a key."""

    def put(self, key: str, content: bytes) -> None:
        """Keep `content` under `key`, replacing what was there."""

    def get(self, key: str) -> bytes | None:
        """The bytes under `key`, or None."""

    def delete(self, key: str) -> None:
        """Keep nothing under `key` any more, whether there was something or not."""

    def kept_since(self, folder: str, *, before: datetime) -> Iterator[str]:
        """The keys inside a folder that were put there before a moment."""


class ObjectStorage:
    """A folder, or any store that obstore speaks to (S3, GCS, Azure), behind the same verbs."""

    def __init__(self, url: str) -> None:
        """`url` is a folder's path or an object store's address such as s3://bucket/prefix."""
        if "://" in url:
            self._store = from_url(url)
        else:
            folder = Path(url)
            folder.mkdir(parents=True, exist_ok=True)
            self._store = LocalStore(prefix=folder)

    def put(self, key: str, content: bytes) -> None:
        """Keep `content` under `key`, replacing what was there."""
        obstore.put(self._store, key, content)

    def get(self, key: str) -> bytes | None:
        """The bytes under `key`, or None."""
        try:
            return bytes(obstore.get(self._store, key).bytes())
        except (NotFoundError, FileNotFoundError):
            return None

    def delete(self, key: str) -> None:
        """Keep nothing under `key` any more, whether there was something or not."""
        try:
            obstore.delete(self._store, key)
        except (NotFoundError, FileNotFoundError):
            return

    def kept_since(self, folder: str, *, before: datetime) -> Iterator[str]:
        """The keys inside a folder that were put there before a moment."""
        for some in obstore.list(self._store, prefix=folder):
            yield from (each["path"] for each in some if each["last_modified"] < before)
