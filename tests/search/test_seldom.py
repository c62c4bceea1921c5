"""Things of which a partner has few are found by their names, where the usual kinds are few."""

import re

import pytest

from portal.domain.accounts.partners import areas
from portal.domain.accounts.tables import Partner
from portal.domain.affiliate.payouts import sending
from portal.domain.affiliate.payouts.tables import Payout
from portal.domain.cards.templates import membership_tiers
from portal.domain.coupons.area import COUPONS
from portal.domain.coupons.coupons import tags
from portal.domain.search import search, seldom
from portal.domain.search.sources import MOST, Hit
from portal.web import thing_pages
from tests.support import loyalty, things

pytestmark = pytest.mark.on_both_engines
KINDS = [source.kind for source in seldom.SOURCES]


def its(party) -> dict[str, Hit]:
    """One of each of the partner's."""
    things.of(party)
    sending.mark_sent(party.id, Payout.get(Payout.merchant == party.id).uuid, reference=f"TRX-{party.partner.slug}-77")
    membership_tiers.create(loyalty.template(party, 6), {"name": f"Golden {party.partner.slug}", "visits": 4})
    rows = (source.latest.rows(partner=party.id, code="", uuid="") for source in seldom.SOURCES if source.latest)
    return {found[0].kind: found[0] for found in rows if found}


def test_each_is_found_by_its_name_by_its_partner_alone_and_leads_to_its_page(world, app):
    own, theirs = its(world.acme), its(world.rival)
    assert list(own) == list(theirs) == KINDS
    for kind, hit in own.items():
        found = seldom.beside([], world.acme.id, "owner", hit.name)
        assert (kind, hit.key) in {(one.kind, one.key) for one in found}
        assert (kind, hit.key) not in {
            (one.kind, one.key) for one in search.find(world.rival.id, "owner", hit.name, seldom.SOURCES)
        }
        with app.test_request_context():
            place = thing_pages.of_hit(kind).url(hit)
        assert world.as_("acme").get(place).status_code == 200


def test_the_page_of_what_was_found_leads_to_them(world):
    tags.made(world.acme.id, ["Ridge radio"])
    areas.switch(world.acme.partner, COUPONS, True)
    page = world.as_("acme").get("/search", query_string={"q": "ridge radio"}).text
    assert re.search('href="/coupons\\?tag=[0-9]+"', page)
    areas.switch(Partner.get_by_id(world.acme.id), COUPONS, False)
    assert "/coupons?tag=" not in world.as_("acme").get("/search", query_string={"q": "ridge radio"}).text


def test_a_viewer_finds_none_that_only_others_open(world):
    own = its(world.acme)
    for kind in ("app", "location"):
        assert kind not in {one.kind for one in seldom.beside([], world.acme.id, "viewer", own[kind].name)}


def test_where_much_was_found_nothing_else_is_looked_for(world, monkeypatch):
    enough = [Hit("deal", 1, str(number), "Deal", "") for number in range(MOST)]
    monkeypatch.setattr(search, "find", None)
    assert seldom.beside(enough, world.acme.id, "owner", "deal") == enough
