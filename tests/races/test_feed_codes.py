"""Clicks that draw codes of one batch, all at once: each gets one of its own, and the one too many is told."""

import pytest

from tests.races.control import is_lost
from tests.races.crowd import TWICE
from tests.support import feeding

pytestmark = pytest.mark.races


def drawn(merchant, crowd, codes: int) -> list[str | None]:
    """What everybody got of a batch of so many codes."""
    with merchant.server.connected():
        offer, _ = feeding.listed(merchant.partner, batch=feeding.batch(merchant.partner, codes), code_type="dynamic")
    return crowd.all("draw_code", offer.uuid, merchant.partner.id)


def test_each_click_gets_a_code_of_its_own_and_the_one_too_many_is_told(merchant, crowd):
    found = drawn(merchant, crowd, 5)
    codes = [code for code in found if code]
    assert TWICE not in codes and len(codes) == len(set(codes)) == 5 and found.count(None) == len(found) - 5


def test_a_click_and_a_mailing_never_hand_out_one_code(merchant, crowd):
    with merchant.server.connected():
        batch = feeding.batch(merchant.partner, 500)
        offer, _ = feeding.listed(merchant.partner, batch=batch, code_type="dynamic")
    handed = crowd.all("hand_code_out", offer.uuid, merchant.partner.id, batch.id)
    codes = [code for of_one in handed for code in of_one]
    assert len(codes) == len(set(codes)) == 2 * len(handed)


def test_without_the_guard_two_are_given_one_code(unguarded, unguarded_crowd):
    assert is_lost(lambda _: TWICE in drawn(unguarded, unguarded_crowd, 500))
