"""How many things of a kind a partner has, kept by those who add and remove them: counting a million takes too long."""

from portal.database import Statement

PARTS = 8
_ADD = Statement(
    """INSERT INTO list_total (partner_id, kind, part, total) VALUES (:partner, :kind, :part, :more)
    ON CONFLICT (partner_id, kind, part) DO UPDATE SET total = list_total.total + excluded.total"""
)
_TAKE = Statement(
    """UPDATE list_total SET total = total - :fewer WHERE partner_id = :partner AND kind = :kind AND part = :part"""
)
_OF = Statement(
    "SELECT CAST(COALESCE(SUM(total), 0) AS BIGINT) FROM list_total WHERE partner_id = :partner AND kind = :kind"
)


def add(partner_id: int, kind: str, thing_id: int, more: int = 1) -> None:
    """So many more of the kind, in the transaction that adds them; `thing_id` says in which part they are counted."""
    _ADD.run(partner=partner_id, kind=kind, part=thing_id % PARTS, more=more)


def take(partner_id: int, kind: str, thing_id: int, fewer: int = 1) -> None:
    """So many fewer, in the transaction that removes them; of the part that they were added to."""
    _TAKE.run(partner=partner_id, kind=kind, part=thing_id % PARTS, fewer=fewer)


def of(partner_id: int, kind: str) -> int:
    """How many there are."""
    return _OF.value(partner=partner_id, kind=kind)
