"""Where the things of the cards family have their pages: what the search finds, and what events tell of."""

from flask import g, url_for

from portal.domain.accounts.seldom import LOCATION
from portal.domain.areas import Named
from portal.domain.cards.customers.searches import CARD, CUSTOMER
from portal.domain.cards.imports import imports
from portal.domain.cards.pushes import pushes
from portal.domain.cards.seldom import COMPANY, FIELD, MEMBERSHIP_TIER, REWARD_TIER, SEGMENT, TARIFF
from portal.domain.cards.templates import templates
from portal.domain.cards.templates.searches import TEMPLATE
from portal.domain.cards.words import LOYALTY
from portal.domain.search.sources import Hit
from portal.domain.sentences import say
from portal.web.thing_pages import HitPage, ThingPage


def _company(key: str, named: Named | None) -> str | None:
    """Its parent sees it as one of its companies, it itself its tariff."""
    if g.partner.parent_id is not None:
        return url_for("tariffs.own.show")
    return named and url_for("companies.show", company=key)


def _parts(hit: Hit) -> str:
    """What a template asks and gives stands together."""
    return url_for("templates.parts.index", uuid=hit.of)


HITS = {
    CUSTOMER: HitPage(say("Customer"), "user", lambda hit: url_for("customers.show", customer_id=hit.key), LOYALTY),
    CARD: HitPage(say("Card"), "credit-card", lambda hit: url_for("cards.show", card_id=hit.key), LOYALTY),
    TEMPLATE: HitPage(say("Card template"), "palette", lambda hit: url_for("templates.show", uuid=hit.key), LOYALTY),
    SEGMENT: HitPage(say("Segment"), "users", lambda hit: url_for("customers.index", segment=hit.key), LOYALTY),
    COMPANY: HitPage(say("Company"), "building-2", lambda hit: url_for("companies.show", company=hit.key), LOYALTY),
    TARIFF: HitPage(say("Tariff"), "tag", lambda hit: url_for("tariffs.edit", tariff_id=int(hit.key)), LOYALTY),
    FIELD: HitPage(say("Field of cards"), "file-text", _parts, LOYALTY),
    REWARD_TIER: HitPage(say("Reward tier"), "gift", _parts, LOYALTY),
    MEMBERSHIP_TIER: HitPage(say("Membership tier"), "layers", _parts, LOYALTY),
    LOCATION: HitPage(say("Location"), "map-pin", lambda hit: url_for("locations.edit", location=hit.key)),
}
THINGS = {
    "card": ThingPage(lambda key, named: named and url_for("cards.show", card_id=key), say("Card {name}")),
    imports.THING: ThingPage(lambda key, named: named and url_for("customer_imports.show", import_uuid=key)),
    pushes.THING: ThingPage(lambda key, named: named and url_for("pushes.show", push_id=key)),
    "segment": ThingPage(lambda key, named: named and url_for("customers.index", segment=key)),
    "member": ThingPage(lambda key, named: named and url_for("customers.show", customer_id=key)),
    templates.THING: ThingPage(lambda key, named: named and url_for("templates.show", uuid=key)),
    "company": ThingPage(_company),
    "tariff": ThingPage(lambda key, named: url_for("tariffs.edit", tariff_id=int(key))),
    "location": ThingPage(lambda key, named: url_for("locations.edit", location=key)),
}
