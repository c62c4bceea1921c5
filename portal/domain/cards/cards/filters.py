"""What a list of cards is narrowed by, on the way of an index."""

from dataclasses import dataclass

from portal import clock
from portal.domain.cards.cards import serials
from portal.domain.identifiers import typed_uuid
from portal.domain.lists.key_pages import Conditions
from portal.domain.members import words
from portal.domain.typed import beginnings

INSTALLED, NOT_INSTALLED, DELETED = "installed", "not_installed", "deleted"
EXPIRING, OWED = "expiring", "owed"
EXPIRES_SOON_DAYS = 30
_STATES = {
    "": "c.deleted_at IS NULL",
    INSTALLED: "c.deleted_at IS NULL AND c.installed_at IS NOT NULL",
    NOT_INSTALLED: "c.deleted_at IS NULL AND c.installed_at IS NULL",
    DELETED: "c.deleted_at IS NOT NULL",
}
_NUMBERED = tuple(f"c.id IN ({serials.found(column)})" for column in ("id", "moved_to_id"))


@dataclass(frozen=True, slots=True)
class Filter:
    """The beginning or end of a card's number, or of one that was moved to it, in any notation, or words or the UUID of who holds it; a template; a state; EXPIRING or OWED."""

    text: str = ""
    template: int | None = None
    state: str = ""
    only: str = ""

    @property
    def is_open(self) -> bool:
        """Whether nothing is left out but what is deleted."""
        return self == Filter()


def where_of(partner_id: int, chosen: Filter) -> Conditions:
    """The conditions of the filter, on `card c`."""
    where = Conditions(table="card c", whose="c.partner_id = :partner")
    # The plus keeps the index of all the partner's cards out, or of the template's: few are found by a text, and few owe.
    asked = words.asked(partner_id, chosen.text)
    are_few = bool(chosen.text) and not (asked and asked.are_many)
    where.add(f"{'+' if are_few else ''}c.partner_id = :partner", partner=partner_id)
    where.add(_STATES[chosen.state])
    if chosen.template is not None:
        where.add(f"{'+' if are_few or chosen.only else ''}c.template_id = :template", template=chosen.template)
    if chosen.only == OWED:
        where.add("c.owed > 0")
    elif chosen.only == EXPIRING:
        now = clock.micros()
        soon = now + EXPIRES_SOON_DAYS * 86_400_000_000
        where.add("c.expires_at > :now AND c.expires_at <= :soon", now=now, soon=soon)
    if chosen.text:
        _add_text(where, chosen.text, asked)
    return where


def _add_text(where: Conditions, text: str, asked: words.Asked | None) -> None:
    ways: list[str] = []
    if uuid := typed_uuid(text):
        ways.append("c.member_id IN (SELECT m.id FROM member m WHERE m.uuid = :uuid)")
        where.given["uuid"] = uuid
    if digits := beginnings.digits(text):
        ways += _NUMBERED
        where.given["digits"] = digits
    if asked:
        ways.append(asked.fitting("c.member_id"))
        where.given |= asked.given
    where.ways = tuple(ways) or ("c.id < 0",)
