"""Rules of earning of a template: what a purchase must be, how much and how often (contract: cards, issue "Rules of earning").

They hold for whatever adds to a card, whoever asks. What was paid with points: `purchaseSum` is then what was paid in money, and
nothing above it earns where the template says so.
"""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from portal import clock
from portal.database import Statement
from portal.domain.cards import codes
from portal.domain.cards.operations import events, words
from portal.domain.cards.operations.effects import Effect
from portal.domain.cards.operations.refusals import EARNED, refused
from portal.domain.cards.operations.rows import Held
from portal.domain.cards.operations.verbs import SUM, Verb
from portal.domain.errors import Refused
from portal.domain.sentences import counted, say

ZONE = Statement("SELECT time_zone FROM partner WHERE id = :partner")
# From the last one of another day on, which is found from the newest back: a card may have thousands. What the system books has
# moments of its own.
_EARNED = Statement(
    """SELECT COUNT(*) FROM card_operation o WHERE o.card_id = :card AND o.id > COALESCE((
            SELECT b.id FROM card_operation b WHERE b.card_id = :card AND b.created_at < :since AND b.source <> 'system'
            ORDER BY b.id DESC LIMIT 1), 0)
    AND o.created_at >= :since AND o.event IN :events AND o.source <> 'system' AND NOT EXISTS (SELECT 1 FROM card_operation r WHERE r.reverses_id = o.id)"""
)


def basis(held: Held, verb: Verb, amount: int, paid: int | None) -> int:
    """How much of the amount earns; `paid` is the sum of the purchase, if it was told. Raises Refused."""
    earns = amount
    if not held.earns_on_points and paid is not None:
        earns = min(amount, paid) if verb.unit == SUM else amount if paid else 0
        if not earns:
            raise _not_earned(
                held,
                say("What was paid with points earns nothing."),
                say("Send the part that was paid in money as the purchase’s sum."),
            )
    purchase = earns if verb.unit == SUM else paid
    if held.least_purchase is not None and purchase is not None and purchase < held.least_purchase:
        raise _too_small(held)
    return earns


def refuse_small(held: Held, purchase: int) -> None:
    """A purchase below the least one earns nothing. Raises Refused."""
    if held.least_purchase is not None and purchase < held.least_purchase:
        raise _too_small(held)


def refuse_much(held: Held, effect: Effect) -> None:
    """More at once, or more often on a day of the partner's, than the template gives. Raises Refused."""
    given = effect.amount - effect.deltas.get("owed", 0)
    if held.most_at_once is not None and effect.field == held.main and given > held.most_at_once:
        most, would = (_said(held, number) for number in (held.most_at_once, given))
        raise _not_earned(
            held,
            say("At most {most} are earned at once; this would be {would}.", most=most, would=would),
            say("Add less at once."),
        )
    if held.most_a_day is not None and _earned_today(held) >= held.most_a_day:
        often = counted(
            held.most_a_day,
            "A card earns once a day, and this one has today.",
            "A card earns {number} times a day, and this one has today.",
        )
        raise _not_earned(held, often, say("Come again tomorrow, or undo what was booked by mistake."))


def _earned_today(held: Held) -> int:
    zone = ZoneInfo(ZONE.value(partner=held.partner_id))
    today = datetime.combine(clock.now().astimezone(zone).date(), time.min, zone)
    return _EARNED.value(card=held.id, since=clock.to_micros(today), events=events.EARNING)


def _too_small(held: Held) -> Refused:
    least = words.said(held.kind, held.mechanics, held.currency, "spent", held.least_purchase or 0)
    sentence = say("A purchase below {least} earns nothing.", least=least)
    return _not_earned(held, sentence, say("Book it once the purchase is large enough."))


def _not_earned(held: Held, sentence: str, fix: str) -> Refused:
    return refused(held, EARNED, sentence, fix, codes.NOT_EARNED)


def _said(held: Held, number: int) -> str:
    return words.said(held.kind, held.mechanics, held.currency, held.main, number)
