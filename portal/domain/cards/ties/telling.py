"""What a deal did to cards, as its passport tells it: what was credited, taken back and owed, or why nothing was."""

import json
from datetime import datetime
from typing import NamedTuple

from portal.database import Statement
from portal.domain.cards.ties import giving, lists
from portal.domain.members import names
from portal.domain.sentences import Sentence, kept, say

_NAMES = {
    giving.CURRENCY: say("The template counts in the deal’s currency"),
    giving.NAMED: say("The order said who the customer is"),
    giving.KNOWN: say("The customer is known"),
    giving.HAS_CARD: say("The customer has a card"),
    giving.GIVEN: say("The card is credited"),
}


class Told(NamedTuple):
    """What a deal did by one template: a sentence for it, the card and the customer as (kind, id, name), what was done with its
    moments, or the steps that tell why nothing was."""

    about: Sentence
    things: list[tuple[str, str, str]]
    done: list[tuple[str, datetime]]
    steps: list[dict]


class _Tie(NamedTuple):
    template: str
    serial: str | None
    is_gone: bool
    member: str | None
    first_name: str | None
    surname: str | None
    operation_id: int | None
    steps: str
    is_canceled: bool


_TIES = Statement(
    """SELECT k.name AS template, c.serial, COALESCE(c.deleted_at IS NOT NULL AND c.moved_to_id IS NULL, FALSE) AS is_gone,
        m.uuid AS member, m.first_name, m.surname, t.operation_id, t.steps, d.status = 'Canceled' AS is_canceled
    FROM card_deal t JOIN deal d ON d.id = t.deal_id JOIN card_template k ON k.id = t.template_id
    LEFT JOIN card c ON c.id = t.card_id LEFT JOIN member m ON m.id = t.member_id
    WHERE t.deal_id = :deal ORDER BY t.operation_id IS NULL, t.id""",
    _Tie,
)


def of(deal_id: int) -> list[Told]:
    """What the deal, by its number, did by each template that named its catalog, what was booked first."""
    ties = _TIES.rows(deal=deal_id)
    booked = lists.booked(tie.operation_id for tie in ties if tie.operation_id)
    return [_told(tie, booked.get(tie.operation_id or 0, [])) for tie in ties]


def at_stake(deal_id: int) -> list[str]:
    """What is left of each credit of the deal, by its number, that its cancellation would take back."""
    ties = [tie for tie in _TIES.rows(deal=deal_id) if tie.operation_id and not tie.is_gone]
    booked = lists.booked(tie.operation_id or 0 for tie in ties) if ties else {}
    return [what for tie in ties if (what := _left(tie, booked.get(tie.operation_id or 0, [])))]


def _left(tie: _Tie, booked: list[lists.Booked]) -> str | None:
    left = sum(one.amount - one.owed for one in booked)
    if left <= 0:
        return None
    given, name = booked[0].said(left), names.full(tie.first_name, tie.surname)
    if not name:
        return say("{sum} on the card {serial}", sum=given, serial=tie.serial)
    return say("{sum} on the card {serial} of {name}", sum=given, serial=tie.serial, name=name)


def _told(tie: _Tie, booked: list[lists.Booked]) -> Told:
    if not booked:
        return Told(
            say("No card of “{template}”", template=tie.template), _things(tie), [], _steps(json.loads(tie.steps))
        )
    done = [(one.sentence, one.at) for one in booked]
    if tie.is_canceled and tie.is_gone and not booked[1:]:
        done.append((say("Nothing was taken back: the card is deleted"), booked[0].at))
    return Told(say("Card of “{template}”", template=tie.template), _things(tie), done, [])


def _things(tie: _Tie) -> list[tuple[str, str, str]]:
    name = names.full(tie.first_name, tie.surname)
    card = [("card", tie.serial, tie.serial)] if tie.serial else []
    return [*card, *([("member", tie.member, name)] if tie.member and name else [])]


def _steps(steps: list[dict]) -> list[dict]:
    return [
        {
            "name": _NAMES[step["check"]],
            "state": step["outcome"],
            "text": kept(step["detail"]),
            "fix": kept(step["fix"]),
        }
        for step in steps
    ]
