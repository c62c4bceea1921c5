"""How coupons are found: by their code, whole or begun, and by words of the names of the latest."""

from portal.domain.search.sources import MOST, Given, Source
from portal.domain.typed import words
from portal.domain.typed.patterns import ESCAPE

COUPON = "coupon"
_NAMED = 1000  # Batches have a hundred thousand of one name.


def _query(rank: str, which: str) -> str:
    return f"""SELECT '{COUPON}' AS kind, {rank} AS rank, CAST(c.id AS VARCHAR(20)) AS key, c.written AS name, c.name AS note,
        '' AS of FROM {which} ORDER BY rank, c.id DESC LIMIT {MOST}"""


def _found(count: int, given: Given) -> str:
    """By an index alone as far as codes go: what is begun stands between a text and what follows all that begins with it."""
    begun = f"""SELECT id FROM (SELECT id, code FROM coupon WHERE partner_id = :partner AND code >= :key
        ORDER BY partner_id, code LIMIT {MOST}) b WHERE b.code LIKE :key_begins {ESCAPE}"""
    named = f"""SELECT id FROM (SELECT id, {words.compared(("name",))[0]} AS named FROM coupon WHERE partner_id = :partner ORDER BY id DESC
        LIMIT {_NAMED}) n WHERE {words.held_in(("n.named",), (), count)}"""
    begins = f"CASE WHEN c.code LIKE :key_begins {ESCAPE} THEN 1 ELSE 2 END"
    return _query(begins, f"coupon c WHERE c.id IN ({begun} UNION {named})")


SEARCHES = (
    Source(COUPON, lambda given: _query("0", "coupon c WHERE c.partner_id = :partner AND c.code = :key"), _found),
)
