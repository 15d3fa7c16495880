"""A request with an old proof is only read."""

import pytest

from app.core.errors import Refusal
from app.web.database import unit_of_work
from app.web.proof import hold_as_old, is_old
from tests.support.browser import BASE


def test_no_unit_of_work_opens_while_a_proof_is_old(app):
    """T65: whatever a view does, nothing is written."""
    with app.test_request_context(base_url=BASE):
        assert not is_old()
        hold_as_old()
        with pytest.raises(Refusal, match=r"form\.old"), unit_of_work():
            pytest.fail("it opened")
    with app.test_request_context(base_url=BASE):
        assert not is_old()
