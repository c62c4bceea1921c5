"""A deal by a member's click is reported from many sides, approved and canceled at once: their card is credited once, or not."""

import pytest

from portal import clock
from portal.domain.affiliate.clicks import of_members
from portal.domain.affiliate.deals import moves
from portal.domain.affiliate.deals.tables import Deal
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.templates.tables import TemplateCatalog
from portal.domain.cards.ties import deal_ties as deal_ties  # Whoever settles deals has to know of cards.
from portal.domain.offers.tables import Catalog, Offer
from tests.races.control import is_lost
from tests.support import loyalty

pytestmark = pytest.mark.races
CLIENTS, GIVEN = 8, 100


def clicked(merchant) -> tuple[Card, str]:
    """A card to which deals give points, and what the shop sends along of its member's click."""
    with merchant.server.connected():
        card = loyalty.card(merchant.partner, 7, currency="USD", credits_deals=True, deal_gives=GIVEN)
        TemplateCatalog.create(template=card.template_id, catalog=Catalog.get(Catalog.partner == merchant.partner))
        offer = Offer.get(Offer.partner == merchant.partner)
        return card, of_members.leading_to("https://shop.example/", offer.id, card.member_id).partition("?")[2]


def reported(merchant, deal_id: str) -> Card:
    """The deal, reported by many at once, and due to be approved."""
    card, query = clicked(merchant)
    said = merchant.said(deal_id=deal_id, status="Paid", another_data=query)
    merchant.at_once([("POST", "/deal/", said)] * CLIENTS)
    with merchant.server.connected():
        Deal.update(due_at=clock.now()).where(Deal.partner == merchant.partner, Deal.deal_id == deal_id).execute()
    return card


def on(merchant, card: Card) -> tuple[int, int]:
    """What is on the card, and what is owed."""
    with merchant.server.connected():
        now = Card.get_by_id(card.id)
        return now.bonus, now.owed


def test_the_card_of_a_deal_that_is_reported_and_approved_from_many_sides_is_credited_once(merchant, crowd):
    card = reported(merchant, "clicked")
    crowd.all("settle")
    assert on(merchant, card) == (GIVEN, 0)


def test_a_deal_that_is_canceled_beside_its_approval_leaves_nothing_on_the_card(merchant, crowd):
    for round_ in range(3):
        card = reported(merchant, f"canceled-{round_}")
        cancel = ("PATCH", f"/deal/canceled-{round_}/", {"status": "Canceled"})
        answers = merchant.at_once([cancel] * CLIENTS, beside=lambda: crowd.all("settle"), later=0.01 * round_)
        assert any(answer.status_code == 200 for answer in answers)
        assert on(merchant, card) == (0, 0)


def test_without_the_guard_a_deal_that_is_reported_twice_credits_the_card_twice(unguarded):
    def is_credited_twice(deal_id: str) -> bool:
        card = reported(unguarded, deal_id)
        with unguarded.server.connected():
            moves.settle_due()
        return on(unguarded, card)[0] > GIVEN

    assert is_lost(is_credited_twice)
