"""Who gets a push: cards of its template that are installed when it begins, and are not deleted, narrowed as it says."""

from functools import cache
from typing import NamedTuple

from portal import clock
from portal.database import Statement
from portal.domain.cards.pushes import pieces, words
from portal.domain.cards.pushes.tables import Push
from portal.domain.cards.segments import rules
from portal.domain.cards.segments.rules import Condition

_SELECT = """SELECT {what} FROM card c JOIN member m ON m.id = c.member_id
    WHERE {cards} AND m.erased_at IS NULL AND {fits}"""
_REACHED = """COUNT(*) AS cards, COUNT(c.muted_at) AS muted, COUNT(CASE WHEN c.muted_at IS NULL AND EXISTS (
    SELECT 1 FROM push_subscription s WHERE s.member_id = c.member_id) THEN 1 END) AS browsers"""
_FIX = """INSERT INTO push_recipient (push_id, partner_id, card_id, state, due_at, attempts) {cards}
    AND c.installed_at <= :began AND c.id > :after AND c.id <= :last ON CONFLICT (push_id, card_id) DO NOTHING"""
_RECIPIENT = "CAST(:push AS BIGINT), c.partner_id, c.id, 'queued', CAST(:now AS BIGINT), 0"


class Reach(NamedTuple):
    """How many cards a push would go to now: of them those whose holders want none, and those that a browser shows it to."""

    cards: int
    muted: int
    browsers: int


def condition(push: Push) -> Condition:
    """What narrows the cards `c` of its template, and their holders `m`."""
    if push.audience == words.CARD:
        return Condition("c.id = :card", {"card": push.card_id})
    if push.audience == words.UNSEEN:
        return rules.condition(push.partner_id, {"rule": rules.UNSEEN, "number": push.unseen_days, "template": None})
    if push.audience == words.TEMPLATE:
        return Condition("m.id > 0", {})
    if push.segment is None:  # It was removed meanwhile.
        return Condition("m.id < 0", {})
    if push.segment.rule is not None:
        return rules.condition(push.partner_id, push.segment.rule)
    return rules.put_into(push.segment.id)


def last_looked_at(push: Push) -> int | None:
    """Up to which card the next piece goes; None when there is no further one."""
    if push.audience == words.CARD:
        return push.card_id if push.fixed_to < push.card_id else None
    return pieces.last(push.template_id, push.partner_id, push.fixed_to or 0)


def fix(push: Push, last: int, now: int) -> int:
    """Those up to the card `last` are its recipients from now on; how many. A moment in microseconds of the wall's clock."""
    fits = condition(push)
    return _fixing(fits.text).run(
        push=push.id, partner=push.partner_id, template=push.template_id, began=clock.to_micros(push.began_at), after=push.fixed_to, last=last,
        now=now, **fits.given,
    )  # fmt: skip


def count(push: Push) -> int:
    """How many cards it would reach now."""
    fits = condition(push)
    return _counting(fits.text).value(partner=push.partner_id, template=push.template_id, **fits.given)


def reach(push: Push) -> Reach:
    """Whom it would reach now. What is asked of is no push yet, or one that waits."""
    fits = condition(push)
    return _reaching(fits.text).rows(partner=push.partner_id, template=push.template_id, **fits.given)[0]


@cache
def _fixing(fits: str) -> Statement:
    return Statement(_FIX.format(cards=_SELECT.format(what=_RECIPIENT, cards=pieces.INSTALLED, fits=fits)))


@cache
def _counting(fits: str) -> Statement:
    return Statement(_SELECT.format(what="COUNT(*)", cards=pieces.INSTALLED, fits=fits))


@cache
def _reaching(fits: str) -> Statement[Reach]:
    return Statement(_SELECT.format(what=_REACHED, cards=pieces.INSTALLED, fits=fits), Reach)
