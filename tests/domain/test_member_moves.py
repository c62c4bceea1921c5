"""A member takes another mail address; and says whether news may come."""

import re

import pytest

from portal.domain.cards.cards import cards
from portal.domain.cards.cards.tables import Card
from portal.domain.errors import Invalid, NotFound, Refused
from portal.domain.mail.tables import Mail
from portal.domain.members import members, merging
from portal.domain.members.consents import messages
from portal.domain.members.passwords import Proof
from portal.domain.members.sign_ins import codes, moves, sign_ins
from portal.domain.members.tables import Member
from tests.support import loyalty

NEW = "new@example.com"


@pytest.fixture
def mia(world):
    return loyalty.customer(world.acme, "Mia", mail="mia@example.com")


def asked(world, mia, mail: str = NEW) -> tuple[str, dict[str, str]]:
    """The browser's secret, and the codes by address."""
    key = moves.ask(world.acme.partner, mia, mail, browser=None, network="127.0.0.1")
    while codes.answer_asked():
        pass
    found = {row.to: re.search(r"^\d{4} \d{4}$", row.text, re.MULTILINE) for row in Mail.select().order_by(Mail.id)}
    return key, {to: match[0] for to, match in found.items() if match}


def move(mia, key: str, given: dict[str, str]):
    return moves.move(mia.id, NEW, given[NEW], Proof(None, key, given[mia.mail]), key, "127.0.0.1", "tests")


def test_from_then_on_the_new_address_signs_in_and_what_the_old_one_opened_has_ended(world, mia):
    before = sign_ins.begin(mia, mia.mail, "127.0.0.1", "tests")
    came = move(mia, *asked(world, mia))
    assert sign_ins.find(world.acme.id, came.key).mail == NEW
    assert sign_ins.find(world.acme.id, before.key) is None


def test_codes_are_good_once_and_an_address_that_was_taken_meanwhile_is_refused_as_a_wrong_code(world, mia):
    key, given = asked(world, mia)
    omar = loyalty.customer(world.acme, "Omar", mail=NEW)
    with pytest.raises(Invalid):
        move(mia, key, given)
    assert Member.get_by_id(mia.id).mail == mia.mail
    members.change(omar, {"mail": None})
    move(mia, key, given)
    members.change(Member.get_by_id(mia.id), {"mail": mia.mail})
    with pytest.raises(Invalid):
        move(mia, key, given)


def test_codes_of_another_browser_another_member_or_for_another_address_prove_nothing(world, mia):
    omar = loyalty.customer(world.acme, "Omar", mail="omar@example.com")
    key, given = asked(world, mia)
    theirs, of_omar = asked(world, omar, "other@example.com")
    given |= of_omar
    for wrong in (
        (mia.id, NEW, given[NEW], Proof(None, key, given[mia.mail]), theirs),
        (omar.id, NEW, given[NEW], Proof(None, theirs, given[omar.mail]), key),
        (mia.id, "other@example.com", given["other@example.com"], Proof(None, key, given[mia.mail]), key),
        (mia.id, NEW, given[NEW], Proof(None, theirs, given[omar.mail]), key),
    ):
        with pytest.raises((Invalid, Refused)):
            moves.move(*wrong, "127.0.0.1", "tests")
    assert {row.mail for row in Member.select().where(Member.id.in_([mia.id, omar.id]))} == {mia.mail, omar.mail}


def test_a_no_to_news_holds_for_cards_of_later_and_for_who_they_become(world, mia):
    messages.withdraw(mia)
    first = cards.issue(world.acme.id, mia.id, loyalty.template(world.acme, 0).id)
    kept = loyalty.customer(world.acme, "Mia", mail="mia2@example.com")
    second = cards.issue(world.acme.id, kept.id, loyalty.template(world.acme, 0).id)
    assert first.muted_at is not None and second.muted_at is None
    merging.merge(Member.get_by_id(mia.id), kept)
    assert Member.get_by_id(kept.id).messages_off_at is not None
    assert Card.select().where(Card.member == kept.id, Card.muted_at.is_null()).count() == 0
    members.erase(Member.get_by_id(kept.id))
    with pytest.raises(NotFound):
        messages.agree(kept)
