"""Coupons under assignments of five hundred, what was bought with some of them, and reservations that wait for one: as
making, assigning and buying each would have left them."""

from datetime import timedelta
from typing import NamedTuple

from bench.bulk import NUMBERS, SPREAD, run, settle
from portal import clock
from portal.database import transaction
from portal.domain.coupons.reservations.tables import HELD, Reservation
from portal.domain.coupons.ticketed_events import events, selling
from portal.domain.coupons.ticketed_events.tables import PriceLevel
from portal.domain.identifiers import digest

TO_A_DEAL, MOST = 10, 1_000_000  # coupons
WAITING = 20_000  # reservations that are held
SECRET = "bench"  # of each of them
_TOGETHER = 500  # coupons of an assignment
_PRICE, _TICKETS = 4500, 2
_ASSIGNMENTS = """INSERT INTO coupon_assignment (uuid, partner_id, is_shared, starts_on, ends_on, timezone, starts_at, ends_at,
    use_limit, is_everywhere, taggable, uses, created_at)
SELECT CAST(10000000 + i AS TEXT) || '-0000-4000-a000-000000000000', {merchant}, FALSE, '1970-01-01', '2083-01-01', 'UTC', 0,
    {now} * 2, 1000, FALSE, FALSE, 0, {now} FROM number ORDER BY i"""
_EVENTS = "INSERT INTO assigned_event (assignment_id, event_id) SELECT id, {event} FROM coupon_assignment ORDER BY id"
_COUPONS = """INSERT INTO coupon (partner_id, name, kind, code, written, amount_type, amount, opens, is_alone, "rank", uses, spent,
    modified_at, created_at)
SELECT {merchant}, 'Bench coupon ' || i, 2, 'COUPON-' || i, 'Coupon-' || i, 'percentage', 1000, FALSE, FALSE, 0,
    CASE WHEN i <= {bought} THEN 1 ELSE 0 END, CASE WHEN i <= {bought} THEN {off} ELSE 0 END, at, at
FROM (SELECT i, {now} - ({count} - i) * {step} AS at FROM number) AS made ORDER BY i"""
_OFFERS = """INSERT INTO coupon_offer (assignment_id, coupon_id, uses)
SELECT a.id, c.id, c.uses FROM (SELECT id, uses, (ROW_NUMBER() OVER (ORDER BY id) - 1) / {together} AS place FROM coupon) c
    JOIN (SELECT id, ROW_NUMBER() OVER (ORDER BY id) - 1 AS place FROM coupon_assignment) a ON a.place = c.place ORDER BY c.id"""
_COUNTS = """UPDATE coupon_assignment SET uses =
    (SELECT SUM(o.uses) FROM coupon_offer o WHERE o.assignment_id = coupon_assignment.id)"""
_RESERVATIONS = """INSERT INTO reservation (partner_id, listing_id, event_id, secret_digest, token_digest, currency, tickets, face,
    discount, state, expires_at, created_at, settled_at)
SELECT {merchant}, {listing}, {event}, '{secret}', 'bench-{state}-' || i, 'EUR', {tickets}, {face}, {taken}, '{state}',
    {until}, {now}, {settled} FROM number ORDER BY i"""
_LINES = """INSERT INTO reservation_line (reservation_id, price_level_id, quantity, price, discount)
SELECT id, {level}, tickets, {price}, discount FROM reservation ORDER BY id"""
_USES = """INSERT INTO coupon_use (partner_id, coupon_id, offer_id, reservation_id, event_id, kind, amount, currency, tickets, opens,
    state, held_at, settled_at)
SELECT {merchant}, c.id, o.id, r.id, {event}, 2, {off}, 'EUR', {tickets}, '[]', 'committed', {now}, {now}
FROM (SELECT id, ROW_NUMBER() OVER (ORDER BY id) AS i FROM reservation WHERE state = 'purchased') r
    JOIN coupon c ON c.code = 'COUPON-' || r.i JOIN coupon_offer o ON o.coupon_id = c.id ORDER BY r.id"""
_USE_LINES = """INSERT INTO coupon_use_line (use_id, line_id, tickets, amount)
SELECT u.id, l.id, u.tickets, u.amount FROM coupon_use u JOIN reservation_line l ON l.reservation_id = u.reservation_id
ORDER BY u.id"""
_TAKEN = "UPDATE price_level SET taken = (SELECT SUM(quantity) FROM reservation_line) WHERE id = {level}"


class Desk(NamedTuple):
    """What the rows need to know: ids, and how many coupons there are. Reservations that wait follow the first."""

    merchant: int
    coupons: int
    event: int
    listing: int
    first_waiting: int


def add(merchant: int, deals: int) -> Desk:
    """Ten coupons to a deal, as many of them used as there are deals."""
    coupons, level = min(deals * TO_A_DEAL, MOST), _level(merchant)
    bought, listing = min(deals, coupons), selling.listing(merchant, level.event_id, [level.id])
    now, face = clock.micros(), _PRICE * _TICKETS
    values = {
        "merchant": merchant, "now": now, "event": level.event_id, "level": level.id, "listing": listing.id,
        "together": _TOGETHER, "bought": bought, "price": _PRICE, "tickets": _TICKETS, "face": face, "off": face // 10,
        "secret": digest(SECRET), "step": SPREAD // timedelta(microseconds=coupons), "count": coupons,
    }  # fmt: skip
    ended = values | {"state": "purchased", "taken": values["off"], "until": now, "settled": now, "count": bought}
    tomorrow = now + timedelta(days=1) // clock.MICROSECOND
    waiting = values | {"state": "held", "taken": 0, "until": tomorrow, "settled": "NULL", "count": WAITING}
    with transaction():
        run([f"{NUMBERS} {_ASSIGNMENTS}", _EVENTS], values | {"count": -(-coupons // _TOGETHER)})
        run([f"{NUMBERS} {_COUPONS}", _OFFERS, _COUNTS], values)
        run([f"{NUMBERS} {_RESERVATIONS}"], ended)
        run([f"{NUMBERS} {_RESERVATIONS}"], waiting)
        run([_LINES, _USES, _USE_LINES, _TAKEN], values)
    settle()
    first = Reservation.select(Reservation.id).where(Reservation.state == HELD).order_by(Reservation.id).scalar()
    return Desk(merchant, coupons, level.event_id, listing.id, first)


def _level(merchant: int) -> PriceLevel:
    starts = clock.now() + timedelta(days=30)
    evening = {"name": "Bench evening", "starts_at": starts, "timezone": "UTC", "currency": "EUR"}
    event = events.create(merchant, **evening)
    level = events.add_level(merchant, event.id, "Stalls", _PRICE, 0)
    PriceLevel.update(capacity=_TICKETS * 2 * MOST).where(
        PriceLevel.id == level.id
    ).execute()  # A house of no house's size.
    return level
