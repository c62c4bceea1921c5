"""Reserving tickets: they are held for fifteen minutes, as many as there are and no more (contract: coupons)."""

from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import NamedTuple

from portal import clock
from portal.database import Statement, database, transaction
from portal.domain.coupons.reservations import capacity, settling
from portal.domain.coupons.reservations.held import Held, lines, locked
from portal.domain.coupons.uses import auto
from portal.domain.coupons.uses.live import Use
from portal.domain.errors import Invalid, NotFound
from portal.domain.events import log
from portal.domain.identifiers import digest, random_base62
from portal.domain.members import holding
from portal.domain.members.tables import Member
from portal.domain.sentences import say

LASTS = timedelta(minutes=15)
MOST_LINES, MOST_TICKETS = 50, 1000
_SECRET_LENGTH = 32


class Wanted(NamedTuple):
    """So many tickets of a price level, or so many bundles."""

    price_level_id: int | None
    quantity: int
    bundle_id: int | None = None


class Made(NamedTuple):
    """A new reservation, with the uses of coupons that applied by themselves. Its secret uses coupons, buys it and lets it go;
    its token only checks coupons. Both are told once."""

    reservation: Held
    secret: str
    token: str
    uses: list[Use]


class _Sold(NamedTuple):
    event_id: int
    currency: str
    level_id: int
    price: int


class _SoldBundle(NamedTuple):
    id: int
    price: int
    level_id: int


class _Priced(NamedTuple):
    price: int
    wanted: Wanted


_SOLD = Statement(
    """SELECT e.id AS event_id, e.currency, p.id AS level_id, p.price FROM listing l JOIN ticketed_event e ON e.id = l.event_id
    JOIN listing_level s ON s.listing_id = l.id JOIN price_level p ON p.id = s.price_level_id
    WHERE l.id = :listing AND l.partner_id = :partner""",
    _Sold,
    lock="FOR KEY SHARE OF e, l",  # Both stay as they were read: whoever changes or removes them looks for reservations first.
)
_BUNDLES = Statement(
    """SELECT b.id, b.price, v.price_level_id AS level_id FROM bundle b JOIN bundle_level v ON v.bundle_id = b.id
    WHERE b.id IN :bundles AND b.event_id = :event""",
    _SoldBundle,
)
_INSERT = Statement(
    """INSERT INTO reservation (partner_id, listing_id, event_id, member_id, secret_digest, token_digest, currency, tickets,
        face, discount, state, expires_at, created_at)
    VALUES (:partner, :listing, :event, :member, :secret, :token, :currency, :tickets, :face, 0, 'held', :expires, :now)
    RETURNING id"""
)
_INSERT_LINE = Statement(
    """INSERT INTO reservation_line (reservation_id, price_level_id, bundle_id, quantity, price, discount)
    VALUES (:reservation, :level, :bundle, :quantity, :price, 0)"""
)


def reserve(partner_id: int, listing_id: int, tickets: Sequence[Wanted], member_id: int | None = None) -> Made:
    """Hold tickets of what a listing of the partner's sells, for a customer where one is named.

    Raises NotFound for the listing and the customer, Invalid for tickets that it does not sell, Refused when there are not
    as many. Whoever calls it inside a transaction has settled before what has run out.
    """
    wanted = _gathered(tickets)
    if not database.in_transaction():
        settling.settle_run_out(partner_id)
    with transaction():
        refuse_stranger(partner_id, member_id)
        sold = _SOLD.rows(listing=listing_id, partner=partner_id)
        if not sold:
            raise NotFound(say("listing"))
        prices = _prices(sold, wanted)
        secret, token = random_base62(_SECRET_LENGTH), random_base62(_SECRET_LENGTH)
        held = _written(partner_id, listing_id, member_id, sold[0], prices, (digest(secret), digest(token)))
        log.record(partner_id, "reservation.made", settling.THING, held.id, {"tickets": held.tickets})
        uses = auto.apply(held)
        capacity.take(capacity.needed(lines(held.id)))
        return Made(locked(held.id), secret, token, uses)


def _gathered(tickets: Sequence[Wanted]) -> list[Wanted]:
    """Each thing once, in the order in which it was first named. Raises Invalid."""
    if not 1 <= len(tickets) <= MOST_LINES:
        raise _wrong(say("Name 1 to {most} kinds of tickets.", most=MOST_LINES))
    counts: dict[tuple, int] = {}
    for one in tickets:
        if (one.price_level_id is None) == (one.bundle_id is None):
            raise _wrong(say("Name a price level or a bundle with each number of tickets."))
        if one.quantity < 1:
            raise _wrong(say("Reserve at least one ticket of each kind."))
        thing = one.price_level_id, one.bundle_id
        counts[thing] = counts.get(thing, 0) + one.quantity
    if sum(counts.values()) > MOST_TICKETS:
        raise _wrong(say("Reserve at most {most} tickets at once.", most=MOST_TICKETS))
    return [Wanted(level_id, quantity, bundle_id) for (level_id, bundle_id), quantity in counts.items()]


def _prices(sold: list[_Sold], wanted: list[Wanted]) -> list[_Priced]:
    """What each costs. Raises Invalid for what the listing does not sell: a bundle is sold where all of its levels are."""
    levels = {one.level_id: one.price for one in sold}
    bundles = _bundles(sold[0].event_id, levels.keys(), wanted)
    priced = []
    for one in wanted:
        price = bundles.get(one.bundle_id) if one.price_level_id is None else levels.get(one.price_level_id)
        if price is None:
            raise _wrong(say("The listing does not sell these tickets. Name price levels and bundles that it sells."))
        priced.append(_Priced(price, one))
    return priced


def _bundles(event_id: int, levels: Collection[int], wanted: list[Wanted]) -> dict[int | None, int]:
    asked = [one.bundle_id for one in wanted if one.bundle_id is not None]
    rows = _BUNDLES.rows(bundles=asked, event=event_id) if asked else []
    missing = {row.id for row in rows if row.level_id not in levels}
    return {row.id: row.price for row in rows if row.id not in missing}


def _written(
    partner_id: int, listing_id: int, member_id: int | None, sold: _Sold, prices: list[_Priced], digests
) -> Held:
    now = clock.micros()
    reservation_id = _INSERT.value(
        partner=partner_id, listing=listing_id, event=sold.event_id, member=member_id, secret=digests[0], token=digests[1],
        currency=sold.currency, tickets=sum(one.wanted.quantity for one in prices),
        face=sum(one.price * one.wanted.quantity for one in prices), expires=now + LASTS // clock.MICROSECOND, now=now,
    )  # fmt: skip
    for price, one in prices:
        _INSERT_LINE.run(
            reservation=reservation_id,
            level=one.price_level_id,
            bundle=one.bundle_id,
            quantity=one.quantity,
            price=price,
        )
    return locked(reservation_id)


def refuse_stranger(partner_id: int, member_id: int | None) -> None:
    """In the transaction around: the customer is there until the reservation refers to it. Raises NotFound."""
    if member_id is None:
        return
    member = Member.get_or_none(Member.id == member_id, Member.partner == partner_id)
    if member is None:
        raise NotFound(say("customer"))
    holding.hold(member)


def _wrong(sentence: str) -> Invalid:
    return Invalid("tickets", sentence)
