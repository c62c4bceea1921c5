"""What a list of customers is narrowed by, each by an index of its own."""

from bisect import bisect_left
from dataclasses import dataclass
from typing import NamedTuple

from portal.domain.cards.cards import serials
from portal.domain.cards.customers import seen
from portal.domain.cards.segments import rules
from portal.domain.cards.segments.rules import Condition
from portal.domain.identifiers import typed_uuid
from portal.domain.lists.key_pages import Conditions
from portal.domain.members import words
from portal.domain.members.tables import Segment
from portal.domain.typed import beginnings

HAS_CARD, HAS_NONE = "some", "none"
_NOBODY = "m.id < 0"
_SIZES = (0, 1, 2, 5, 20, words.FEW)  # of lists: each other size is another statement


@dataclass(frozen=True, slots=True)
class Filter:
    """Words of the name, a phone, a mail address, a card's number or the UUID; those with cards, of a template; not seen for days; those
    of a segment."""

    text: str = ""
    cards: str = ""
    template: int | None = None
    unseen_days: int | None = None
    segment: Segment | None = None


class Way(NamedTuple):
    """The way of an index through the customers that are chosen: what `member m` is joined to, the key, and the conditions."""

    joined: str
    key: str
    where: Conditions

    @property
    def is_by_seen(self) -> bool:
        """Whether the id alone does not say where in the order a customer stands."""
        return self.key == seen.KEY

    @property
    def tail(self) -> str:
        """The end of a query of the first that are chosen."""
        return f"ORDER BY {', '.join(f'{column} DESC' for column in self.key.split(', '))} LIMIT :most"


def way_of(partner_id: int, chosen: Filter) -> Way:
    """Through those not seen for long the latest first, through all others the newest first: those of a template or a segment in
    the order that its cards or its people stand in."""
    where, fits = Conditions(), _fits(chosen)
    where.add("m.partner_id = :partner AND m.erased_at IS NULL AND m.merged_into_id IS NULL", partner=partner_id)
    if chosen.text:
        _add_text(partner_id, where, chosen.text)
    if chosen.cards:
        where.add(f"m.has_card = {'FALSE' if chosen.cards == HAS_NONE else 'TRUE'}")
    walked = min((fit for fit in fits if fit.key), key=lambda fit: fit.key != seen.KEY, default=None)
    for fit in fits:
        where.add(f"m.id = {fit.key}" if fit is walked and fit.joined else fit.text, **fit.given)
    return Way(walked.joined, walked.key, where) if walked else Way("", "m.id", where)


def _fits(chosen: Filter) -> list[Condition]:
    fits: list[Condition] = []
    if chosen.template:
        fits.append(rules.has_card("template", chosen.template))
    if chosen.unseen_days:
        fits.append(rules.not_seen("unseen", chosen.unseen_days))
    if segment := chosen.segment:
        by_rule = segment.rule is not None
        fits.append(rules.condition(segment.partner_id, segment.rule) if by_rule else rules.put_into(segment.id))
    return fits


def _add_text(partner_id: int, where: Conditions, text: str) -> None:
    if uuid := typed_uuid(text):
        return where.add("m.uuid = :uuid", uuid=uuid)
    asked = words.asked(partner_id, text)
    if asked is None:
        return where.add(_NOBODY)
    digits = beginnings.digits(text)
    others = serials.found("member_id") if digits else ""
    few = asked.few(others, digits=digits)
    if few is None:
        where.add(asked.fitting("m.id", others), **asked.given, digits=digits)
    else:
        where.add("m.id IN :few", few=few + few[-1:] * (_SIZES[bisect_left(_SIZES, len(few))] - len(few)))
