"""The same deed by many at the same moment: real threads on the real database."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Final

from flask import Flask
from sqlalchemy.orm import Session

from app.core.errors import Refusal
from app.web.database import standalone_work

PARALLEL: Final = 8
AT_ONCE: Final = 50


def burst(app: Flask, deed: Callable[[Session, int], object], count: int = AT_ONCE) -> list[object]:
    """Do it `count` times at the same moment, each in a transaction of its own; a refusal is an answer too."""
    start = Barrier(PARALLEL)

    def one(number: int) -> object:
        if number < PARALLEL:
            start.wait(timeout=20)
        try:
            with standalone_work(app) as session:
                return deed(session, number)
        except Refusal as refusal:
            return refusal.code

    with ThreadPoolExecutor(PARALLEL) as pool:
        return list(pool.map(one, range(count)))
