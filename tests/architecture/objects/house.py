"""Files of the house that URLs name: the company's colours and its logo."""

from collections.abc import Mapping

from flask import current_app
from sqlalchemy.orm import Session as Db

from tests.support.cast import Cast


def objects(_session: Db, _cast: Cast) -> Mapping[str, Mapping[str, object]]:
    """What `World` was given."""
    brand = current_app.extensions["brand"]
    return {
        "the company's colours": {"name": brand.sheet.address.removeprefix("/-/brand-")},
        "the company's logo": {"name": brand.logo.address.removeprefix("/-/logo-")},
    }
