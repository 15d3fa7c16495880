"""Keys and digests: every secret is derived from the settings' secret for one purpose, and tokens are stored as digests."""

import hashlib
import hmac
import secrets


def new_token() -> str:
    """A random token for a link or a session: 32 bytes, URL-safe. Only its digest is ever stored."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """SHA-256 of a random token, in hex: what the database keeps instead of the token."""
    return hashlib.sha256(token.encode()).hexdigest()


def subkey(secret: str, purpose: str) -> bytes:
    """The key of 32 bytes that the settings' secret gives for one purpose: neither tells the other, nor the key for another purpose."""
    return hmac.digest(secret.encode(), purpose.encode(), "sha256")


def checksum(content: bytes) -> str:
    """SHA-256 of content, in hex: names stored files and tells whether a document changed."""
    return hashlib.sha256(content).hexdigest()
