"""How the affiliate family's things are found: a merchant's, then a promoter's.

Names are looked for among the partner's own, which are a few hundred; of deals, which are many, whole ids and the
beginnings of the merchant's ids are found, by their indexes.
"""

from portal.database import Statement
from portal.domain.accounts.roles import MAY_EDIT
from portal.domain.affiliate.deals.standing import STANDING
from portal.domain.search.sources import ALL, MOST, MOST_COMPARED, Hit, Source, begun, either, named, read_once
from portal.domain.typed.patterns import ESCAPE

LANDING, DEAL, PROMOTER, CODE, PAYOUT = "landing", "deal", "promoter", "promo code", "payout"
GROUP, IMPORT = "promoter group", "import"
PROMOTION, OWN_CODE, OWN_LINK = "promotion", "own promo code", "own link"
OWN_DEAL, OWN_PAYOUT = "own deal", "own payout"
REFERENCE, OWN_REFERENCE = "payout reference", "own payout reference"

_DEAL = f"d.uuid AS key, d.deal_id AS name, d.offer_name || ' · ' || {STANDING} AS note, '' AS of"
_IS, _BEGINS = (f"SELECT '{DEAL}' AS kind, {rank} AS rank, {_DEAL}" for rank in (0, 1))


# The portal's ids are nobody's in particular, so that the next ones are looked through for those that are meant.
_NEAR_OURS = f"""SELECT id FROM (SELECT id, partner_id, uuid AS named FROM deal WHERE :uuid_begun <> '' AND uuid >= :uuid_begun
    ORDER BY uuid LIMIT 50) of_uuid WHERE named LIKE :uuid_begins {ESCAPE} AND named <> :uuid"""


def _near(column: str) -> str:
    return f"""SELECT id FROM (SELECT id, {column} AS named FROM deal
        WHERE partner_id = :partner AND {column} >= :key ORDER BY {column} LIMIT 50) of_{column}
        WHERE named LIKE :key_begins {ESCAPE} AND named <> :key"""


# One index each, and a plus keeps the others out.
_DEALS = either(
    lambda ids: f"{_IS} FROM deal d WHERE d.id IN ({ids}) ORDER BY name, key LIMIT {MOST}",
    ("key", "SELECT id FROM deal WHERE partner_id = :partner AND deal_id = :key"),
    ("key", "SELECT id FROM deal WHERE partner_id = :partner AND deal_id_key = :key"),
    ("uuid", "SELECT id FROM deal WHERE uuid = :uuid AND partner_id = :partner"),
    ("click", "SELECT b.id FROM click k JOIN deal b ON b.click_id = k.id WHERE k.key = :click AND +b.partner_id = :partner"),
    ("text", f"""SELECT id FROM (SELECT id FROM deal WHERE partner_id = :partner AND customer = :text
        ORDER BY conversion_time DESC LIMIT {MOST}) bought"""),
)  # fmt: skip
# The ids that begin with the text are the next ones to it, whatever else the order of texts is.
_DEALS_BEGUN = either(
    lambda ids: f"""SELECT * FROM ({_BEGINS} FROM deal d WHERE d.id IN ({ids})
        ORDER BY d.conversion_time DESC LIMIT {MOST}) beginning ORDER BY name, key""",
    ("key", _near("deal_id")), ("key", _near("deal_id_key")), ("uuid_begun", f"{_NEAR_OURS} AND partner_id = :partner"),
)  # fmt: skip
_OWN, _OWN_BEGINS = (
    f"""SELECT '{OWN_DEAL}' AS kind, {rank} AS rank, d.uuid AS key, d.offer_name AS name,
        c.title || ' · ' || {STANDING} AS note, '' AS of
    FROM deal d JOIN promotion m ON m.id = +d.promotion_id JOIN catalog c ON c.id = d.catalog_id"""
    for rank in (0, 1)
)
_OWN_DEALS = either(
    lambda ids: f"{_OWN} WHERE d.id IN ({ids}) AND +m.promoter_id = :partner ORDER BY key LIMIT {MOST}",
    ("uuid", "SELECT id FROM deal WHERE uuid = :uuid"),
    ("click", """SELECT b.id FROM click k JOIN deal b ON b.click_id = k.id AND b.promotion_id = k.promotion_id
        WHERE k.key = :click"""),
)  # fmt: skip
_OWN_DEALS_BEGUN = either(
    lambda ids: f"{_OWN_BEGINS} WHERE d.id IN ({ids}) AND +m.promoter_id = :partner ORDER BY key LIMIT {MOST}",
    ("uuid_begun", _NEAR_OURS),
)


def _payouts(kind: str, own: str, other: str) -> Source:
    paid = f"""SELECT '{kind}' AS kind, 0 AS rank, o.uuid AS key, CAST(o.number AS TEXT) AS name, p.name AS note, '' AS of
        FROM payout o JOIN partner p ON p.id = o.{other}_id"""
    return Source(
        kind,
        either(
            lambda found: f"{found} LIMIT {MOST}",
            ("number", f"{paid} WHERE o.{own}_id = :partner AND o.number = :number"),
            ("uuid", f"{paid} WHERE o.uuid = :uuid AND o.{own}_id = :partner"),
        ),
    )


