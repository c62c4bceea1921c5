"""Codes over JSON: checked by anybody, used by whoever holds a reservation (contract: coupons, "Validation", "Usage")."""

from portal.api import cross_origin
from portal.coupons import admissions, guessing
from portal.coupons.admissions import Holder
from portal.coupons.uses import wire
from portal.coupons.uses.schemas import UsageCreate, Validated
from portal.domain.accounts.tokens.tokens import Credential
from portal.domain.coupons import sellers
from portal.domain.coupons.permits import COUPONS_READ
from portal.domain.coupons.reservations import access
from portal.domain.coupons.uses import buyers, checking, holding
from portal.domain.coupons.uses.holding import AskedUse, Unusable


def validate(query: Validated, caller: Credential | None = None) -> dict:
    """Whether a code can be used now for an event, by a listing that sells it, and by a reservation where its `token` is given.
    Nothing is changed.

    With a client token of the seller's the answer tells each step of the check. Without one it is the bare answer, the same
    for codes that are unknown, have ended or are another seller's; after sixty that are not valid within a minute, by an
    address or for a reservation, it is a 429.
    """
    reservation = access.by_token(query.token) if query.token else None
    whose = sellers.reached(caller.partner_id, caller.reach) if caller else None
    guess = [] if caller else admissions.count_guess(reservation and reservation.id)
    asked = checking.Asked(query.code, query.eventId, query.listingId, reservation, query.token is not None)
    outcome = checking.check(whose, asked)
    if outcome.case.place:
        cross_origin.concerns(outcome.case.place.partner_id)
    if caller is not None:
        return {"valid": outcome.is_valid, "checks": outcome.steps}
    if outcome.is_valid:
        guessing.forget(guess)
    return {"valid": outcome.is_valid}


def use(caller: Holder, reservation_id: str, body: UsageCreate) -> dict:
    """Use coupons on a reservation, all or none. A coupon is used once on a reservation: the same one again is answered with
    the use that was made. The reservation's secret is all that is needed; a wrong one, and a reservation that has ended or
    is unknown, are refused alike.

    A coupon that is unknown, switched off, used up or not valid now is refused with one sentence, for a buyer; with a client
    token of the seller's besides, which may read coupons, the refusal says why and how the seller mends it.
    """
    asked = [AskedUse(one.event_id, one.code, one.amount, one.coupon_type) for one in body.data.attributes.coupons]
    guess = admissions.count_guess(caller.reservation_id, by_address=caller.seller is None)
    try:
        uses = holding.use(caller.reservation_id, asked)
    except Unusable as error:
        if not (caller.seller and COUPONS_READ in caller.seller.permits):
            error.told = buyers.why(error.outcome)
        raise
    guessing.forget(guess)
    return {"data": [wire.usage(each) for each in uses]}
