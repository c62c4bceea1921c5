"""What the ledger of cards promises: each field is the sum of its entries, entries chain, lots and debts fit, and whose is whose."""

from portal.domain.areas import Check
from portal.domain.cards.cards.tables import FIELDS
from portal.domain.cards.customers.seen import SEEN

_SUMS = ", ".join(f"SUM(CASE WHEN field = '{name}' THEN amount ELSE 0 END) AS {name}" for name in FIELDS)
_DIFFER = " OR ".join(f"c.{name} <> COALESCE(e.{name}, 0)" for name in FIELDS)
FOLD = (
    Check(
        "Card {serial}: what is on it is not the sum of its entries.",
        f"""SELECT c.serial FROM card c LEFT JOIN (SELECT card_id, {_SUMS} FROM card_entry GROUP BY card_id) e ON e.card_id = c.id
        WHERE {_DIFFER}""",
    ),
    Check(
        "Card {serial}: entry {id} of {field} begins with {before}, but the one before it ended with {earlier}.",
        """SELECT c.serial, e.id, e.field, e.before, e.earlier FROM (
            SELECT id, card_id, field, before, COALESCE(LAG(after) OVER (PARTITION BY card_id, field ORDER BY id), 0) AS earlier
            FROM card_entry) e JOIN card c ON c.id = e.card_id WHERE e.before <> e.earlier""",
    ),
    Check(
        "Operation {id}: it tells {balance} of {field}, but its entry ended with {after}.",
        """SELECT o.id, o.balance, o.field, e.after FROM card_operation o
        JOIN card_entry e ON e.operation_id = o.id AND e.field = o.field WHERE o.balance <> e.after""",
    ),
    Check(
        "Operation {id}: it tells {amount} of {field}, but its entry is {entry}.",
        """SELECT o.id, o.amount, o.field, COALESCE(e.amount, 0) AS entry FROM card_operation o
        LEFT JOIN card_entry e ON e.operation_id = o.id AND e.field = o.field
        WHERE o.field <> 'uses' AND o.amount <> COALESCE(e.amount, 0)""",
    ),
    Check(
        "Operation {operation_id}: its entry {id} is of another card.",
        """SELECT e.operation_id, e.id FROM card_entry e JOIN card_operation o ON o.id = e.operation_id
        WHERE e.card_id <> o.card_id""",
    ),
)
TOTALS = (
    Check(
        "Card {serial}: it has {rewards} rewards, but earned {rewards_earned} and handed out {rewards_redeemed}.",
        """SELECT c.serial, c.rewards, c.rewards_earned, c.rewards_redeemed FROM card c
        WHERE c.rewards <> c.rewards_earned - c.rewards_redeemed""",
    ),
    Check(
        "Card {serial}: it tells of {rewards_redeemed} rewards that were received, but {found} were.",
        # A card that was moved tells on as it ended; the one that it leads to tells of both.
        """SELECT c.serial, c.rewards_redeemed, COALESCE(n.found, 0) AS found FROM card c
            JOIN card_template t ON t.id = c.template_id LEFT JOIN (
            SELECT COALESCE(k.moved_to_id, k.id) AS card_id, COUNT(*) AS found FROM card_operation o JOIN card k ON k.id = o.card_id
                WHERE o.event IN (15, 16) AND NOT EXISTS (SELECT 1 FROM card_operation r WHERE r.reverses_id = o.id)
                GROUP BY COALESCE(k.moved_to_id, k.id)) n ON n.card_id = c.id
        WHERE t.kind IN (3, 7) AND c.moved_to_id IS NULL AND c.rewards_redeemed <> COALESCE(n.found, 0)""",
    ),
    Check(
        "Reward tier {id} counts {used} times, but was received {found} times.",
        """SELECT t.id, t.used, COALESCE(n.found, 0) AS found FROM reward_tier t LEFT JOIN (
            SELECT o.reward_tier_id, COUNT(*) AS found FROM card_operation o WHERE o.reward_tier_id IS NOT NULL
                AND NOT EXISTS (SELECT 1 FROM card_operation r WHERE r.reverses_id = o.id) GROUP BY o.reward_tier_id
            ) n ON n.reward_tier_id = t.id WHERE t.used <> COALESCE(n.found, 0)""",
    ),
    Check(
        "Partner {slug}: the list of cards tells {told}, but there are {found}.",
        """SELECT p.slug, COALESCE(l.told, 0) AS told, COALESCE(n.found, 0) AS found FROM partner p
        LEFT JOIN (SELECT partner_id, SUM(total) AS told FROM list_total WHERE kind = 'cards' AND within = 0 GROUP BY partner_id) l
            ON l.partner_id = p.id
        LEFT JOIN (SELECT partner_id, COUNT(*) AS found FROM card WHERE deleted_at IS NULL GROUP BY partner_id) n
            ON n.partner_id = p.id
        WHERE COALESCE(l.told, 0) <> COALESCE(n.found, 0)""",
    ),
    Check(
        "Partner {slug}: the list of operations tells {told}, but there are {found}.",
        """SELECT p.slug, COALESCE(l.told, 0) AS told, COALESCE(n.found, 0) AS found FROM partner p
        LEFT JOIN (SELECT partner_id, SUM(total) AS told FROM list_total WHERE kind = 'operations' AND within = 0 GROUP BY partner_id) l
            ON l.partner_id = p.id
        LEFT JOIN (SELECT partner_id, COUNT(*) AS found FROM card_operation GROUP BY partner_id) n ON n.partner_id = p.id
        WHERE COALESCE(l.told, 0) <> COALESCE(n.found, 0)""",
    ),
    *(
        Check(
            f"Template {{uuid}}: {{told}} {what} are told, but there are {{found}}.",
            f"""SELECT t.uuid, COALESCE(l.told, 0) AS told, COALESCE(n.found, 0) AS found FROM card_template t
            LEFT JOIN (SELECT within, SUM(total) AS told FROM list_total WHERE kind = '{kind}' GROUP BY within) l ON l.within = t.id
            LEFT JOIN (SELECT template_id, COUNT(*) AS found FROM {those} GROUP BY template_id) n ON n.template_id = t.id
            WHERE COALESCE(l.told, 0) <> COALESCE(n.found, 0)""",
        )
        for kind, what, those in (
            ("cards", "cards", "card WHERE deleted_at IS NULL"),
            ("installed", "installed cards", "card WHERE installed_at IS NOT NULL AND deleted_at IS NULL"),
            ("operations", "operations", "card_operation"),
        )
    ),
)
LOTS = (
    Check(
        "Card {serial}: its lots of {field} hold {remaining}, more than the {there} that are there.",
        """SELECT c.serial, l.field, l.remaining, CASE l.field WHEN 'bonus' THEN c.bonus ELSE c.balance END AS there
        FROM (SELECT card_id, field, SUM(remaining) AS remaining FROM card_lot GROUP BY card_id, field) l
        JOIN card c ON c.id = l.card_id
        WHERE l.field NOT IN ('bonus', 'balance') OR l.remaining > CASE l.field WHEN 'bonus' THEN c.bonus ELSE c.balance END""",
    ),
    Check(
        "Lot {id}: {remaining} of {amount} are left, but {used} were used.",
        """SELECT l.id, l.remaining, l.amount, COALESCE(u.used, 0) AS used FROM card_lot l
        LEFT JOIN (SELECT lot_id, SUM(amount) AS used FROM card_lot_use GROUP BY lot_id) u ON u.lot_id = l.id
        WHERE l.remaining <> l.amount - COALESCE(u.used, 0)""",
    ),
    Check(
        "Card {serial}: the next thing of it ends at {due_at}, not at {next}.",
        """SELECT c.serial, c.due_at, COALESCE(c.tier_next_at, l.next) AS next FROM card c
        LEFT JOIN (SELECT card_id, MIN(expires_at) AS next FROM card_lot WHERE remaining > 0 GROUP BY card_id) l
            ON l.card_id = c.id
        WHERE c.due_at IS DISTINCT FROM COALESCE(c.tier_next_at, l.next)""",
    ),
)
CUSTOMERS = (
    Check(
        "Customer {uuid} has a card and is told to have none, or the other way round.",
        """SELECT m.uuid FROM member m
        WHERE m.has_card <> EXISTS (SELECT 1 FROM card c WHERE c.member_id = m.id AND c.deleted_at IS NULL)""",
    ),
    Check(
        "Customer {uuid} is told to have been here later than anything says.",
        f"SELECT m.uuid FROM member m WHERE m.seen_at > COALESCE({SEEN}, m.created_at)",
    ),
)
REVERSALS = (
    Check(
        "Operation {id} undoes one that is an undoing itself, or another card's.",
        """SELECT r.id FROM card_operation r JOIN card_operation o ON o.id = r.reverses_id
        WHERE o.reverses_id IS NOT NULL OR r.card_id <> o.card_id OR r.event <> 17""",
    ),
    Check(
        "Operation {id} was undone, and taken back in part by its deal after that.",
        """SELECT o.id FROM card_operation o JOIN card_operation r ON r.reverses_id = o.id
        JOIN card_operation b ON b.takes_back_id = o.id WHERE b.id > r.id""",
    ),
)
TENANCY = (
    Check(
        "Card {serial}: its template or its customer is another partner's.",
        """SELECT c.serial FROM card c JOIN card_template t ON t.id = c.template_id JOIN member m ON m.id = c.member_id
        WHERE t.partner_id <> c.partner_id OR m.partner_id <> c.partner_id""",
    ),
    Check(
        "Operation {id}: its card, template, customer, location, reward or what it undoes is another partner's.",
        """SELECT o.id FROM card_operation o JOIN card c ON c.id = o.card_id JOIN member m ON m.id = o.member_id
            LEFT JOIN location l ON l.id = o.location_id LEFT JOIN reward_tier w ON w.id = o.reward_tier_id
            LEFT JOIN card_operation r ON r.id = COALESCE(o.reverses_id, o.takes_back_id)
        WHERE c.partner_id <> o.partner_id OR c.template_id <> o.template_id OR m.partner_id <> o.partner_id
            OR l.partner_id <> o.partner_id OR w.template_id <> o.template_id OR r.partner_id <> o.partner_id""",
    ),
    Check(
        "Card {serial} was brought by a card of another partner.",
        """SELECT c.serial FROM card c JOIN card r ON r.id = c.referred_by_id WHERE r.partner_id <> c.partner_id""",
    ),
)
ANSWERS = (
    Check(
        "Card {serial} is deleted, and keeps an answer that may be given once from all others.",
        """SELECT c.serial FROM card_field_value v JOIN card c ON c.id = v.card_id
        WHERE v.unique_value IS NOT NULL AND c.deleted_at IS NOT NULL""",
    ),
)
PROMISES = (*FOLD, *TOTALS, *LOTS, *CUSTOMERS, *REVERSALS, *TENANCY, *ANSWERS)
