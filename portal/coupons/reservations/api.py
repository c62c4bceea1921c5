"""Reservations over JSON: made, read, bought, let go (contract: coupons)."""

from portal.api.idempotency import Reply
from portal.coupons.admissions import Holder
from portal.coupons.reservations import wire
from portal.coupons.reservations.schemas import ReservationCreate
from portal.coupons.sellers import Seller
from portal.domain.accounts.tokens.tokens import Credential
from portal.domain.coupons import sellers
from portal.domain.coupons.reservations import access, reserving, settling
from portal.domain.coupons.reservations.held import Held
from portal.domain.coupons.reservations.reserving import Wanted
from portal.domain.coupons.ticketed_events.tables import Listing
from portal.domain.errors import Invalid
from portal.domain.members import finding
from portal.domain.sentences import say


def create(caller: Credential, body: ReservationCreate, query: Seller) -> Reply:
    """Hold tickets for fifteen minutes. Whose they are follows from the listing. Auto coupons whose threshold they reach apply at
    once.

    The `secret` uses coupons, buys and lets go; the `token` only checks coupons. Both are shown this once.
    """
    whose = sellers.narrowed(sellers.reached(caller.partner_id, caller.reach), body.seller_or(query))
    listing = Listing.get_or_none(Listing.id == body.listing_id, Listing.partner.in_(whose))
    if listing is None:
        raise Invalid("listing_id", say("There is no such listing here. Name one that is."))
    wanted = [Wanted(one.price_level_id, one.quantity, one.bundle_id) for one in body.tickets]
    member_id = _customer(listing.partner_id, body.customer_id)
    made = reserving.reserve(listing.partner_id, listing.id, wanted, member_id)
    told = wire.reservation(made.reservation)
    secrets = {"secret": made.secret, "token": made.token}
    return Reply(told | secrets, 201, kept_body=told | dict.fromkeys(secrets))


def show(caller: Credential | Holder, reservation_id: str) -> dict:
    """What it holds, what it costs, and how it stands. One whose time is over has run out."""
    return wire.reservation(settling.settled(_own(caller, reservation_id)))


def release(caller: Credential | Holder, reservation_id: str) -> None:
    """Let it go: its tickets are there for others, and its uses of coupons are given back. One that has ended otherwise stays as
    it is; one that is bought is refused."""
    settling.release(_own(caller, reservation_id))


def purchase(caller: Credential | Holder, reservation_id: str) -> dict:
    """Buy it: its uses of coupons stay, as they were granted. One that is bought already is answered as it is. One that has
    ended is refused, and so are tickets of a locked price level that no coupon opened."""
    return wire.reservation(settling.purchase(_own(caller, reservation_id)))


def _own(caller: Credential | Holder, reservation_id: str) -> int:
    if isinstance(caller, Holder):
        return caller.reservation_id
    found: Held = access.of_sellers(sellers.reached(caller.partner_id, caller.reach), reservation_id)
    return found.id


def _customer(partner_id: int, uuid: str | None) -> int | None:
    if uuid is None:
        return None
    number = finding.one(partner_id, uuid=uuid)
    if number is None:
        raise Invalid("customer_id", say("There is no such customer here. Name one that is, or leave it out."))
    return number
