"""Where a PostgreSQL server for tests answers: one that is named, or one at the usual local place."""

import os

import psycopg

USUAL = ("postgresql:///postgres", "postgresql://postgres@127.0.0.1:5432/postgres")


def server_address() -> str:
    """The address of a server on which databases may be created; raises when none answers."""
    named = os.environ.get("SOCII_TEST_POSTGRESQL")
    for address in [named] if named else USUAL:
        try:
            with psycopg.connect(address, connect_timeout=3) as connection:
                connection.execute("SELECT 1")
        except psycopg.Error:
            continue
        return address
    msg = "no PostgreSQL answers; say where one is with SOCII_TEST_POSTGRESQL"
    raise RuntimeError(msg)
