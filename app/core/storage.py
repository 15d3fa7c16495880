"""Files that people and courses bring: kept under random or content-derived names in a folder or an object store."""

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


class ObjectStorage:
    """A folder, or any store that obstore speaks to (S3, GCS, Azure), behind the same two verbs."""

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
