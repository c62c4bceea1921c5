"""Pushes as people look through them: a partner's, who got one, and what a card and its holder got."""

from datetime import datetime
from typing import NamedTuple

from peewee import SQL

from portal import clock
from portal.domain.cards.pushes import waits, words
from portal.domain.cards.pushes.tables import Push
from portal.domain.events.tables import Event
from portal.domain.lists import key_pages
from portal.domain.lists.key_pages import Conditions, KeyPage
from portal.domain.members import names
from portal.domain.typed import words as typed

MOST_COUNTED = 1000  # A list says "over a thousand" instead of counting millions.
_KINDS = {
    words.MANUAL: "p.kind = 'manual' AND NOT p.is_trial",
    words.AUTO: "p.kind = 'auto'",
    words.TRIAL: "p.is_trial",
}
_FEW = f"LIMIT {MOST_COUNTED + 1}"


class Filter(NamedTuple):
    """What of the pushes is asked for; what is empty narrows nothing. `kind` and `state` are words of `words`; manual ones are those
    that are no trials."""

    kind: str = ""
    state: str = ""
    template_id: int | None = None


class Line(NamedTuple):
    """A push of the list; moments in microseconds."""

    id: int
    uuid: str
    message: str
    kind: str
    state: str
    audience: str
    template: str
    segment: str | None
    serial: str | None
    unseen_days: int | None
    recipients: int
    sent: int
    shown: int
    failed: int
    cancelled: int
    is_trial: bool
    scheduled_at: int | None
    created_at: int

    @property
    def scheduled(self) -> datetime | None:
        """When it is to be sent; None is at once."""
        return None if self.scheduled_at is None else clock.from_micros(self.scheduled_at)

    @property
    def created(self) -> datetime:
        """When it was written."""
        return clock.from_micros(self.created_at)


class Recipient(NamedTuple):
    """A card that a push goes to, and how far that is; moments in microseconds. The first is the card's, by which they are ordered."""

    card_id: int
    serial: str
    first_name: str
    surname: str | None
    state: str
    reason: str | None
    settled_at: int | None
    shown_at: int | None
    push: str
    message: str

    @property
    def holder(self) -> str:
        """Whose card it is."""
        return names.full(self.first_name, self.surname)

    @property
    def is_in_inbox(self) -> bool:
        """Whether its holder finds it there."""
        return self.state in (words.SENT, words.FAILED)

    @property
    def settled(self) -> datetime | None:
        """Since when it is so."""
        return None if self.settled_at is None else clock.from_micros(self.settled_at)

    @property
    def seen(self) -> datetime | None:
        """When a browser showed it, or the inbox was opened."""
        return None if self.shown_at is None else clock.from_micros(self.shown_at)


_SELECT = """SELECT p.id, p.uuid, p.message, p.kind, p.state, p.audience, t.name AS template, s.name AS segment, c.serial, p.unseen_days,
    p.recipients, p.sent, p.shown, p.failed, p.cancelled, p.is_trial, p.scheduled_at, p.created_at
    FROM push p JOIN card_template t ON t.id = p.template_id LEFT JOIN segment s ON s.id = p.segment_id LEFT JOIN card c ON c.id = p.card_id"""
_RECIPIENTS = """SELECT {first}, c.serial, m.first_name, m.surname, r.state, r.reason, r.settled_at, r.shown_at, p.uuid AS push, p.message
    FROM push_recipient r JOIN push p ON p.id = r.push_id JOIN card c ON c.id = r.card_id JOIN member m ON m.id = c.member_id"""
_OF_PUSH, _OF_CARDS = (_RECIPIENTS.format(first=f"{column} AS card_id") for column in ("r.card_id", "r.id"))


def page(partner_id: int, asked: Filter, before: int | None = None, after: int | None = None) -> KeyPage:
    """Fifty of the partner's pushes, each a Line, newest first."""
    return key_pages.read(_SELECT, "p.id", _where(partner_id, asked), Line, before, after)


def count(partner_id: int, asked: Filter) -> int:
    """How many there are, up to one over `MOST_COUNTED`."""
    where = _where(partner_id, asked)
    return len(where.every("SELECT 1 AS found FROM push p", _FEW).rows(**where.given))


def one(push: Push) -> Line:
    """A push as the list has it."""
    where = Conditions()
    where.add("p.id = :push", push=push.id)
    return where.every(_SELECT, "", Line).rows(**where.given)[0]


def recipients(
    push: Push, state: str = "", text: str = "", before: int | None = None, after: int | None = None
) -> KeyPage:
    """Fifty of those who get it, each a Recipient, newest card first; the words of a text are looked for in numbers and names."""
    where = Conditions()
    where.add("r.push_id = :push", push=push.id)
    if state:
        where.add("r.state = :state", state=state)
    if text:
        named, given = typed.condition(text, ("c.serial", "m.first_name", "m.surname"))
        where.add(named, **given)
    return key_pages.read(_OF_PUSH, "r.card_id", where, Recipient, before, after)


def of_card(card_id: int, before: int | None = None, after: int | None = None) -> KeyPage:
    """Fifty pushes to a card, each a Recipient, newest first."""
    where = Conditions()
    where.add("r.card_id = :card AND p.message <> ''", card=card_id)
    return key_pages.read(_OF_CARDS, "r.id", where, Recipient, before, after)


def of_member(member_id: int, before: int | None = None, after: int | None = None) -> KeyPage:
    """The same of every card of a customer's."""
    where = Conditions()
    where.add("r.card_id IN (SELECT id FROM card WHERE member_id = :member) AND p.message <> ''", member=member_id)
    return key_pages.read(_OF_CARDS, "r.id", where, Recipient, before, after)


def failed(partner_id: int, most: int) -> list[Push]:
    """Pushes that nobody got, which nobody noted so far, newest first."""
    its = Push.select().where(Push.partner == partner_id, SQL(waits.IS_FAILED))
    return list(its.order_by(Push.id.desc()).limit(most))


def why_failed(push: Push) -> str | None:
    """Why it never began, as it was said then."""
    its = (Event.partner == push.partner_id, Event.thing == "push", Event.thing_id == push.uuid)
    event = Event.select().where(*its, Event.type == "push.failed").order_by(Event.id.desc()).first()
    return event and event.data.get("why")


def waits_for_a_worker(push: Push) -> bool:
    """Whether it is due and nobody has come for it for half a minute: no worker runs."""
    return push.due_at is not None and clock.to_micros(push.due_at) < clock.wall_micros() - 30_000_000


def _where(partner_id: int, asked: Filter) -> Conditions:
    where = Conditions()
    where.add("p.partner_id = :partner", partner=partner_id)
    # Literals, for small indexes are of some of them: SQLite would read a statement with parameters anew each time.
    if asked.kind in _KINDS:
        where.add(_KINDS[asked.kind])
    if asked.state in words.STATES:
        where.add(f"p.state = '{asked.state}'")
    if asked.template_id is not None:
        where.add("p.template_id = :template", template=asked.template_id)
    return where
