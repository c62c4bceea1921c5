"""A deal is canceled while its points are spent: what was spent before is owed, what was not is taken, and nothing is lost."""

import pytest

from portal.domain.affiliate.deals import moves
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.templates.tables import TemplateCatalog
from portal.domain.cards.ties import deal_ties as deal_ties  # Whoever settles deals has to know of cards.
from portal.domain.offers.tables import Catalog
from tests.races.control import is_lost
from tests.support import loyalty

pytestmark = pytest.mark.races
CLIENTS, GIVEN, SPENT = 8, 100, 30


def credited(merchant, deal_id: str) -> Card:
    """A card that an approved deal has just given its points."""
    with merchant.server.connected():
        card = loyalty.card(merchant.partner, 7, currency="USD", credits_deals=True, deal_gives=GIVEN)
        TemplateCatalog.create(template=card.template_id, catalog=Catalog.get(Catalog.partner == merchant.partner))
    said = merchant.said(deal_id=deal_id, status="Paid", another_data=f"customer={card.member.uuid}")
    assert merchant.send("POST", "/deal/", said).status_code == 200
    merchant.make_due(deal_id)
    with merchant.server.connected():
        moves.settle_due()
        assert Card.get_by_id(card.id).bonus == GIVEN
    return card


def is_whole(merchant, deal_id: str, spenders: int) -> bool:
    """Cancel the deal while so many spend its points; whether what was spent, and no more, is owed then."""
    card = credited(merchant, deal_id)
    spend = ("POST", f"/v2/cards/{card.serial}/subtract-scores", {"scores": SPENT})
    answers = merchant.at_once([("PATCH", f"/deal/{deal_id}/", {"status": "Canceled"}), *[spend] * spenders])
    assert answers[0].status_code == 200
    spent = SPENT * sum(answer.status_code == 200 for answer in answers[1:])
    with merchant.server.connected():
        now = Card.get_by_id(card.id)
        return (now.bonus, now.owed) == (0, spent)


def test_what_was_spent_before_its_deal_was_canceled_is_owed_and_the_rest_taken(merchant):
    assert all(is_whole(merchant, f"spent-{round_}", CLIENTS) for round_ in range(3))


def test_without_the_guard_points_outlive_their_deal(unguarded):
    assert is_lost(lambda deal_id: not is_whole(unguarded, deal_id, CLIENTS))
