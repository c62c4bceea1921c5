"""A year of deals and clicks at once, with what reporting and approving them would have left, in a handful of statements."""

from datetime import timedelta

from peewee import SqliteDatabase

from portal import clock
from portal.database import Statement, database, transaction

_SECOND = 1_000_000
SPREAD = timedelta(days=365)
_HOLD, _WAIT = 30 * 86_400, 14 * 86_400
_COST, _REWARD = 4990, 374  # 7.5%
_CLICKS_OF_TEN_DEALS = 3
NUMBERS = "WITH RECURSIVE number (i) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT i + 1 FROM number WHERE i < {count})"
# Half of everything comes from the first ten promoters. A year of it lies evenly, oldest first, the newest of this moment.
_WHOSE = "CASE WHEN i % 2 = 0 THEN (i / 2) % 10 ELSE (i / 2 * 7919) % {promotions} END"
_AT = "{now} - ({count} - i) * {step}"
_PROMOTIONS = "(SELECT id, catalog_id, ROW_NUMBER() OVER (ORDER BY id) - 1 AS place FROM promotion) m"
_OFFERS = (
    "(SELECT id, catalog_id, name, ROW_NUMBER() OVER (PARTITION BY catalog_id ORDER BY id) - 1 AS place FROM offer) o"
)
_LANDINGS = "(SELECT catalog_id, MIN(id) AS id FROM landing GROUP BY catalog_id) g"
# One of ten is canceled at once, two wait for their payment for two weeks, after which one of them was canceled too; the
# others are paid, and approved when the hold has passed. UUIDs are scattered as random ones are.
_DEALS = f"""INSERT INTO deal (uuid, partner_id, deal_id, deal_id_key, catalog_id, offer_id, offer_name, status, is_returned, cost,
    first_cost, currency, another_data, promotion_id, attribution, reward_percent, hold_duration, canceled_duration,
    payment_sum, conversion_time, paid_at, approved_at, canceled_at, modified_at, due_at)
SELECT CAST(10000000 + (i * 61803399) % 89999999 AS TEXT) || '-0000-4000-8000-' || CAST(100000000000 + i AS TEXT),
    {{merchant}}, 'bench-' || i, 'BENCH-' || i, m.catalog_id, o.id, o.name, status, FALSE, {{cost}},
    {{cost}}, 'USD', 'myshare=BENCHUID1', m.id, '[]', 750, {{hold}}, {{wait}},
    CASE WHEN status = 'Paid' THEN {{reward}} ELSE 0 END, at,
    CASE WHEN status = 'Paid' THEN at END,
    CASE WHEN status = 'Paid' AND at < {{cleared}} THEN at + {{hold_micros}} END,
    CASE WHEN status = 'Canceled' THEN at END, at,
    CASE WHEN status = 'Created' THEN at + {{wait_micros}}
        WHEN status = 'Paid' AND at >= {{cleared}} THEN at + {{hold_micros}} END
FROM (SELECT i, {_AT} AS at, {_WHOSE} AS whose, CASE WHEN i / 7 % 10 = 0 THEN 'Canceled'
        WHEN i / 7 % 10 < 3 AND {_AT} >= {{unpaid}} THEN 'Created'
        WHEN i / 7 % 10 = 1 THEN 'Canceled' ELSE 'Paid' END AS status FROM number) AS made
    JOIN {_PROMOTIONS} ON m.place = made.whose
    JOIN {_OFFERS} ON o.catalog_id = m.catalog_id AND o.place = made.i % {{offers}}
ORDER BY i"""
_CLICKS = f"""INSERT INTO click (key, promotion_id, landing_id, query, device, at)
SELECT 'bench' || CAST(10000000000000000 + i AS TEXT), m.id, g.id, '', 'Desktop', at
FROM (SELECT i, {_AT} AS at, {_WHOSE} AS whose FROM number) AS made
    JOIN {_PROMOTIONS} ON m.place = made.whose JOIN {_LANDINGS} ON g.catalog_id = m.catalog_id
ORDER BY i"""
_HELD = """INSERT INTO transfer (reason, deal_id, at)
SELECT 'paid', id, paid_at FROM deal WHERE payment_sum <> 0 ORDER BY id"""
_RELEASED = """INSERT INTO transfer (reason, deal_id, at)
SELECT 'approved', id, approved_at FROM deal WHERE payment_sum <> 0 AND approved_at IS NOT NULL ORDER BY id"""
_OF_TRANSFER = """SELECT t.id AS transfer, t.reason, m.promoter_id AS promoter FROM transfer t JOIN deal d ON d.id = t.deal_id
    JOIN promotion m ON m.id = d.promotion_id"""
