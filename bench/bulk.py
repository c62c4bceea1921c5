"""Many deals at once, with the ledger and the events that reporting them would have left, in a handful of statements."""

from dataclasses import dataclass

from portal import clock
from portal.database import Statement, database, transaction

_SPREAD = 90 * 86_400 * 1_000_000  # Deals lie in the last three months.
_HOLD, _CANCELED = 30 * 86_400, 14 * 86_400
_REWARD = 374  # 7.5% of 49.90
_NUMBERS = (
    "WITH RECURSIVE number (i) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT i + 1 FROM number WHERE i < {count})"
)
# Two of ten are Created, six Paid (approved once the hold has passed), two Canceled. UUIDs are scattered as random ones are.
_DEALS = """INSERT INTO deal (uuid, partner_id, deal_id, catalog_id, offer_id, offer_name, status, is_returned, cost, first_cost,
    currency, promo_code, another_data, comment, promotion_id, used_code_id, click_id, customer, attribution,
    reward_percent, fix_remuneration, hold_duration, canceled_duration, payment_sum, conversion_time, paid_at,
    approved_at, canceled_at, modified_at, due_at)
SELECT CAST(10000000 + (i * 61803399) % 89999999 AS TEXT) || '-0000-4000-8000-' || CAST(100000000000 + i AS TEXT),
    {merchant}, 'bench-' || i, {catalog}, {offer}, '{name}', status, FALSE, 4990, 4990, 'USD', NULL, 'myshare=BENCHUID1',
    NULL, {promotion}, NULL, NULL, NULL, '[]', 750, NULL, {hold}, {canceled},
    CASE WHEN status = 'Paid' THEN {reward} ELSE 0 END, at,
    CASE WHEN status = 'Paid' THEN at END,
    CASE WHEN status = 'Paid' AND at < {cleared} THEN at + {hold_micros} END,
    CASE WHEN status = 'Canceled' THEN at END, at,
    CASE WHEN status = 'Created' THEN {now} + {canceled_micros}
        WHEN status = 'Paid' AND at >= {cleared} THEN at + {hold_micros} END
FROM (SELECT i, {now} - ({count} - i) * {step} AS at,
    CASE WHEN i % 10 < 2 THEN 'Created' WHEN i % 10 < 8 THEN 'Paid' ELSE 'Canceled' END AS status FROM number) AS made"""
_TRANSFERS = """INSERT INTO transfer (reason, deal_id, at)
SELECT 'paid', id, paid_at FROM deal WHERE status = 'Paid'"""
_ENTRIES = """INSERT INTO entry (transfer_id, partner_id, account, counterparty_id, currency, amount)
SELECT id, {merchant}, 'owed', {promoter}, 'USD', -{reward} FROM transfer
UNION ALL SELECT id, {promoter}, 'held', {merchant}, 'USD', {reward} FROM transfer"""
_EVENTS = """INSERT INTO event (partner_id, type, thing, thing_id, actor, data, at)
SELECT partner_id, 'deal.created', 'deal', uuid, 'token:1', '{{}}', conversion_time FROM deal ORDER BY id"""
_POSITIONS = "UPDATE event SET position = id"
_SEQUENCE = "UPDATE sequence SET value = (SELECT MAX(id) FROM event) WHERE name = 'event'"


@dataclass(frozen=True, slots=True)
class Place:
    """Where the deals belong."""

    merchant: int
    promoter: int
    catalog: int
    offer: int
    name: str
    promotion: int


def add_deals(place: Place, count: int) -> None:
    """So many deals, oldest first, the newest of this moment; where the engine gathers statistics by itself, at once."""
    now = clock.micros()
    values = {
        "count": count, "step": _SPREAD // count, "now": now, "cleared": now - _HOLD * 1_000_000, "hold": _HOLD,
        "canceled": _CANCELED, "hold_micros": _HOLD * 1_000_000, "canceled_micros": _CANCELED * 1_000_000,
        "reward": _REWARD, "name": place.name, "merchant": place.merchant,
        "promoter": place.promoter, "catalog": place.catalog, "offer": place.offer, "promotion": place.promotion,
    }  # fmt: skip
    with transaction():
        for statement in (f"{_NUMBERS} {_DEALS}", _TRANSFERS, _ENTRIES, _EVENTS, _POSITIONS, _SEQUENCE):
            Statement(statement.format(**values)).run()
    if database.param != "?":
        Statement("ANALYZE").run()
