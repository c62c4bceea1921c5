"""Using coupons on a reservation: several all or none, each once, never more than its limits (contract: coupons, "Usage")."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import NamedTuple

from portal import clock
from portal.database import Statement, Together, transaction
from portal.domain.coupons.coupons.kinds import KINDS
from portal.domain.coupons.reservations.held import Held, locked
from portal.domain.coupons.uses import amounts, checking, facts
from portal.domain.coupons.uses.checking import Outcome
from portal.domain.coupons.uses.facts import Found, Place
from portal.domain.coupons.uses.live import Use
from portal.domain.coupons.uses.steps import Basket, Case
from portal.domain.errors import Forbidden, Invalid, Refused
from portal.domain.events import log
from portal.domain.sentences import joined, say
from portal.domain.steps import first_failed

MOST = 20
ENDED = say("This is not the secret of a reservation that is still held. Send its secret, or reserve again.")
_NONE = 2**62  # a limit that nothing reaches


class AskedUse(NamedTuple):
    """A code to use at an event; `amount` is the most to take off, in minor units, and `kind` what its type must be."""

    event_id: int
    code: str
    amount: int | None = None
    kind: int | None = None


class Unusable(Refused):
    """A coupon that cannot be used: its seller is told the step that decided, and what would mend it; `outcome` is all of the
    check."""

    def __init__(self, outcome: Outcome):
        found, failed = outcome.case.found, first_failed(outcome.steps) or {}
        super().__init__(
            joined([failed.get("detail", ""), failed.get("fix", "")]),
            field="coupons",
            steps=outcome.steps,
            about=(found.partner_id, "coupon", str(found.id)) if found else None,
            asked=_asked(outcome.case),
        )
        self.outcome = outcome


_LOCK_ASSIGNMENTS = Statement(
    """SELECT id FROM coupon_assignment WHERE id IN (SELECT o.assignment_id FROM coupon_offer o
        JOIN coupon c ON c.id = o.coupon_id WHERE c.partner_id = :partner AND c.code IN :codes) ORDER BY id""",
    lock="FOR UPDATE",
)
_ON_ASSIGNMENT = Statement(
    """UPDATE coupon_assignment SET uses = uses + 1
    WHERE id = :assignment AND ended_at IS NULL AND (uses < use_limit OR NOT is_shared) RETURNING id"""
)
_ON_OFFER = Statement("UPDATE coupon_offer SET uses = uses + 1 WHERE id = :offer AND uses < :limit RETURNING id")
_ON_COUPON = Statement(
    """UPDATE coupon SET uses = uses + 1, spent = spent + :amount
    WHERE id = :coupon AND ended_at IS NULL AND (spent + :amount <= budget OR budget IS NULL) RETURNING id"""
)
_INSERT = Statement(
    """INSERT INTO coupon_use (partner_id, coupon_id, offer_id, reservation_id, event_id, member_id, kind, amount, currency,
        tickets, opens, state, held_at)
    VALUES (:partner, :coupon, :offer, :reservation, :event, :member, :kind, :amount, :currency, :tickets, :opens, 'held', :now)
    RETURNING id"""
)
_USE = Together(_ON_ASSIGNMENT, _ON_OFFER, _ON_COUPON, _INSERT)
_COMMIT = Statement("UPDATE coupon_use SET state = 'committed', settled_at = :now WHERE id = :use")
_INSERT_LINE = Statement(
    "INSERT INTO coupon_use_line (use_id, line_id, tickets, amount) VALUES (:use, :line, :tickets, :amount) RETURNING id"
)
_OFF = Together(
    _INSERT_LINE,
    Statement("UPDATE reservation_line SET discount = discount + :amount WHERE id = :line RETURNING id"),
    Statement("UPDATE reservation SET discount = discount + :amount WHERE id = :reservation RETURNING id"),
)


def use(reservation_id: int, asked: Sequence[AskedUse]) -> list[Use]:
    """Use coupons on a reservation, those of a lower rank first; the uses in the order in which they were asked for. A coupon
    that is used on it already gives the use that was made.

    Raises Forbidden when the reservation has ended, NotFound when there is none, Invalid for what cannot be asked for, and
    Unusable for a coupon that cannot be used: then none is.
    """
    if not 1 <= len(asked) <= MOST:
        raise Invalid("coupons", say("Name 1 to {most} coupons.", most=MOST))
    with transaction():
        held = locked(reservation_id)
        if not held.is_open:
            raise Forbidden(ENDED)
        return hold(held, asked)


def hold(held: Held, asked: Sequence[AskedUse], only_valid: bool = False) -> list[Use]:
    """The same in a transaction that has locked the reservation; `only_valid` leaves out those that cannot be used."""
    codes = [checking.normal(each.code) for each in asked]
    found = lock(held.partner_id, set(codes))
    scopes, sold = facts.covered(held.event_id, held.listing_id, chain.from_iterable(found.values()))
    basket = checking.basket_of(held)
    made = {use.code: use for use in basket.uses}
    shared: Counter[int | None] = Counter()
    for code, one in sorted(zip(codes, asked, strict=True), key=lambda each: _rank(found, each[0])):
        rows = [_counted(row, shared[row.assignment_id]) for row in found.get(code, [])]
        _refuse_other_event(held, one)
        if code in made:
            _refuse_other_kind(one, rows)
            continue
        if len(made) > len(basket.uses):
            basket = checking.basket_of(_reduced(held, made.values()))
        outcome = checking.best(rows, scopes, _place(held), sold, clock.micros(), basket, one.amount)
        if outcome.is_valid:
            _refuse_other_kind(one, rows)
            made[code] = _write(basket, outcome.case)
            shared[outcome.case.row.assignment_id] += bool(outcome.case.row.is_shared)
        elif not only_valid:
            raise Unusable(outcome)
    return [made[code] for code in codes if code in made]


def lock(partner_id: int, codes: set[str]) -> dict[str, list[Found]]:
    """In a transaction: the coupons by their code, as they are while nobody else uses or changes them."""
    _LOCK_ASSIGNMENTS.values(partner=partner_id, codes=sorted(codes))
    return facts.found(partner_id, sorted(codes), locked=True)


def book(row: Found, currency: str, taken: int, member_id: int | None, about: dict) -> int:
    """In a transaction that has locked the coupon and checked it: a use without a reservation, committed at once; its id. `taken`
    are minor units; `about` is what the log says of it."""
    now = clock.micros()
    use_id = _count(
        row, amount=taken, currency=currency, reservation=None, event=None, member=member_id, tickets=0, opens="[]", now=now
    )  # fmt: skip
    _COMMIT.run(use=use_id, now=now)
    log.record(row.partner_id, "coupon.used", "coupon", row.id, about)
    return use_id


def _counted(row: Found, more: int) -> Found:
    """With the uses that others of this request made of the limit they share."""
    return row._replace(uses=row.uses + more) if more else row


def _place(held: Held) -> Place:
    return Place(held.event_id, held.partner_id, 0, held.currency, held.listing_id)


def _rank(found: dict[str, list[Found]], code: str) -> int:
    rows = found.get(code)
    return rows[0].rank if rows else 0


def _reduced(held: Held, uses: Iterable[Use]) -> Held:
    return held._replace(discount=sum(use.amount for use in uses))


def _refuse_other_event(held: Held, asked: AskedUse) -> None:
    if asked.event_id != held.event_id:
        raise Invalid("event_id", say("The reservation is for another event. Name its own."))


def _refuse_other_kind(asked: AskedUse, rows: list[Found]) -> None:
    """The type must be the coupon's. It is told of a coupon that can be used: others are hidden from whoever only tries codes."""
    if rows and asked.kind not in (None, rows[0].kind):
        word = KINDS[rows[0].kind].word
        raise Invalid(
            "coupon_type", say("This coupon is of the type {word}. Leave the type out, or send its.", word=word)
        )