_ENTRIES = f"""INSERT INTO entry (transfer_id, partner_id, account, counterparty_id, currency, amount)
SELECT transfer, CASE reason WHEN 'paid' THEN {{merchant}} ELSE promoter END,
    CASE reason WHEN 'paid' THEN 'owed' ELSE 'held' END,
    promoter, 'USD', -{{reward}} FROM ({_OF_TRANSFER}) AS out
UNION ALL SELECT transfer, promoter, CASE reason WHEN 'paid' THEN 'held' ELSE 'due' END,
    CASE reason WHEN 'paid' THEN {{merchant}} ELSE promoter END, 'USD', {{reward}} FROM ({_OF_TRANSFER}) AS into_"""
_OPEN = """INSERT INTO payout_item (merchant_id, promoter_id, promotion_id, deal_id, currency, amount, at)
SELECT d.partner_id, m.promoter_id, m.id, d.id, d.currency, d.payment_sum, d.approved_at
FROM deal d JOIN promotion m ON m.id = d.promotion_id
WHERE d.payment_sum <> 0 AND d.approved_at IS NOT NULL ORDER BY d.id"""
_COUNTERS = """UPDATE catalog SET
    approved_deals = (SELECT COUNT(*) FROM deal d WHERE d.catalog_id = catalog.id AND d.approved_at IS NOT NULL),
    canceled_deals = (SELECT COUNT(*) FROM deal d WHERE d.catalog_id = catalog.id AND d.status = 'Canceled')"""
_EVENTS = """INSERT INTO event (partner_id, type, thing, thing_id, actor, data, at, position)
SELECT partner_id, 'deal.created', 'deal', uuid, 'token:1', '{{}}', conversion_time,
    (SELECT value FROM sequence WHERE name = 'event') + ROW_NUMBER() OVER (ORDER BY id) FROM deal ORDER BY id"""
_SEQUENCE = "UPDATE sequence SET value = (SELECT MAX(position) FROM event) WHERE name = 'event'"
_WORK = (f"{NUMBERS} {_DEALS}", _HELD, _RELEASED, _ENTRIES, _OPEN, _COUNTERS, _EVENTS, _SEQUENCE)


def add_deals(merchant: int, promotions: int, offers: int, count: int) -> None:
    """So many deals, and three clicks to ten of them, spread over all the promotions (of different promoters, with so
    many offers in the catalog of each) that there are."""
    now = clock.micros()
    values = {
        "merchant": merchant, "promotions": promotions, "offers": offers, "now": now, "cost": _COST, "reward": _REWARD,
        "hold": _HOLD, "wait": _WAIT, "hold_micros": _HOLD * _SECOND, "wait_micros": _WAIT * _SECOND,
        "cleared": now - _HOLD * _SECOND, "unpaid": now - _WAIT * _SECOND,
    }  # fmt: skip
    clicks = max(count * _CLICKS_OF_TEN_DEALS // 10, 1)
    with transaction():
        if not isinstance(database.obj, SqliteDatabase):
            Statement("SET LOCAL session_replication_role = replica").run()  # Nobody proves each row's references.
        run(_WORK, {**values, "count": count, "step": SPREAD // timedelta(microseconds=count)})
        run([f"{NUMBERS} {_CLICKS}"], {**values, "count": clicks, "step": SPREAD // timedelta(microseconds=clicks)})
    settle()


def run(texts, values: dict) -> None:
    """Run the statements, with the values in their places."""
    for text in texts:
        Statement(text.format(**values)).run()


def settle() -> None:
    """What the engine would do by itself in the minutes after, done before anything is measured."""
    if isinstance(database.obj, SqliteDatabase):
        database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    else:
        database.execute_sql("VACUUM (ANALYZE)")
        database.execute_sql("CHECKPOINT")
