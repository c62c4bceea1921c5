"""Finding any thing of a partner's by an id, a code, a name or a mail address.

Each kind is asked for once. What unique indexes find comes first; names are looked for among the partner's own, which are
a few hundred; of deals, which are many, whole ids and the beginnings of the merchant's ids are found, by their indexes.
"""

from dataclasses import dataclass
from typing import NamedTuple

from portal.database import Statement
from portal.domain.accounts.roles import MAY_OWN
from portal.domain.affiliate.deals.filters import APPROVED
from portal.domain.identifiers import is_uuid, normal_code
from portal.domain.patterns import ESCAPE, containing, starting

SHORTEST, LONGEST = 2, 100
MOST = 6  # of a kind
_BIGGEST = 2**62
(
    CATALOG, OFFER, LANDING, DEAL, PROMOTER, CODE, PAYOUT, PROMOTION, OWN_CODE, OWN_DEAL, OWN_PAYOUT, PERSON, TOKEN,
) = (
    "catalog", "offer", "landing", "deal", "promoter", "promo code", "payout", "promotion", "own promo code",
    "own deal", "own payout", "person", "API token",
)  # fmt: skip


class Hit(NamedTuple):
    """A thing that was found: what its page is found by, its name, and what tells it from others of its name.

    `rank` is 0 when an id, code or mail address is the text itself, 1 when a name begins with it, 2 when one contains it.
    """

    kind: str
    rank: int
    key: str
    name: str
    note: str
    of: str = ""  # the key of the thing that it stands in, for those who have no page of its own


@dataclass(frozen=True)
class Source:
    """A kind of thing, the statement that finds it, and the names of the statement's parameters."""

    kind: str
    statement: Statement
    parameters: tuple[str, ...]


def _named(kind: str, columns: str, tables: str, ids: dict[str, str], names: tuple[str, ...], latest: str) -> Source:
    """Things by their ids (column by parameter) and by any part of their names."""
    is_it = " OR ".join(f"{column} = ?" for column in ids)
    begins, contains = (" OR ".join(f"LOWER({name}) LIKE ? {ESCAPE}" for name in names) for _ in range(2))
    text = f"""SELECT CASE WHEN {is_it} THEN 0 WHEN {begins} THEN 1 ELSE 2 END AS place, {columns} FROM {tables}
        AND ({is_it} OR {contains}) ORDER BY place, {latest} DESC LIMIT {MOST}"""
    asked = (*ids.values(), *["begins"] * len(names), "partner", *ids.values(), *["contains"] * len(names))
    return Source(kind, Statement(text), asked)


