"""What of a partner's stands in test mode for a program to be tried on: its latest catalog there, with an offer and a promoter."""

from decimal import Decimal
from typing import NamedTuple

from portal.database import Statement
from portal.domain import money
from portal.domain.affiliate.trials import sample_promoter, trials
from portal.domain.offers.tables import Catalog


class Ground(NamedTuple):
    """A catalog, its first offer at its first price, and the uid of the sample promoter, who may not sell it."""

    uuid: str
    code: str
    title: str
    offer: str
    cost: Decimal
    currency: str
    uid: str | None


class _Row(NamedTuple):
    uuid: str
    code: str
    title: str
    offer: str
    cost: int
    currency: str
    uid: str | None


_LATEST = Statement(
    """SELECT c.uuid, c.catalog_code AS code, c.title, o.name AS offer, p.cost, p.currency,
        (SELECT m.uid FROM promotion m JOIN partner s ON s.id = m.promoter_id
            WHERE m.catalog_id = c.id AND s.slug = :sample) AS uid
    FROM partner q JOIN catalog c ON c.partner_id = q.id JOIN offer o ON o.catalog_id = c.id AND o.is_active
    JOIN promoter_terms t ON t.offer_id = o.id JOIN offer_price p ON p.offer_id = o.id
    WHERE q.live_partner_id = :home AND c.archived_at IS NULL ORDER BY c.id DESC, o.id, p.id LIMIT 1""",
    _Row,
)


def of(home_id: int) -> Ground | None:
    """What stands in the test mode of a live partner; None without a catalog that has something to sell."""
    found = _LATEST.row(home=home_id, sample=sample_promoter.SLUG)
    return found and Ground(**found._asdict() | {"cost": money.to_decimal(found.cost, found.currency)})


def prepare(home_id: int) -> None:
    """Have the live partner's latest catalog in test mode, if it has one with something to sell."""
    latest = (
        Catalog.select().where(Catalog.partner == home_id, Catalog.archived_at.is_null()).order_by(Catalog.id.desc())
    )
    catalog = latest.first()
    if catalog:
        trials.prepare(catalog)
