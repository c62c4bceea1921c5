"""Proof that the database holds what it promises: sums, cached figures, and whose things point to whose."""

from dataclasses import dataclass

from peewee import SqliteDatabase

from portal.database import database, snapshot
from portal.domain.events import chain_proof

_SHOWN = 20
_HOUR, _DAY = 3600 * 1_000_000, 86_400 * 1_000_000


@dataclass(frozen=True)
class Check:
    """A promise: a query for the rows that break it, and the sentence for each (`{0}`, `{1}` … are its columns)."""

    sentence: str
    query: str


_EXPECTED_HELD = "CASE WHEN d.status = 'Paid' AND d.approved_at IS NULL THEN d.payment_sum ELSE 0 END"
_EXPECTED_DUE = "CASE WHEN d.status = 'Paid' AND d.approved_at IS NOT NULL THEN d.payment_sum ELSE 0 END"
_EXPECTED_PAID = "CASE WHEN o.reversed_at IS NULL THEN o.amount ELSE 0 END"

LEDGER = [
    Check(
        "Transfer {0}: its entries in {1} sum to {2}, not to zero.",
        "SELECT transfer_id, currency, SUM(amount) FROM entry GROUP BY transfer_id, currency HAVING SUM(amount) <> 0",
    ),
    Check(
        "The ledger in {0} sums to {1}, not to zero.",
        "SELECT currency, SUM(amount) FROM entry GROUP BY currency HAVING SUM(amount) <> 0",
    ),
    Check(
        "Transfer {0} has no entries.",
        "SELECT t.id FROM transfer t WHERE NOT EXISTS (SELECT 1 FROM entry e WHERE e.transfer_id = t.id)",
    ),
    Check(
        "Deal {0}: its reward is {1}, but the ledger has {2} held, {3} due and {4} owed for it.",
        f"""SELECT d.uuid, d.payment_sum, COALESCE(f.held, 0), COALESCE(f.due, 0), COALESCE(f.owed, 0) FROM deal d LEFT JOIN (
            SELECT t.deal_id, SUM(CASE WHEN e.account = 'held' THEN e.amount ELSE 0 END) AS held,
                SUM(CASE WHEN e.account = 'due' THEN e.amount ELSE 0 END) AS due,
                SUM(CASE WHEN e.account = 'owed' THEN e.amount ELSE 0 END) AS owed
            FROM entry e JOIN transfer t ON t.id = e.transfer_id GROUP BY t.deal_id) f ON f.deal_id = d.id
        WHERE COALESCE(f.held, 0) <> {_EXPECTED_HELD} OR COALESCE(f.due, 0) <> {_EXPECTED_DUE}
            OR COALESCE(f.owed, 0) <> -({_EXPECTED_HELD}) - ({_EXPECTED_DUE}) OR (d.status <> 'Paid' AND d.payment_sum <> 0)""",
    ),
    Check(
        "Deal {0}: an entry on account {1} belongs to a partner who has no part in it, or is in another currency.",
        """SELECT d.uuid, e.account FROM entry e JOIN transfer t ON t.id = e.transfer_id JOIN deal d ON d.id = t.deal_id
            LEFT JOIN promotion m ON m.id = d.promotion_id
        WHERE e.currency <> d.currency OR (e.account = 'owed' AND e.partner_id <> d.partner_id)
            OR (e.account <> 'owed' AND (m.promoter_id IS NULL OR e.partner_id <> m.promoter_id))""",
    ),
]
PAYOUTS = [
    Check(
        "Transfer {0} is about neither a deal nor a payout, or about both.",
        "SELECT id FROM transfer WHERE (deal_id IS NULL) = (payout_id IS NULL)",
    ),
    Check(
        "Payout {0}: it is {1}, but its items sum to {2}.",
        """SELECT o.uuid, o.amount, COALESCE(SUM(i.amount), 0) FROM payout o LEFT JOIN payout_item i ON i.payout_id = o.id
        GROUP BY o.uuid, o.amount HAVING COALESCE(SUM(i.amount), 0) <> o.amount""",
    ),
    Check(
        "Deal {0}: {1} is due for it, but its items in payouts and open ones sum to {2}.",
        f"""SELECT d.uuid, {_EXPECTED_DUE}, COALESCE(n.amount, 0) FROM deal d LEFT JOIN (
            SELECT i.deal_id, SUM(i.amount) AS amount FROM payout_item i LEFT JOIN payout o ON o.id = i.payout_id
            WHERE o.reversed_at IS NULL GROUP BY i.deal_id) n ON n.deal_id = d.id
        WHERE COALESCE(n.amount, 0) <> {_EXPECTED_DUE}""",
    ),
    Check(
        "Payout {0}: the ledger should have {1} paid for it, but has {2} paid and {3} due.",
        f"""SELECT uuid, expected, paid, due FROM (SELECT o.uuid, {_EXPECTED_PAID} AS expected,
            COALESCE(SUM(CASE WHEN e.account = 'paid' THEN e.amount ELSE 0 END), 0) AS paid,
            COALESCE(SUM(CASE WHEN e.account = 'due' THEN e.amount ELSE 0 END), 0) AS due
        FROM payout o LEFT JOIN transfer t ON t.payout_id = o.id LEFT JOIN entry e ON e.transfer_id = t.id
        GROUP BY o.uuid, o.amount, o.reversed_at) f WHERE paid <> expected OR due <> -expected""",
    ),
    Check(
        "Payout {0}: an entry on account {1} belongs to somebody else, or is in another currency.",
        """SELECT o.uuid, e.account FROM entry e JOIN transfer t ON t.id = e.transfer_id JOIN payout o ON o.id = t.payout_id
        WHERE e.partner_id <> o.promoter_id OR e.counterparty_id <> o.promoter_id OR e.currency <> o.currency
            OR e.account NOT IN ('due', 'paid')""",
    ),
    Check(
        "Partner {0} was paid {1} {2} by its payouts, but {3} by the ledger.",
        f"""SELECT p.slug, SUM(f.expected), f.currency, SUM(f.paid) FROM (
            SELECT o.promoter_id AS partner_id, o.currency, {_EXPECTED_PAID} AS expected, 0 AS paid FROM payout o
            UNION ALL SELECT e.partner_id, e.currency, 0, e.amount FROM entry e WHERE e.account = 'paid') f
        JOIN partner p ON p.id = f.partner_id GROUP BY p.slug, f.currency HAVING SUM(f.expected) <> SUM(f.paid)""",
    ),
    Check(
        "Deal {0}: its item {1} names another merchant, promoter, promotion or currency than the deal has.",
        """SELECT d.uuid, i.id FROM payout_item i JOIN deal d ON d.id = i.deal_id LEFT JOIN promotion m ON m.id = d.promotion_id
        WHERE i.merchant_id <> d.partner_id OR i.currency <> d.currency OR m.id IS NULL OR i.promoter_id <> m.promoter_id
            OR i.promotion_id IS NULL OR i.promotion_id <> m.id""",
    ),
    Check(
        "Payout {0} has items of another merchant or promoter, or in another currency, or was made in another's run.",
        """SELECT o.uuid FROM payout o JOIN payout_run r ON r.id = o.run_id WHERE r.merchant_id <> o.merchant_id OR EXISTS (
            SELECT 1 FROM payout_item i WHERE i.payout_id = o.id AND (i.merchant_id <> o.merchant_id
            OR i.promoter_id <> o.promoter_id OR i.currency <> o.currency))""",
    ),
    Check(
        "Deal {0} stands more than once in payout {1}, or has more than one open item.",
        """SELECT d.uuid, i.payout_id FROM payout_item i JOIN deal d ON d.id = i.deal_id
        GROUP BY d.uuid, i.deal_id, i.payout_id HAVING COUNT(*) > 1""",
    ),
]
COUNTERS = [
    Check(
        "Catalog {0}: it counts {1} approved and {2} canceled deals, but has {3} and {4}.",
        """SELECT c.short_code, c.approved_deals, c.canceled_deals, COALESCE(n.approved, 0), COALESCE(n.canceled, 0)
        FROM catalog c LEFT JOIN (
            SELECT catalog_id, SUM(CASE WHEN status = 'Paid' AND approved_at IS NOT NULL THEN 1 ELSE 0 END) AS approved,
                SUM(CASE WHEN status = 'Canceled' THEN 1 ELSE 0 END) AS canceled
            FROM deal GROUP BY catalog_id) n ON n.catalog_id = c.id
        WHERE c.approved_deals <> COALESCE(n.approved, 0) OR c.canceled_deals <> COALESCE(n.canceled, 0)""",
    ),
    Check(
        "Import {0}: it counts {1} deals that were imported, but {2} of its rows were.",
        """SELECT i.uuid, i.done, COUNT(r.id) FROM deal_import i
            LEFT JOIN import_row r ON r.deal_import_id = i.id AND r.state = 'done'
        WHERE i.forget_at > 0 GROUP BY i.uuid, i.done HAVING COUNT(r.id) <> i.done""",
    ),
    Check(
        "The event log gave position {0}, but its counter stands at {1}.",
        """SELECT e.position, s.value FROM sequence s, (SELECT MAX(position) AS position FROM event) e
        WHERE s.name = 'event' AND e.position > s.value""",
    ),
]
TENANCY = [
    Check(
        "Offer {0} stands in another partner's catalog.",
        "SELECT o.uuid FROM offer o JOIN catalog c ON c.id = o.catalog_id WHERE c.partner_id <> o.partner_id",
    ),
    Check(
        "Deal {0} names a catalog or an offer of another partner.",
        """SELECT d.uuid FROM deal d JOIN catalog c ON c.id = d.catalog_id JOIN offer o ON o.id = d.offer_id
        WHERE c.partner_id <> d.partner_id OR o.partner_id <> d.partner_id""",
    ),
    Check(
        "Deal {0} belongs to a promoter of another catalog.",
        "SELECT d.uuid FROM deal d JOIN promotion m ON m.id = d.promotion_id WHERE m.catalog_id <> d.catalog_id",
    ),
    Check(
        "Deal {0} names a promo code or a click of another promoter.",
        """SELECT d.uuid FROM deal d LEFT JOIN promo_code k ON k.id = d.used_code_id LEFT JOIN click l ON l.id = d.click_id
        WHERE (k.id IS NOT NULL AND (d.promotion_id IS NULL OR k.promotion_id <> d.promotion_id))
            OR (l.id IS NOT NULL AND (d.promotion_id IS NULL OR l.promotion_id <> d.promotion_id))""",
    ),
    Check(
        "Promo code {0} belongs to a promoter of another merchant.",
        """SELECT k.id FROM promo_code k JOIN promotion m ON m.id = k.promotion_id JOIN catalog c ON c.id = m.catalog_id
        WHERE c.partner_id <> k.merchant_id""",
    ),
    Check(
        "Click {0} led to a landing of another catalog.",
        """SELECT l.id FROM click l JOIN promotion m ON m.id = l.promotion_id JOIN landing g ON g.id = l.landing_id
        WHERE g.catalog_id <> m.catalog_id""",
    ),
    Check(
        "Promoter {0} and its merchant are not both live or both in test mode.",
        """SELECT m.uid FROM promotion m JOIN catalog c ON c.id = m.catalog_id JOIN partner a ON a.id = m.promoter_id
            JOIN partner b ON b.id = c.partner_id WHERE (a.live_partner_id IS NULL) <> (b.live_partner_id IS NULL)""",
    ),
    Check(
        "A row of import {0} became a deal of another partner, or none.",
        """SELECT i.uuid FROM import_row r JOIN deal_import i ON i.id = r.deal_import_id LEFT JOIN deal d ON d.id = r.deal_id
        WHERE (d.id IS NOT NULL AND d.partner_id <> i.partner_id) OR (d.id IS NULL AND r.state = 'done')""",
    ),
    Check(
        "Partner {0} is a company of a company, or the test mode of a test mode.",
        """SELECT p.slug FROM partner p LEFT JOIN partner a ON a.id = p.parent_id LEFT JOIN partner b ON b.id = p.live_partner_id
        WHERE a.parent_id IS NOT NULL OR b.live_partner_id IS NOT NULL""",
    ),
    Check(
        "Partner {0} is a test mode, but has people, invitations or terms of its own.",
        """SELECT p.slug FROM partner p WHERE p.live_partner_id IS NOT NULL AND (
            EXISTS (SELECT 1 FROM membership m WHERE m.partner_id = p.id)
            OR EXISTS (SELECT 1 FROM invitation i WHERE i.partner_id = p.id)
            OR EXISTS (SELECT 1 FROM terms_acceptance a WHERE a.partner_id = p.id))""",
    ),
    Check(
        "Partner {0} shows a logo that is no picture of its own.",
        """SELECT p.slug FROM partner p LEFT JOIN picture i ON i."key" = p.logo
            AND i.partner_id = COALESCE(p.live_partner_id, p.id) WHERE p.logo IS NOT NULL AND i.id IS NULL""",
    ),
]
NOTICES = [
    Check(
        "Notice {0} would tell a partner of deal {1}, which is not canceled, or not one that it brought to another.",
        """SELECT n.id, d.uuid FROM gathered_notice n JOIN deal d ON d.id = n.deal_id LEFT JOIN promotion m ON m.id = d.promotion_id
        WHERE n.kind <> 'canceled' OR d.status <> 'Canceled' OR m.id IS NULL OR m.promoter_id <> n.partner_id
            OR d.partner_id = n.partner_id""",
    ),
    Check(
        "Deal {0} would be told {1} times.",
        """SELECT d.uuid, COUNT(*) FROM gathered_notice n JOIN deal d ON d.id = n.deal_id
        GROUP BY d.uuid, n.partner_id, n.kind HAVING COUNT(*) > 1""",
    ),
    # Seen by the log, which the same worker closes: right after a long stop something may wait for some minutes.
    Check(
        "Notice {0} of deal {1} still waits, though the worker was at work a day after it, and an hour later still.",
        f"""SELECT n.id, d.uuid FROM gathered_notice n JOIN deal d ON d.id = n.deal_id WHERE EXISTS (SELECT 1 FROM event_batch b,
            (SELECT closed_at FROM event_batch ORDER BY number DESC LIMIT 1) latest
            WHERE b.closed_at >= n.at + {_DAY} AND b.closed_at <= latest.closed_at - {_HOUR})""",
    ),
]
CHECKS = LEDGER + PAYOUTS + COUNTERS + TENANCY + NOTICES


def faults() -> list[str]:
    """A sentence for every broken promise, at most twenty of a kind; empty when all hold. Others may write meanwhile."""
    with snapshot():
        return [sentence for check in CHECKS for sentence in _broken(check)] + chain_proof.faults() + _engine_faults()


def _broken(check: Check) -> list[str]:
    rows = database.execute_sql(check.query).fetchmany(_SHOWN + 1)
    sentences = [check.sentence.format(*row) for row in rows[:_SHOWN]]
    return [*sentences, "… and more of this kind."] if len(rows) > _SHOWN else sentences


def _engine_faults() -> list[str]:
    """What SQLite says of its own file; PostgreSQL checks its pages and references itself."""
    if not isinstance(database.obj, SqliteDatabase):
        return []
    said = [row[0] for row in database.execute_sql("PRAGMA integrity_check").fetchall()]
    loose = database.execute_sql("PRAGMA foreign_key_check").fetchall()
    return [f"The database file is damaged: {line}" for line in said if line != "ok"] + [
        f"A row of {table} (id {row}) points to a row of {target} that is not there." for table, row, target, _ in loose
    ]
