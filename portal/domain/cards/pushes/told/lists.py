"""Pushes as they are listed."""

from typing import NamedTuple

from portal.database import Statement
from portal.domain.cards.pushes.pushes import KIND
from portal.domain.totals import totals


class ShownPush(NamedTuple):
    """A push with the number of its card, if it is of one; moments in microseconds."""

    id: int
    uuid: str
    template_id: int
    serial: str | None
    kind: str
    state: str
    message: str
    sent: int
    shown: int
    scheduled_at: int | None
    created_at: int


_SELECT = """SELECT p.id, p.uuid, p.template_id, c.serial, p.kind, p.state, p.message, p.sent, p.shown, p.scheduled_at, p.created_at
    FROM push p LEFT JOIN card c ON c.id = p.card_id"""
_PAGE = Statement(
    f"""{_SELECT} WHERE p.id IN (SELECT id FROM push WHERE partner_id = :partner ORDER BY id DESC LIMIT :most OFFSET :skipped)
    ORDER BY p.id DESC""",
    ShownPush,
)
_ONE = Statement(f"{_SELECT} WHERE p.id = :push", ShownPush)


def numbered(partner_id: int, skipped: int, most: int) -> tuple[list[ShownPush], int]:
    """A page of the partner's pushes, newest first, and how many there are in all."""
    return _PAGE.rows(partner=partner_id, skipped=skipped, most=most), totals.of(partner_id, KIND)


def one(push_id: int) -> ShownPush:
    """A push as it is shown."""
    return _ONE.rows(push=push_id)[0]