def _write(basket: Basket, case: Case) -> Use:
    held = basket.held
    row, shares = case.row, case.shares
    taken, opened = amounts.together(shares), json.dumps(opens(case))
    use_id = _count(
        row, amount=taken, currency=held.currency, reservation=held.id, event=held.event_id, member=held.member_id,
        tickets=sum(share.tickets for share in shares), opens=opened, now=clock.micros(),
    )  # fmt: skip
    for share in shares:
        given = {"use": use_id, "line": share.line_id, "tickets": share.tickets, "amount": share.amount}
        if share.amount:
            _OFF.run(**given, reservation=held.id)
        else:
            _INSERT_LINE.value(**given)
    log.record(held.partner_id, "coupon.used", "coupon", row.id, {"reservation": held.id})
    return Use(
        use_id, row.id, row.offer_id, held.id, held.event_id, row.code, row.written, row.name, row.kind, taken,
        sum(share.tickets for share in shares), row.ticket_limit, row.is_alone, opened, "held",
    )  # fmt: skip


def _count(row: Found, **use) -> int:
    """The use, and on everything that has a limit; its id. What was read under the locks holds; a limit that it does not is
    refused here."""
    limit = _NONE if row.is_shared else row.use_limit
    *limits, use_id = _USE.run(
        partner=row.partner_id, assignment=row.assignment_id, offer=row.offer_id, coupon=row.id, kind=row.kind, limit=limit, **use
    )  # fmt: skip
    if use_id is None or None in limits:
        raise Refused(say("Somebody else used {code} at the same moment. Try again.", code=row.written))
    return use_id


def _asked(case: Case) -> dict | None:
    """What a check asks for again."""
    place, held = case.place, case.basket and case.basket.held
    return place and {"event": place.event_id, "listing": place.listing_id, "reservation": held and held.id}


def opens(case: Case) -> list[int]:
    """The price levels of the event that a use opens: those that the coupon is assigned to, where it opens any."""
    row, scope = case.row, case.scope
    if case.place is None or not (KINDS[row.kind].opens or row.opens):
        return []
    event_id = case.place.event_id
    named = {level for level, event in scope.levels.items() if event == event_id}
    return sorted(named or (level for level in case.sold.levels if scope.covers(event_id, level)))
