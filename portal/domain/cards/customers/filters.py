"""What a list of customers is narrowed by, each by an index of its own."""

from dataclasses import dataclass

from portal import clock
from portal.domain.cards.cards import serials
from portal.domain.cards.customers.seen import SEEN
from portal.domain.cards.segments import rules
from portal.domain.lists.key_pages import Conditions
from portal.domain.members import words
from portal.domain.members.tables import Segment
from portal.domain.typed import beginnings

HAS_CARD, HAS_NONE = "some", "none"
_NOBODY = "m.id < 0"
_CARDS = "SELECT 1 FROM card c WHERE c.member_id = m.id AND c.deleted_at IS NULL"


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
        where.add(f"{'NOT ' if chosen.cards == HAS_NONE else ''}EXISTS ({_CARDS})")
    if chosen.template:
        of_template = "SELECT c.member_id FROM card c WHERE c.template_id = :template AND c.deleted_at IS NULL"
        where.add(f"m.id IN ({of_template})", template=chosen.template)
    if chosen.unseen_days:
        moment = clock.micros() - chosen.unseen_days * 86_400_000_000
        where.add(f"COALESCE({SEEN}, m.created_at) < :unseen", unseen=moment)
    if chosen.segment:
        _add_segment(where, chosen.segment)
    return where


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
