"""Whose feeds a partner may read: its own, its sub-accounts', and those of partners whose catalogs it promotes."""

from typing import NamedTuple

from portal import clock
from portal.database import Statement
from portal.domain.accounts.partners import sides
from portal.domain.errors import Forbidden
from portal.domain.feed.reading import LIVE, OF_LISTINGS
from portal.domain.sentences import say


class Advertiser(NamedTuple):
    """A partner whose feed may be read; `logo` is the key of a picture, `offers` how many are live."""

    id: int
    name: str
    logo: str | None
    offers: int


REACHED = """p.disabled_at IS NULL AND (p.id = :partner OR (:with_companies = 1 AND p.parent_id = :partner)
    OR p.id IN (SELECT c.partner_id FROM promotion m JOIN catalog c ON c.id = m.catalog_id
        WHERE m.promoter_id = :partner AND m.state = 'approved'))"""
_ALL = Statement(
    f"""SELECT p.id, p.name, p.logo, (SELECT COUNT(*) {OF_LISTINGS} WHERE l.partner_id = p.id AND {LIVE}) AS offers
    FROM partner p WHERE p.id > :after AND {REACHED} ORDER BY p.id LIMIT :most""",
    row=Advertiser,
)
_ONE = Statement(f"SELECT p.id FROM partner p WHERE p.id = :advertiser AND {REACHED}")


def reached(partner_id: int, with_companies: bool, after: int, most: int) -> list[Advertiser]:
    """Those whose feeds the partner may read, after an id."""
    asked = {"partner": partner_id, "with_companies": int(with_companies), "after": after}
    return _ALL.rows(**asked, most=most, now=clock.micros())


def refuse_strangers(partner_id: int, with_companies: bool, advertiser_id: int) -> None:
    """Raise Forbidden, whether the other one is there or not, unless its feed may be read."""
    asked = {"partner": partner_id, "with_companies": int(with_companies), "advertiser": advertiser_id}
    if _ONE.value(**asked) is None:
        usual = say(
            "This partner’s feed is not open to you. GET /api/myadvertisers lists those whose offers you may read."
        )
        raise Forbidden(sides.mistaken(partner_id, other=advertiser_id) or usual)
