"""What a list of customers is narrowed by, each by an index of its own."""

from dataclasses import dataclass
from typing import NamedTuple

from portal import clock
from portal.domain.cards.cards import serials
from portal.domain.cards.customers import seen
from portal.domain.cards.segments import rules
from portal.domain.lists.key_pages import Conditions
from portal.domain.members import words
from portal.domain.members.tables import Segment
from portal.domain.typed import beginnings

HAS_CARD, HAS_NONE = "some", "none"
_NOBODY = "m.id < 0"
_SEEN_KEY = "m.seen_at, m.id"


@dataclass(frozen=True, slots=True)
class Filter:
    """Words of the name, a phone, a mail address or a card's number; those with cards, of a template; not seen for days; those
    of a segment."""

    text: str = ""
    cards: str = ""
    template: int | None = None
    unseen_days: int | None = None
    segment: Segment | None = None


def where_of(partner_id: int, chosen: Filter) -> Conditions:
    """The conditions of the filter, on `member m`."""
    where = Conditions()
    where.add("m.partner_id = :partner AND m.erased_at IS NULL AND m.merged_into_id IS NULL", partner=partner_id)
    if chosen.text:
        _add_text(where, chosen.text)
    if chosen.cards:
        where.add(f"m.has_card = {'FALSE' if chosen.cards == HAS_NONE else 'TRUE'}")
    if chosen.template:
        where.add(rules.HAS_CARD.format("template", ""), template=chosen.template)
    if chosen.unseen_days:
        moment = clock.micros() - chosen.unseen_days * 86_400_000_000
        where.add(seen.since(":unseen"), unseen=moment)
    if chosen.segment:
        _add_segment(where, chosen.segment)
    return where


class Order(NamedTuple):
    """The way of an index through the customers that are chosen: what `member m` is joined to, and the key."""

    joined: str
    key: str
    given: dict[str, int]

    @property
    def is_by_seen(self) -> bool:
        """Whether the id alone does not say where in the order a customer stands."""
        return self.key == _SEEN_KEY

    @property
    def tail(self) -> str:
        """The end of a query of the first that are chosen."""
        return f"ORDER BY {', '.join(f'{column} DESC' for column in self.key.split(', '))} LIMIT :most"


def order_of(chosen: Filter) -> Order:
    """Those of a template in the order of its cards, those not seen for long the latest first, all others the newest first."""
    rule = (chosen.segment.rule if chosen.segment else None) or {}
    if chosen.unseen_days or rule.get("rule") == rules.UNSEEN:
        return Order("", _SEEN_KEY, {})
    if template := chosen.template or rule.get("template"):
        card = "JOIN card h ON h.member_id = m.id AND h.template_id = :listed AND h.deleted_at IS NULL"
        return Order(card, "h.member_id", {"listed": template})
    return Order("", "m.id", {})


def _add_segment(where: Conditions, segment: Segment) -> None:
    if segment.rule is None:
        return where.add(
            "m.id IN (SELECT i.member_id FROM segment_member i WHERE i.segment_id = :segment)", segment=segment.id
        )
    fits = rules.condition(segment.partner_id, segment.rule)
    where.add(fits.text, **fits.given)


def _add_text(where: Conditions, text: str) -> None:
    typed = words.typed(text)
    if not typed:
        return where.add(_NOBODY)
    where.add(
        f"m.id IN ({words.found(len(typed))} UNION {serials.found('member_id')})",
        **words.parameters(text),
        digits=beginnings.digits(text),
    )