_STANDING = f"CASE WHEN d.status = 'Paid' AND d.approved_at IS NOT NULL THEN '{APPROVED}' ELSE d.status END"
_DEAL = f"d.uuid, d.deal_id, d.offer_name || ' · ' || {_STANDING}, ''"
# One index each; the ids that begin with the text are the next ones to it, whatever else the order of texts is.
_DEALS = Statement(
    f"""SELECT 0, {_DEAL} FROM deal d WHERE d.partner_id = ? AND d.deal_id = ?
    UNION SELECT 0, {_DEAL} FROM deal d WHERE d.uuid = ? AND d.partner_id = ?
    UNION SELECT 0, {_DEAL} FROM click k JOIN deal d ON d.click_id = k.id WHERE k.key = ? AND d.partner_id = ?
    UNION SELECT * FROM (SELECT 0, {_DEAL} FROM deal d WHERE d.partner_id = ? AND d.customer = ?
        ORDER BY d.conversion_time DESC LIMIT {MOST}) bought
    UNION SELECT * FROM (SELECT 1, {_DEAL} FROM deal d WHERE d.id IN (
        SELECT id FROM (SELECT id, deal_id FROM deal WHERE partner_id = ? AND deal_id >= ? ORDER BY deal_id LIMIT 50) near
        WHERE deal_id LIKE ? {ESCAPE} AND deal_id <> ? LIMIT {MOST})) beginning
    ORDER BY 1, 3, 2 LIMIT {MOST}"""
)
_OWN_DEAL = f"d.uuid, d.offer_name, c.title || ' · ' || {_STANDING}, ''"
_OWN_DEALS = Statement(
    f"""SELECT 0, {_OWN_DEAL} FROM deal d JOIN promotion m ON m.id = d.promotion_id JOIN catalog c ON c.id = d.catalog_id
        WHERE d.uuid = ? AND m.promoter_id = ?
    UNION SELECT 0, {_OWN_DEAL} FROM click k JOIN promotion m ON m.id = k.promotion_id
        JOIN deal d ON d.click_id = k.id AND d.promotion_id = m.id JOIN catalog c ON c.id = d.catalog_id
        WHERE k.key = ? AND m.promoter_id = ?
    ORDER BY 2 LIMIT {MOST}"""
)
_PAYOUT = "SELECT 0, o.uuid, CAST(o.number AS TEXT), p.name, '' FROM payout o JOIN partner p ON p.id = o.{other}_id"
_PAYOUTS = {
    own: Statement(
        f"""{_PAYOUT.format(other=other)} WHERE o.{own}_id = ? AND o.number = ?
        UNION {_PAYOUT.format(other=other)} WHERE o.uuid = ? AND o.{own}_id = ? LIMIT {MOST}"""
    )
    for own, other in (("merchant", "promoter"), ("promoter", "merchant"))
}
_PAID = ("partner", "number", "uuid", "partner")
SOURCES = (
    _named(
        CATALOG, "c.short_code, c.title, c.catalog_code, ''", "catalog c WHERE c.partner_id = ?",
        {"c.short_code": "code", "c.uuid": "uuid", "c.catalog_code": "text"}, ("c.title", "c.catalog_code"), "c.id",
    ),
    _named(
        OFFER, "o.uuid, o.name, c.title, c.short_code", "offer o JOIN catalog c ON c.id = o.catalog_id WHERE o.partner_id = ?",
        {"o.uuid": "uuid"}, ("o.name",), "o.id",
    ),
    _named(
        LANDING, "l.code, COALESCE(l.title, l.url), l.url, c.short_code",
        "catalog c JOIN landing l ON l.catalog_id = c.id WHERE c.partner_id = ? AND l.removed_at IS NULL",
        {"l.code": "code", "l.url": "text"}, ("l.title", "l.url"), "l.id",
    ),
    Source(
        DEAL, _DEALS,
        ("partner", "text", "uuid", "partner", "text", "partner", "partner", "text", "partner", "text", "exact_begins", "text"),
    ),
    _named(
        PROMOTER, "m.uid, p.name, c.title, ''",
        "catalog c JOIN promotion m ON m.catalog_id = c.id JOIN partner p ON p.id = m.promoter_id WHERE c.partner_id = ?",
        {"m.uid": "code"}, ("p.name",), "m.id",
    ),
    _named(
        CODE, "k.code, k.written, p.name, m.uid",
        """promo_code k JOIN promotion m ON m.id = k.promotion_id JOIN partner p ON p.id = m.promoter_id
        WHERE k.merchant_id = ?""",
        {"k.code": "upper"}, ("k.code",), "k.id",
    ),
    Source(PAYOUT, _PAYOUTS["merchant"], _PAID),
    _named(
        PROMOTION, "m.uid, c.title, p.name, ''",
        "promotion m JOIN catalog c ON c.id = m.catalog_id JOIN partner p ON p.id = c.partner_id WHERE m.promoter_id = ?",
        {"m.uid": "code", "c.short_code": "code"}, ("c.title", "p.name"), "m.id",
    ),
    _named(
        OWN_CODE, "k.code, k.written, c.title, m.uid",
        """promotion m JOIN promo_code k ON k.promotion_id = m.id JOIN catalog c ON c.id = m.catalog_id
        WHERE m.promoter_id = ?""",
        {"k.code": "upper"}, ("k.code",), "k.id",
    ),
    Source(OWN_DEAL, _OWN_DEALS, ("uuid", "partner", "text", "partner")),
    Source(OWN_PAYOUT, _PAYOUTS["promoter"], _PAID),
    _named(
        PERSON, "CAST(s.id AS TEXT), u.name, u.mail, ''", "membership s JOIN person u ON u.id = s.user_id WHERE s.partner_id = ?",
        {"u.mail": "lower"}, ("u.name", "u.mail"), "s.id",
    ),
    _named(
        TOKEN, "CAST(t.id AS TEXT), t.name, t.hint || '…', ''",
        "client_token t WHERE t.partner_id = ? AND t.revoked_at IS NULL",
        {"t.hint": "text"}, ("t.name", "t.hint"), "t.id",
    ),
)  # fmt: skip


def find(partner_id: int, role: str, text: str) -> list[Hit]:
    """What the text finds among the partner's things, best first; tokens for owners alone.

    Nothing below `SHORTEST` characters; what is over `LONGEST` is cut off.
    """
    text = text.strip()[:LONGEST]
    if len(text) < SHORTEST and not text.isdigit():
        return []
    values = _values(partner_id, text)
    hits = [
        Hit(source.kind, *row)
        for source in SOURCES
        if source.kind != TOKEN or role in MAY_OWN
        for row in source.statement.rows(*(values[name] for name in source.parameters))
    ]
    return sorted(hits, key=lambda hit: hit.rank)


def the_one(hits: list[Hit]) -> Hit | None:
    """The only thing whose id, code or mail address the text is; None when there is none, or more."""
    exact = [hit for hit in hits if hit.rank == 0]
    return exact[0] if len(exact) == 1 else None


def _values(partner_id: int, text: str) -> dict:
    """The parameters of all statements. What the text cannot be is a value that nothing has."""
    digits = text.removeprefix("#").strip()
    number = int(digits) if digits.isascii() and digits.isdigit() else 0
    return {
        "partner": partner_id,
        "text": text,
        "lower": text.lower(),
        "upper": text.upper(),
        "uuid": text.lower() if is_uuid(text) else "",
        "code": normal_code(text) or "",
        "number": number if number < _BIGGEST else 0,
        "begins": starting(text),
        "exact_begins": starting(text, lower=False),
        "contains": containing(text),
    }
