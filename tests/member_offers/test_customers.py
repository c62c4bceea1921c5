"""What a customer's page tells of member offers, and what is handed out of the person."""

import json

from portal.domain.accounts.partners import areas
from portal.domain.accounts.tables import Partner
from portal.domain.member_offers import grants, likes
from portal.domain.member_offers.uses import uses
from portal.domain.member_offers.uses.tables import OfferUse
from portal.domain.member_offers.words import CLUB, SCOPES
from tests.support import club_offers


def test_a_customers_page_and_their_data_tell_of_their_offers(world):
    mia, coffee = club_offers.member(world.acme), club_offers.offer(world.acme, "Coffee")
    night = club_offers.offer(world.acme, "Night", type="EXCLUSIVE")
    owner, page = world.as_("acme"), f"/customers/{mia.uuid}"
    areas.switch(Partner.get_by_id(world.acme.id), CLUB, False)  # With it the tab is the area's own.
    assert "tab=offers" not in owner.get(page).text
    club_offers.use(world.acme, mia, coffee)
    uses.undo(world.acme.id, OfferUse.get().uuid)
    club_offers.use(world.acme, mia, coffee)
    asking = club_offers.asks(world.acme, mia.id)
    likes.like(asking, coffee.offer_id, list(SCOPES))
    grants.grant(asking, night.offer_id, list(SCOPES), 60)
    shown = owner.get(f"{page}?tab=offers").text
    for said in ("Coffee", "Night", "Undone: it counts no more", "Liked", "The grant ends"):
        assert said in shown
    known = json.loads(owner.get(f"{page}/data.json").text)["elsewhere"]["offers"]
    assert [one["things"][0]["name"] for one in known] == ["Night", "Coffee", "Coffee", "Coffee"]
