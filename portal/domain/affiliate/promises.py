"""What the affiliate family promises: sums, cached figures, and whose things point to whose."""

from portal.domain.areas import Check

_SECOND = 1_000_000
_HOUR, _DAY = 3600 * _SECOND, 86_400 * _SECOND
_EXPECTED_HELD = "CASE WHEN d.status = 'Paid' AND d.approved_at IS NULL THEN d.payment_sum ELSE 0 END"
_EXPECTED_DUE = "CASE WHEN d.status = 'Paid' AND d.approved_at IS NOT NULL THEN d.payment_sum ELSE 0 END"
_EXPECTED_PAID = "CASE WHEN o.reversed_at IS NULL THEN o.amount ELSE 0 END"

LEDGER = (
    Check(
        "Transfer {transfer_id}: its entries in {currency} sum to {amount}, not to zero.",
        "SELECT transfer_id, currency, SUM(amount) AS amount FROM entry GROUP BY transfer_id, currency HAVING SUM(amount) <> 0",
    ),
    Check(
        "The ledger in {currency} sums to {amount}, not to zero.",
        "SELECT currency, SUM(amount) AS amount FROM entry GROUP BY currency HAVING SUM(amount) <> 0",
    ),
    Check(
        "Transfer {id} has no entries.",
        "SELECT t.id FROM transfer t WHERE NOT EXISTS (SELECT 1 FROM entry e WHERE e.transfer_id = t.id)",
    ),
    Check(
        "Deal {uuid}: its reward is {payment_sum}, but the ledger has {held} held, {due} due and {owed} owed for it.",
        f"""SELECT d.uuid, d.payment_sum, COALESCE(f.held, 0) AS held, COALESCE(f.due, 0) AS due, COALESCE(f.owed, 0) AS owed
        FROM deal d LEFT JOIN (
            SELECT t.deal_id, SUM(CASE WHEN e.account = 'held' THEN e.amount ELSE 0 END) AS held,
                SUM(CASE WHEN e.account = 'due' THEN e.amount ELSE 0 END) AS due,
                SUM(CASE WHEN e.account = 'owed' THEN e.amount ELSE 0 END) AS owed
            FROM entry e JOIN transfer t ON t.id = e.transfer_id GROUP BY t.deal_id) f ON f.deal_id = d.id
        WHERE COALESCE(f.held, 0) <> {_EXPECTED_HELD} OR COALESCE(f.due, 0) <> {_EXPECTED_DUE}
            OR COALESCE(f.owed, 0) <> -({_EXPECTED_HELD}) - ({_EXPECTED_DUE}) OR (d.status <> 'Paid' AND d.payment_sum <> 0)""",
    ),
    Check(
        "Deal {uuid}: an entry on account {account} belongs to a partner who has no part in it, or is in another currency.",
        """SELECT d.uuid, e.account FROM entry e JOIN transfer t ON t.id = e.transfer_id JOIN deal d ON d.id = t.deal_id
            LEFT JOIN promotion m ON m.id = d.promotion_id
        WHERE e.currency <> d.currency OR (e.account = 'owed' AND e.partner_id <> d.partner_id)
            OR (e.account <> 'owed' AND (m.promoter_id IS NULL OR e.partner_id <> m.promoter_id))""",
    ),
)
# Of a deal that was canceled since, what was left went back by itself.
REFUNDS = (
    Check(
        "Deal {uuid} cost {cost}, but {amount} of it was returned.",
        """SELECT d.uuid, d.cost, SUM(r.amount) AS amount FROM refund r JOIN deal d ON d.id = r.deal_id
        GROUP BY d.uuid, d.cost HAVING SUM(r.amount) > d.cost""",
    ),
    Check(
        "Deal {uuid} was returned in part, but never approved.",
        "SELECT DISTINCT d.uuid FROM refund r JOIN deal d ON d.id = r.deal_id WHERE d.approved_at IS NULL",
    ),
    Check(
        "Deal {uuid}: its refunds took back {taken_back} of its reward, but the ledger {posted}.",
        """SELECT d.uuid, COALESCE(r.taken_back, 0) AS taken_back, COALESCE(t.posted, 0) AS posted FROM deal d
        LEFT JOIN (SELECT deal_id, SUM(taken_back) AS taken_back FROM refund GROUP BY deal_id) r ON r.deal_id = d.id
        LEFT JOIN (SELECT t.deal_id, SUM(e.amount) AS posted FROM transfer t JOIN entry e ON e.transfer_id = t.id
            WHERE t.reason = 'returned in part' AND e.account = 'owed' GROUP BY t.deal_id) t ON t.deal_id = d.id
        WHERE COALESCE(r.taken_back, 0) <> COALESCE(t.posted, 0)""",
    ),
)
PAYOUTS = (
    Check(
        "Transfer {id} is about neither a deal nor a payout, or about both.",
        "SELECT id FROM transfer WHERE (deal_id IS NULL) = (payout_id IS NULL)",
    ),
    Check(
        "Payout {uuid}: it is {amount}, but its items sum to {items}.",
        """SELECT o.uuid, o.amount, COALESCE(SUM(i.amount), 0) AS items FROM payout o LEFT JOIN payout_item i ON i.payout_id = o.id
        GROUP BY o.uuid, o.amount HAVING COALESCE(SUM(i.amount), 0) <> o.amount""",
    ),
    Check(
        "Deal {uuid}: {due} is due for it, but its items in payouts and open ones sum to {items}.",
        f"""SELECT d.uuid, {_EXPECTED_DUE} AS due, COALESCE(n.amount, 0) AS items FROM deal d LEFT JOIN (
            SELECT i.deal_id, SUM(i.amount) AS amount FROM payout_item i LEFT JOIN payout o ON o.id = i.payout_id
            WHERE o.reversed_at IS NULL GROUP BY i.deal_id) n ON n.deal_id = d.id
        WHERE COALESCE(n.amount, 0) <> {_EXPECTED_DUE}""",
    ),
    Check(
        "Payout {uuid}: the ledger should have {expected} paid for it, but has {paid} paid and {due} due.",
        f"""SELECT uuid, expected, paid, due FROM (SELECT o.uuid, {_EXPECTED_PAID} AS expected,
            COALESCE(SUM(CASE WHEN e.account = 'paid' THEN e.amount ELSE 0 END), 0) AS paid,
            COALESCE(SUM(CASE WHEN e.account = 'due' THEN e.amount ELSE 0 END), 0) AS due
        FROM payout o LEFT JOIN transfer t ON t.payout_id = o.id LEFT JOIN entry e ON e.transfer_id = t.id
        GROUP BY o.uuid, o.amount, o.reversed_at) f WHERE paid <> expected OR due <> -expected""",
    ),
    Check(
        "Payout {uuid}: an entry on account {account} belongs to somebody else, or is in another currency.",
        """SELECT o.uuid, e.account FROM entry e JOIN transfer t ON t.id = e.transfer_id JOIN payout o ON o.id = t.payout_id
        WHERE e.partner_id <> o.promoter_id OR e.counterparty_id <> o.promoter_id OR e.currency <> o.currency
            OR e.account NOT IN ('due', 'paid')""",
    ),
    Check(
        "Partner {slug} was paid {expected} {currency} by its payouts, but {paid} by the ledger.",
        f"""SELECT p.slug, SUM(f.expected) AS expected, f.currency, SUM(f.paid) AS paid FROM (
            SELECT o.promoter_id AS partner_id, o.currency, {_EXPECTED_PAID} AS expected, 0 AS paid FROM payout o
            UNION ALL SELECT e.partner_id, e.currency, 0, e.amount FROM entry e WHERE e.account = 'paid') f
        JOIN partner p ON p.id = f.partner_id GROUP BY p.slug, f.currency HAVING SUM(f.expected) <> SUM(f.paid)""",
    ),
    Check(
        "Deal {uuid}: its item {id} names another merchant, promoter, promotion or currency than the deal has.",
        """SELECT d.uuid, i.id FROM payout_item i JOIN deal d ON d.id = i.deal_id LEFT JOIN promotion m ON m.id = d.promotion_id
        WHERE i.merchant_id <> d.partner_id OR i.currency <> d.currency OR m.id IS NULL OR i.promoter_id <> m.promoter_id
            OR i.promotion_id IS NULL OR i.promotion_id <> m.id""",
    ),
    Check(
        "Payout {uuid} has items of another merchant or promoter, or in another currency, or was made in another's run.",
        """SELECT o.uuid FROM payout o JOIN payout_run r ON r.id = o.run_id WHERE r.merchant_id <> o.merchant_id OR EXISTS (
            SELECT 1 FROM payout_item i WHERE i.payout_id = o.id AND (i.merchant_id <> o.merchant_id
            OR i.promoter_id <> o.promoter_id OR i.currency <> o.currency))""",
    ),
    Check(
        "Deal {uuid} stands more than once in payout {payout_id}, or has more than one open item.",
        """SELECT d.uuid, i.payout_id FROM payout_item i JOIN deal d ON d.id = i.deal_id
        GROUP BY d.uuid, i.deal_id, i.payout_id HAVING COUNT(*) > 1""",
    ),
)
COUNTERS = (
    Check(
        "Catalog {short_code}: it counts {approved_deals} approved and {canceled_deals} canceled deals, but has {approved} and {canceled}.",
        """SELECT c.short_code, c.approved_deals, c.canceled_deals, COALESCE(n.approved, 0) AS approved,
            COALESCE(n.canceled, 0) AS canceled FROM catalog c LEFT JOIN (
            SELECT catalog_id, SUM(CASE WHEN status = 'Paid' AND approved_at IS NOT NULL THEN 1 ELSE 0 END) AS approved,
                SUM(CASE WHEN status = 'Canceled' THEN 1 ELSE 0 END) AS canceled
            FROM deal GROUP BY catalog_id) n ON n.catalog_id = c.id
        WHERE c.approved_deals <> COALESCE(n.approved, 0) OR c.canceled_deals <> COALESCE(n.canceled, 0)""",
    ),
    Check(
        "Import {uuid}: it counts {done} deals that were imported, but {found} of its rows were.",
        """SELECT i.uuid, i.done, COUNT(r.id) AS found FROM deal_import i
            LEFT JOIN import_row r ON r.deal_import_id = i.id AND r.state = 'done'
        WHERE i.forget_at > 0 GROUP BY i.uuid, i.done HAVING COUNT(r.id) <> i.done""",
    ),
)
USES = (
    Check(
        "Promo code {code}: it counts {uses} uses, but brought {found} deals that are not canceled.",
        """SELECT k.code, k.uses, COALESCE(n.found, 0) AS found FROM promo_code k LEFT JOIN (
            SELECT used_code_id, COUNT(*) AS found FROM deal WHERE used_code_id IS NOT NULL AND status <> 'Canceled'
            GROUP BY used_code_id) n ON n.used_code_id = k.id WHERE k.uses <> COALESCE(n.found, 0)""",
    ),
)
TENANCY = (
    Check(
        "Deal {uuid} was reported in place of a deal that was not canceled by time, or that is another's or was made otherwise.",
        f"""SELECT d.uuid FROM deal d JOIN deal o ON o.id = d.again_of_id
        WHERE o.status <> 'Canceled' OR o.paid_at IS NOT NULL
            OR o.canceled_at < o.conversion_time + o.canceled_duration * {_SECOND}
            OR o.partner_id <> d.partner_id OR o.catalog_id <> d.catalog_id OR o.offer_id <> d.offer_id
            OR o.currency <> d.currency OR o.promotion_id IS DISTINCT FROM d.promotion_id
            OR o.click_id IS DISTINCT FROM d.click_id OR o.used_code_id IS DISTINCT FROM d.used_code_id
            OR o.reward_percent IS DISTINCT FROM d.reward_percent OR o.fix_remuneration IS DISTINCT FROM d.fix_remuneration
            OR o.hold_duration <> d.hold_duration OR o.canceled_duration <> d.canceled_duration""",
    ),
    Check(
        "Deal {uuid} names a catalog or an offer of another partner.",
        """SELECT d.uuid FROM deal d JOIN catalog c ON c.id = d.catalog_id JOIN offer o ON o.id = d.offer_id
        WHERE c.partner_id <> d.partner_id OR o.partner_id <> d.partner_id""",
    ),
    Check(
        "Deal {uuid} belongs to a promoter of another catalog.",
        "SELECT d.uuid FROM deal d JOIN promotion m ON m.id = d.promotion_id WHERE m.catalog_id <> d.catalog_id",
    ),
    Check(
        "Deal {uuid} names a promo code or a click of another promoter.",
        """SELECT d.uuid FROM deal d LEFT JOIN promo_code k ON k.id = d.used_code_id LEFT JOIN click l ON l.id = d.click_id
        WHERE (k.id IS NOT NULL AND (d.promotion_id IS NULL OR k.merchant_id <> d.partner_id
                OR (k.promotion_id <> d.promotion_id AND k.handed_at IS NULL)))
            OR (l.id IS NOT NULL AND (d.promotion_id IS NULL OR l.promotion_id <> d.promotion_id))""",
    ),
    Check(
        "Promo code {id} belongs to a promoter of another merchant.",
        """SELECT k.id FROM promo_code k JOIN promotion m ON m.id = k.promotion_id JOIN catalog c ON c.id = m.catalog_id
        WHERE c.partner_id <> k.merchant_id""",
    ),
    Check(
        "Click {id} led to a landing of another catalog.",
        """SELECT l.id FROM click l JOIN promotion m ON m.id = l.promotion_id JOIN landing g ON g.id = l.landing_id
        WHERE g.catalog_id <> m.catalog_id""",
    ),
    Check(
        "Promoter {uid} and its merchant are not both live or both in test mode.",
        """SELECT m.uid FROM promotion m JOIN catalog c ON c.id = m.catalog_id JOIN partner a ON a.id = m.promoter_id
            JOIN partner b ON b.id = c.partner_id WHERE (a.live_partner_id IS NULL) <> (b.live_partner_id IS NULL)""",
    ),
    Check(
        "A row of import {uuid} became a deal of another partner, or none.",
        """SELECT i.uuid FROM import_row r JOIN deal_import i ON i.id = r.deal_import_id LEFT JOIN deal d ON d.id = r.deal_id
        WHERE (d.id IS NOT NULL AND d.partner_id <> i.partner_id) OR (d.id IS NULL AND r.state = 'done')""",
    ),
)
LINKS = (
    Check(
        "Link {slug} leads to a landing of another catalog than its promoter sells.",
        """SELECT o.slug FROM own_link o JOIN promotion m ON m.id = o.promotion_id JOIN landing l ON l.id = o.landing_id
        WHERE l.catalog_id <> m.catalog_id""",
    ),
    Check(
        "Deal {uuid} asks whose the uid {unknown_uid} is, but a promoter brought it.",
        "SELECT uuid, unknown_uid FROM deal WHERE unknown_uid IS NOT NULL AND promotion_id IS NOT NULL",
    ),
)
REWARDS = (
    Check(
        "Promoter {promoter_id} is in group {uuid} of another merchant than the one whose promoter it is, or promotes nothing of it.",
        """SELECT g.uuid, b.promoter_id FROM group_member b JOIN promoter_group g ON g.id = b.group_id
        WHERE g.merchant_id <> b.merchant_id OR NOT EXISTS (SELECT 1 FROM promotion m JOIN catalog c ON c.id = m.catalog_id
            WHERE c.partner_id = b.merchant_id AND m.promoter_id = b.promoter_id)""",
    ),
    Check(
        "Reward {uuid} is for a group, or on a catalog or an offer, of another merchant.",
        """SELECT r.uuid FROM special_reward r LEFT JOIN promoter_group g ON g.id = r.group_id
            LEFT JOIN catalog c ON c.id = r.catalog_id LEFT JOIN offer o ON o.id = r.offer_id
        WHERE COALESCE(g.merchant_id, r.merchant_id) <> r.merchant_id OR COALESCE(c.partner_id, r.merchant_id) <> r.merchant_id
            OR COALESCE(o.partner_id, r.merchant_id) <> r.merchant_id""",
    ),
    Check(
        "Reward {uuid} is for a promoter that promotes nothing of its merchant.",
        """SELECT r.uuid FROM special_reward r WHERE r.promoter_id IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM promotion m JOIN catalog c ON c.id = m.catalog_id
            WHERE c.partner_id = r.merchant_id AND m.promoter_id = r.promoter_id)""",
    ),
)
NOTICES = (
    Check(
        "Notice {id} would tell a partner of deal {uuid}, which is not canceled or returned in part, or not one that it brought to another.",
        """SELECT n.id, d.uuid FROM gathered_notice n JOIN deal d ON d.id = n.deal_id LEFT JOIN promotion m ON m.id = d.promotion_id
        WHERE NOT (n.kind = 'canceled' AND d.status = 'Canceled'
                OR n.kind = 'refunded' AND EXISTS (SELECT 1 FROM refund r WHERE r.deal_id = d.id))
            OR m.id IS NULL OR m.promoter_id <> n.partner_id OR d.partner_id = n.partner_id""",
    ),
    Check(
        "Deal {uuid} would be told {times} times.",
        """SELECT d.uuid, COUNT(*) AS times FROM gathered_notice n JOIN deal d ON d.id = n.deal_id
        WHERE n.kind = 'canceled' GROUP BY d.uuid, n.partner_id, n.kind HAVING COUNT(*) > 1""",
    ),
    # Seen by the log, which the same worker closes: right after a long stop something may wait for some minutes.
    Check(
        "Notice {id} of deal {uuid} still waits, though the worker was at work a day after it, and an hour later still.",
        f"""SELECT n.id, d.uuid FROM gathered_notice n JOIN deal d ON d.id = n.deal_id WHERE EXISTS (SELECT 1 FROM event_batch b,
            (SELECT closed_at FROM event_batch ORDER BY number DESC LIMIT 1) latest
            WHERE b.closed_at >= n.at + {_DAY} AND b.closed_at <= latest.closed_at - {_HOUR})""",
    ),
)
PROMISES = LEDGER + REFUNDS + PAYOUTS + COUNTERS + USES + TENANCY + LINKS + REWARDS + NOTICES
