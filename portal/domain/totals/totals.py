"""How many things of a kind a partner has, kept by those who add and remove them: counting a million takes too long."""

from portal.database import Statement

PARTS = 8
_ADD = "INSERT INTO list_total (partner_id, kind, within, part, total) VALUES (:partner, :kind, 0, :part, :more)"
_SUM = "ON CONFLICT (partner_id, kind, within, part) DO UPDATE SET total = list_total.total + excluded.total"
_IN_ALL = Statement(f"{_ADD} {_SUM}")
# In this order: who counts within several things holds the part of all before, so that nobody waits for each other.
_WITHIN = Statement(f"{_ADD}, (:partner, :kind, :within, :part, :more) {_SUM}")
_TAKE = Statement(
    """UPDATE list_total SET total = total - :fewer
    WHERE partner_id = :partner AND kind = :kind AND within IN :within AND part = :part"""
)
_OF = Statement(
    """SELECT CAST(COALESCE(SUM(total), 0) AS BIGINT) FROM list_total
    WHERE partner_id = :partner AND kind = :kind AND within = :within"""
)


def add(partner_id: int, kind: str, thing_id: int, more: int = 1, *, within: int = 0) -> None:
    """So many more of the kind, in the transaction that adds them; `thing_id` says in which part they are counted, `within` the
    id of what is counted by itself as well."""
    given = {"partner": partner_id, "kind": kind, "part": thing_id % PARTS, "more": more}
    if within:
        _WITHIN.run(**given, within=within)
    else:
        _IN_ALL.run(**given)


def take(partner_id: int, kind: str, thing_id: int, fewer: int = 1, *, within: int = 0) -> None:
    """So many fewer, in the transaction that removes them; of the part that they were added to."""
    _TAKE.run(partner=partner_id, kind=kind, part=thing_id % PARTS, fewer=fewer, within=sorted({0, within}))


def of(partner_id: int, kind: str, *, within: int = 0) -> int:
    """How many there are, in all or within one thing."""
    return _OF.value(partner=partner_id, kind=kind, within=within)