def _references(kind: str, own: str, other: str) -> Source:
    """Payouts by what the bank calls their transfers."""
    return named(
        kind, "o.uuid AS key, o.reference AS name, p.name AS note, '' AS of",
        f"payout o JOIN partner p ON p.id = o.{other}_id WHERE o.{own}_id = :partner AND o.reference IS NOT NULL",
        {"o.reference": "text"}, ("o.reference",), "o.id",
    )  # fmt: skip


# Each once, of however many catalogs. Those whose words fit are put together, not all that there are.
_OF_CATALOG = "catalog c JOIN promotion m ON m.catalog_id = c.id JOIN partner p ON p.id = m.promoter_id WHERE c.partner_id = :partner"
_CATALOGS = """(SELECT CASE WHEN COUNT(*) = 1 THEN MAX(c.title) ELSE CAST(COUNT(*) AS VARCHAR(9)) || ' catalogs' END
    FROM promotion m JOIN catalog c ON c.id = m.catalog_id WHERE m.promoter_id = p.id AND c.partner_id = :partner)"""
_NAMES = ("p.name", "m.uid")
_EACH = "m.promoter_id, m.id"


def _promoters(rank: str, found: str, most: int = MOST) -> str:
    return f"""SELECT '{PROMOTER}' AS kind, f.rank, p.uuid AS key, p.name, {_CATALOGS} AS note, '' AS of
        FROM (SELECT promoter_id, MIN({rank}) AS rank, MAX(id) AS latest FROM {found}
            GROUP BY promoter_id ORDER BY rank, latest DESC LIMIT {most}) f
        JOIN partner p ON p.id = f.promoter_id ORDER BY f.rank, f.latest DESC"""


def _promoters_by_words(count: int) -> str:
    written, names, holding = read_once(_NAMES, ("c.title",), count)
    return _promoters(begun(names), f"(SELECT {_EACH}, {written} FROM {_OF_CATALOG} LIMIT {ALL}) every WHERE {holding}")


SEARCHES = (
    named(
        LANDING, "l.code AS key, COALESCE(l.title, l.url) AS name, l.url AS note, c.short_code AS of",
        "catalog c JOIN landing l ON l.catalog_id = c.id WHERE c.partner_id = :partner AND l.removed_at IS NULL",
        {"l.code": "code", "l.url": "text"}, ("l.title", "l.url"), "l.id", beside=("c.title",),
    ),
    Source(DEAL, _DEALS, lambda count, given: _DEALS_BEGUN(given)),
    Source(
        PROMOTER, either(lambda found: _promoters("0", found), ("code", f"(SELECT {_EACH} FROM {_OF_CATALOG} AND m.uid = :code) of_code")),
        lambda count, given: _promoters_by_words(count),
        latest=Statement(_promoters("2", f"(SELECT {_EACH} FROM {_OF_CATALOG}) of_all", MOST_COMPARED), row=Hit),
    ),
    named(
        CODE, "k.code AS key, k.written AS name, p.name AS note, p.uuid AS of",
        """promo_code k JOIN promotion m ON m.id = k.promotion_id JOIN partner p ON p.id = m.promoter_id
        WHERE k.merchant_id = :partner""",
        {"k.code": "key"}, ("k.written",), "k.id", beside=("p.name",),
    ),
    named(
        GROUP, "g.uuid AS key, g.name, '' AS note, '' AS of", "promoter_group g WHERE g.merchant_id = :partner",
        {"g.uuid": "uuid"}, ("g.name",), "g.id",
    ),
    named(
        IMPORT, "i.uuid AS key, i.file_name AS name, '' AS note, '' AS of", "deal_import i WHERE i.partner_id = :partner",
        {"i.uuid": "uuid"}, ("i.file_name",), "i.id", seen_by=MAY_EDIT,
    ),
    _payouts(PAYOUT, "merchant", "promoter"),
    named(
        PROMOTION, "m.uid AS key, c.title AS name, p.name AS note, '' AS of",
        """promotion m JOIN catalog c ON c.id = m.catalog_id JOIN partner p ON p.id = c.partner_id
        WHERE m.promoter_id = :partner""",
        {"m.uid": "code", "c.short_code": "code"}, ("c.title", "p.name", "m.uid"), "m.id",
    ),
    named(
        OWN_CODE, "k.code AS key, k.written AS name, c.title AS note, m.uid AS of",
        """promotion m JOIN promo_code k ON k.promotion_id = m.id JOIN catalog c ON c.id = m.catalog_id
        WHERE m.promoter_id = :partner""",
        {"k.code": "key"}, ("k.written",), "k.id", beside=("c.title",),
    ),
    named(
        OWN_LINK, "w.slug AS key, w.written AS name, c.title AS note, m.uid AS of",
        """promotion m JOIN own_link w ON w.promotion_id = m.id JOIN catalog c ON c.id = m.catalog_id
        WHERE m.promoter_id = :partner AND w.removed_at IS NULL""",
        {"w.slug": "slug"}, ("w.written",), "w.id", beside=("c.title",),
    ),
    Source(OWN_DEAL, _OWN_DEALS, lambda count, given: _OWN_DEALS_BEGUN(given)),
    _payouts(OWN_PAYOUT, "promoter", "merchant"),
)  # fmt: skip
SELDOM = (_references(REFERENCE, "merchant", "promoter"), _references(OWN_REFERENCE, "promoter", "merchant"))
