"""Where each kind of thing that is found has its page, and how it is called."""

from collections.abc import Callable
from typing import NamedTuple

from flask import g, url_for

from portal.domain import search
from portal.domain.search import Hit


class Kind(NamedTuple):
    """A kind in a word, its icon, and the address of a hit for whoever acts."""

    word: str
    icon: str
    url: Callable[[Hit], str]


class Shown(NamedTuple):
    """A hit as the page shows it."""

    name: str
    note: str
    word: str
    icon: str
    url: str


def _offer(hit: Hit) -> str:
    """Its form, or for those who may not edit the catalog that it stands in."""
    return url_for("offers.edit", uuid=hit.key) if g.partner.may_edit else url_for("catalogs.show", short_code=hit.of)


def _landing(hit: Hit) -> str:
    """The same."""
    return url_for("landings.edit", code=hit.key) if g.partner.may_edit else url_for("catalogs.show", short_code=hit.of)


def _person(hit: Hit) -> str:
    """The role, for those who may change it, or the team."""
    return url_for("account.team.role", membership_id=hit.key) if g.partner.may_own else url_for("account.team.index")


KINDS = {
    search.CATALOG: Kind("Catalog", "library", lambda hit: url_for("catalogs.show", short_code=hit.key)),
    search.OFFER: Kind("Offer", "tag", _offer),
    search.LANDING: Kind("Landing", "link", _landing),
    search.DEAL: Kind("Deal", "handshake", lambda hit: url_for("deals.show", uuid=hit.key)),
    search.PROMOTER: Kind("Promoter", "users", lambda hit: url_for("promoters.show", uid=hit.key)),
    search.CODE: Kind("Promo code", "ticket-percent", lambda hit: url_for("promoters.show", uid=hit.of)),
    search.PAYOUT: Kind("Payout", "banknote", lambda hit: url_for("payouts.show", uuid=hit.key)),
    search.PROMOTION: Kind("Promotion", "waypoints", lambda hit: url_for("promotions.show", uid=hit.key)),
    search.OWN_CODE: Kind("Your promo code", "ticket-percent", lambda hit: url_for("promotions.show", uid=hit.of)),
    search.OWN_DEAL: Kind("Promoted deal", "handshake", lambda hit: url_for("promotions.deals.show", uuid=hit.key)),
    search.OWN_PAYOUT: Kind("Payout to you", "coins", lambda hit: url_for("rewards.show", uuid=hit.key)),
    search.PERSON: Kind("Team", "user", _person),
    search.TOKEN: Kind("API token", "key-round", lambda hit: url_for("developers.edit_token", token_id=hit.key)),
}


def shown(hits: list[Hit]) -> list[Shown]:
    """The hits with their words and addresses, in their order."""
    return [
        Shown(hit.name, hit.note, kind.word, kind.icon, kind.url(hit)) for hit in hits for kind in (KINDS[hit.kind],)
    ]
