"""The mailed link of a card that somebody asked for gets one card, on both engines, however often it is pressed at once."""

import pytest

from portal.domain.cards.asking import asking, getting
from portal.domain.cards.asking.tables import AskedCard
from portal.domain.cards.cards.tables import Card
from portal.domain.mail.tables import Mail
from portal.domain.members.tables import Member
from tests.account.test_team_race import at_once
from tests.support import loyalty

ADA = {"first_name": "Ada", "mail": "ada@lovelace.example"}


@pytest.fixture
def links(world):
    """Two links to the same card, which somebody asked for twice."""
    template = loyalty.template(world.acme, 0)
    asked = [asking.ask(template, ADA, [], network="192.0.2.1", agreed=True) for _ in range(2)]
    return [asking.answer(row).rpartition("/")[2] for row in asked]


def test_however_often_a_link_is_pressed_at_once_one_card_is_issued_and_mailed(links):
    row = getting.of_key(links[0])
    assert at_once(*[lambda: getting.get(row)] * 4).count(True) == 1
    assert Card.select().count() == 1 == Member.select().count() and Mail.select().count() == 3
    assert getting.of_key(links[0]) is None and AskedCard.select().count() == 1


def test_two_links_that_are_pressed_at_once_make_one_customer_with_one_card(links):
    rows = [getting.of_key(key) for key in links]
    at_once(*[lambda row=row: getting.get(row) for row in rows])
    for row in filter(None, map(getting.of_key, links)):  # Whoever came second presses again.
        getting.get(row)
    assert Card.select().count() == 1 == Member.select().count() and not AskedCard.select().exists()
