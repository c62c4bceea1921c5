"""The way of a new partner to its first card: which steps are done."""

from typing import NamedTuple

from portal.database import Statement


class Begun(NamedTuple):
    """Whether each step was taken, in their order."""

    template: bool
    customer: bool
    card: bool
    operation: bool


_BEGUN = Statement(
    """SELECT EXISTS (SELECT 1 FROM card_template WHERE partner_id = :partner) AS template,
    EXISTS (SELECT 1 FROM member WHERE partner_id = :partner) AS customer,
    EXISTS (SELECT 1 FROM card WHERE partner_id = :partner AND deleted_at IS NULL) AS card,
    EXISTS (SELECT 1 FROM card_operation WHERE partner_id = :partner) AS operation""",
    row=Begun,
)


def begun(partner_id: int) -> Begun:
    """How far the partner has come, in one query."""
    return _BEGUN.rows(partner=partner_id)[0]
