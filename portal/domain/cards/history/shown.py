"""Operations as they are shown: lists by page numbers, prebuilt."""

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from portal.database import Statement
from portal.domain.totals import totals

_COLUMNS = """o.id, o.partner_id, o.template_id, o.member_id, c.serial, c.device, t.kind, t.currency, o.event, o.field, o.amount,
    o.balance, o.purchase_sum, o.source, o.comment, o.manager_id, o.location_id, o.created_at"""
_JOINED = "card_operation o JOIN card c ON c.id = o.card_id JOIN card_template t ON t.id = o.template_id"
# By what narrows a list. Days alone are read by an index of their own; beside a card or a customer they pick from its few.
_CONDITIONS = {
    "card": "o.card_id = :card",
    "member": "o.member_id = :member",
    "template": "o.template_id = :template",
    "since": "o.created_at >= :since",
    "until": "o.created_at < :until",
}


class ShownOperation(NamedTuple):
    """An operation with its card's number and how its figures are counted; moments in microseconds."""

    id: int
    partner_id: int
    template_id: int
    member_id: int
    serial: str
    device: str | None
    kind: int
    currency: str
    event: int
    field: str
    amount: int
    balance: int
    purchase_sum: int | None
    source: str
    comment: str | None
    manager_id: int | None
    location_id: int | None
    created_at: int


def page(partner_id: int, most: int, skipped: int, by: Mapping[str, int]) -> tuple[list[ShownOperation], int]:
    """A page of the partner's operations, newest first, and how many there are; `by` card, member and template by their ids,
    since and until in microseconds."""
    narrowed = tuple(sorted(by))
    rows = _page(narrowed).rows(partner=partner_id, most=most, skipped=skipped, **by)
    return rows, _total(partner_id, narrowed, by)


def _total(partner_id: int, narrowed: tuple[str, ...], by: Mapping[str, int]) -> int:
    if narrowed in ((), ("template",)):
        return totals.of(partner_id, "operations", within=by.get("template", 0))
    return _count(narrowed).value(partner=partner_id, **by)


def _where(narrowed: tuple[str, ...]) -> str:
    return " AND ".join(["o.partner_id = :partner", *(_CONDITIONS[name] for name in narrowed)])


@cache
def _page(narrowed: tuple[str, ...]) -> Statement[ShownOperation]:
    by_day = "o.created_at DESC, " if narrowed == ("template",) or set(narrowed) & {"since", "until"} else ""
    return Statement(
        f"""SELECT {_COLUMNS} FROM {_JOINED} WHERE o.id IN (SELECT o.id FROM card_operation o WHERE {_where(narrowed)}
            ORDER BY {by_day}o.id DESC LIMIT :most OFFSET :skipped) ORDER BY {by_day}o.id DESC""",
        row=ShownOperation,
    )


@cache
def _count(narrowed: tuple[str, ...]) -> Statement:
    return Statement(f"SELECT COUNT(*) FROM card_operation o WHERE {_where(narrowed)}")


for _by in ((), ("card",), ("member",), ("template",), ("since", "until"), ("card", "since", "until")):
    _page(tuple(sorted(_by)))
    _count(tuple(sorted(_by)))
