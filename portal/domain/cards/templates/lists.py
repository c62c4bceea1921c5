"""Templates as they are read: pages of them, and what belongs to each."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from peewee import SQL

from portal import clock
from portal.database import Statement
from portal.domain.cards.templates.tables import CardField, CardTemplate, MembershipTier, RewardTier
from portal.domain.cards.templates.taking import MOST_CATALOGS
from portal.domain.lists import key_pages
from portal.domain.lists.key_pages import Conditions, KeyPage
from portal.domain.offers.tables import Catalog
from portal.domain.periods import Period, Quarter
from portal.domain.totals import totals
from portal.domain.typed import words

COUNTED_CARDS = 1000  # A list says "over a thousand" instead of counting millions.
ARCHIVED = "archived"

_SELECT = f"""SELECT t.id, t.uuid, t.name, t.kind, t.mechanics, t.created_at, t.archived_at,
    (SELECT COUNT(*) FROM (SELECT 1 FROM card c WHERE c.template_id = t.id AND c.deleted_at IS NULL
        LIMIT {COUNTED_CARDS + 1}) counted) AS cards
    FROM card_template t"""


class TemplateRow(NamedTuple):
    """A line of the list; `cards` are counted up to `COUNTED_CARDS`, times are microseconds."""

    id: int
    uuid: str
    name: str
    kind: int
    mechanics: str
    created_at: int
    archived_at: int | None
    cards: int

    @property
    def created(self) -> datetime:
        """Since when it is there."""
        return clock.from_micros(self.created_at)


class Figures(NamedTuple):
    """How a template does."""

    cards: int
    installed: int


class Belonging(NamedTuple):
    """What belongs to templates, by their ids."""

    fields: dict[int, list[CardField]]
    reward_tiers: dict[int, list[RewardTier]]
    membership_tiers: dict[int, list[MembershipTier]]


_OPERATIONS = Statement(
    """SELECT created_at / 900000000 AS number, COUNT(*) AS counted FROM card_operation
    WHERE template_id = :template AND partner_id = :partner AND created_at >= :since AND created_at < :until
    GROUP BY created_at / 900000000""",
    row=Quarter,
)


def page(partner_id: int, shown: str, text: str, before: int | None, after: int | None) -> KeyPage:
    """Fifty of the partner's templates, newest first; the words of `text` are looked for in names. `shown` is ARCHIVED, otherwise
    all that are not."""
    where = Conditions()
    where.add("t.partner_id = :partner", partner=partner_id)
    where.add(f"t.archived_at IS {'NOT NULL' if shown == ARCHIVED else 'NULL'}")
    if text:
        named, given = words.condition(text, ("t.name",))
        where.add(named, **given)
    return key_pages.read(_SELECT, "t.id", where, TemplateRow, before, after)


def numbered(partner_id: int, skipped: int, most: int) -> tuple[list[CardTemplate], int]:
    """A page of those that are not archived, newest first, and how many there are in all."""
    its = CardTemplate.select().where(CardTemplate.partner == partner_id, CardTemplate.archived_at.is_null())
    return list(its.order_by(CardTemplate.id.desc()).offset(skipped).limit(most)), its.count()


def belonging(templates: Iterable[CardTemplate]) -> Belonging:
    """Their fields and tiers in order, a query for each kind."""
    ids = [template.id for template in templates]
    return Belonging(
        _by_template(CardField, ids, CardField.place),
        _by_template(RewardTier, ids, RewardTier.threshold),
        _by_template(MembershipTier, ids, MembershipTier.id),
    )


def figures(template: CardTemplate) -> Figures:
    """How many cards it has that are not deleted, and how many of them are installed."""
    return Figures(touched(template), totals.of(template.partner_id, "installed", within=template.id))


def operations(template: CardTemplate, period: Period) -> list[int]:
    """How many operations its cards had, on each day of the period."""
    asked = {"partner": template.partner_id, "template": template.id, "since": period.since, "until": period.until}
    return period.by_day(_OPERATIONS.rows(**asked))


def offered(partner_id: int) -> list[Catalog]:
    """The partner's catalogs whose deals may credit cards, by title."""
    its = Catalog.select(Catalog.id, Catalog.uuid, Catalog.title)
    its = its.where(Catalog.partner == partner_id, Catalog.archived_at.is_null())
    return list(its.order_by(Catalog.title, Catalog.id).limit(MOST_CATALOGS))


def touched(template: CardTemplate) -> int:
    """How many cards a change of its rules touches."""
    return totals.of(template.partner_id, "cards", within=template.id)


def _by_template(table, ids: list[int], order) -> dict:
    found = defaultdict(list)
    its = (table.template.in_(ids), table.removed_at.is_null())
    for row in table.select().where(*its).order_by(order, SQL("id")) if ids else ():
        found[row.template_id].append(row)
    return found
