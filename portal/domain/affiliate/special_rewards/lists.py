"""Special rewards as the merchant reads them, and what a promoter earns of a catalog's offers."""

from datetime import datetime
from typing import NamedTuple

from portal import clock
from portal.database import Statement
from portal.domain.affiliate.special_rewards import chosen
from portal.domain.affiliate.special_rewards.rewards import MOST

IN_FORCE, AHEAD, OVER = "Active", "Planned", "Over"


class RewardRow(NamedTuple):
    """A line of a list: hundredths of a percent or minor units, moments in microseconds. `offer` is None for all of the catalog;
    `uid` leads to the promoter's page, where it is one promoter's."""

    uuid: str
    group_uuid: str | None
    group_name: str | None
    promoter: str | None
    uid: str | None
    catalog_code: str
    catalog_title: str
    offer: str | None
    reward_percent: int | None
    fix_remuneration: int | None
    currency: str | None
    starts_at: int
    ends_at: int | None

    @property
    def starts(self) -> datetime:
        """From when it counts."""
        return clock.from_micros(self.starts_at)

    @property
    def ends(self) -> datetime | None:
        """Until when, if it has an end."""
        return None if self.ends_at is None else clock.from_micros(self.ends_at)

    @property
    def stands(self) -> str:
        """Whether it counts now, in one word."""
        now = clock.micros()
        if self.ends_at is not None and self.ends_at <= now:
            return OVER
        return AHEAD if self.starts_at > now else IN_FORCE


class Own(NamedTuple):
    """What a promoter earns of an offer in deals of a currency, instead of what the offer or its catalog says."""

    offer_uuid: str
    price_currency: str
    reward_percent: int | None
    fix_remuneration: int | None
    currency: str | None


_ROWS = """SELECT r.uuid, g.uuid AS group_uuid, g.name AS group_name, p.name AS promoter,
    (SELECT MIN(m.uid) FROM promotion m WHERE m.catalog_id = c.id AND m.promoter_id = r.promoter_id) AS uid,
    c.short_code AS catalog_code, c.title AS catalog_title, o.name AS offer, r.reward_percent, r.fix_remuneration, r.currency,
    r.starts_at, r.ends_at
    FROM special_reward r LEFT JOIN promoter_group g ON g.id = r.group_id LEFT JOIN partner p ON p.id = r.promoter_id
    LEFT JOIN offer o ON o.id = r.offer_id JOIN catalog c ON c.id = COALESCE(r.catalog_id, o.catalog_id)"""
_ORDER = f"ORDER BY r.starts_at DESC, r.id DESC LIMIT {MOST}"
_OF_GROUP = Statement(f"{_ROWS} WHERE r.group_id = :group {_ORDER}", RewardRow)
_OF_PROMOTER = Statement(f"{_ROWS} WHERE r.merchant_id = :merchant AND r.promoter_id = :promoter {_ORDER}", RewardRow)
_OF_CATALOG = Statement(f"{_ROWS} WHERE r.merchant_id = :merchant AND c.id = :catalog {_ORDER}", RewardRow)
_OWN = Statement(
    f"""SELECT o.uuid AS offer_uuid, q.currency AS price_currency, s.reward_percent, s.fix_remuneration, s.currency
    FROM catalog c JOIN offer o ON o.catalog_id = c.id JOIN offer_price q ON q.offer_id = o.id
    {chosen.joined("c.partner_id", ":promoter", "c.id", "o.id", "q.currency")}
    WHERE c.id = :catalog AND s.id IS NOT NULL ORDER BY o.id, q.id""",
    Own,
)


def of_group(group_id: int) -> list[RewardRow]:
    """A group's, the one that began last first."""
    return _OF_GROUP.rows(group=group_id)


def of_promoter(merchant_id: int, promoter_id: int) -> list[RewardRow]:
    """One promoter's own in all catalogs, the one that began last first."""
    return _OF_PROMOTER.rows(merchant=merchant_id, promoter=promoter_id)


def of_catalog(merchant_id: int, catalog_id: int) -> list[RewardRow]:
    """The promoters' and the groups' in a catalog, the one that began last first; the latest hundred."""
    return _OF_CATALOG.rows(merchant=merchant_id, catalog=catalog_id)


def own(promoter_id: int, catalog_id: int) -> dict[str, list[Own]]:
    """What the promoter earns now instead of what an offer or its catalog says, by the offer's uuid."""
    found: dict[str, list[Own]] = {}
    for row in _OWN.rows(promoter=promoter_id, catalog=catalog_id, now=clock.micros()):
        found.setdefault(row.offer_uuid, []).append(row)
    return found
