"""What a list of cards is narrowed by, on the way of an index."""

from dataclasses import dataclass
from unicodedata import decimal

from portal import clock
from portal.domain.cards.cards import serials
from portal.domain.lists.key_pages import Conditions
from portal.domain.members import words
from portal.domain.typed import beginnings
from portal.domain.typed.texts import plain

INSTALLED, NOT_INSTALLED, DELETED = "installed", "not_installed", "deleted"
EXPIRING, OWED = "expiring", "owed"
EXPIRES_SOON_DAYS = 30
_STATES = {
    "": "c.deleted_at IS NULL",
    INSTALLED: "c.deleted_at IS NULL AND c.installed_at IS NOT NULL",
    NOT_INSTALLED: "c.deleted_at IS NULL AND c.installed_at IS NULL",
    DELETED: "c.deleted_at IS NOT NULL",
}
_SHORTEST_NUMBER = 3


@dataclass(frozen=True, slots=True)
class Filter:
    """The beginning of a card's number in any notation, or words of who holds it; a template; a state; EXPIRING or OWED."""

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
    where.add("c.partner_id = :partner", partner=partner_id)
    where.add(_STATES[chosen.state])
    if chosen.template is not None:
        where.add("c.template_id = :template", template=chosen.template)
    if chosen.only == OWED:
        where.add("c.owed > 0")
    elif chosen.only == EXPIRING:
        now = clock.micros()
        soon = now + EXPIRES_SOON_DAYS * 86_400_000_000
        where.add("c.expires_at > :now AND c.expires_at <= :soon", now=now, soon=soon)
    if chosen.text:
        _add_text(where, chosen.text)
    return where


def _add_text(where: Conditions, text: str) -> None:
    ways = []
    if span := _numbers(text):
        ways.append("c.serial >= :first_serial AND c.serial <= :last_serial")
        where.given |= {"first_serial": span[0], "last_serial": span[1]}
    if typed := words.typed(text):
        ways.append(f"c.member_id IN ({words.found(len(typed))})")
        where.given |= beginnings.parameters(typed)
    where.ways = tuple(ways) or ("c.id < 0",)


def _numbers(text: str) -> tuple[str, str] | None:
    """The first and the last number of a card that begin so; None for what begins none."""
    digits = [decimal(letter, -1) for letter in plain(text) if letter not in serials.BETWEEN]
    if -1 in digits or not _SHORTEST_NUMBER <= len(digits) <= serials.DIGITS:
        return None
    begun = "".join(map(str, digits))
    return serials.written(begun.ljust(serials.DIGITS, "0")), serials.written(begun.ljust(serials.DIGITS, "9"))
