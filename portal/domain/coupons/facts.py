"""Types of events about coupons and what they are for: the sentence a timeline shows, and the kinds to filter by."""

from portal.domain.areas import FactKind
from portal.domain.sentences import say

FACTS = {
    "coupon.created": say("Coupon made"),
    "coupon.changed": say("Coupon changed"),
    "coupon.ended": say("Coupon switched off"),
    "coupon.resumed": say("Coupon switched on again"),
    "coupon_assignment.created": say("Coupons assigned"),
    "coupon_assignment.changed": say("Assignment of coupons changed"),
    "coupon_assignment.ended": say("Assignment of coupons taken away"),
    "coupon_tag.created": say("Tag of coupons made"),
    "coupon_tag.renamed": say("Tag of coupons renamed"),
    "coupon_tag.removed": say("Tag of coupons removed"),
    "coupon.used": say("Coupon used"),
    "coupon.given_back": say("Use of a coupon given back"),
    "reservation.made": say("Tickets reserved"),
    "reservation.named": say("Customer of a reservation named"),
    "reservation.purchased": say("Reservation bought"),
    "reservation.released": say("Reservation let go"),
    "reservation.expired": say("Reservation ran out"),
    "ticketed_event.created": say("Event added"),
    "ticketed_event.changed": say("Event changed"),
    "price_level.created": say("Price level added"),
    "price_level.changed": say("Price level changed"),
    "bundle.created": say("Bundle added"),
    "bundle.changed": say("Bundle changed"),
    "bundle.removed": say("Bundle removed"),
    "listing.created": say("Listing added"),
    "listing.changed": say("Listing changed"),
    "listing.removed": say("Listing removed"),
    "listing.opened": say("Demo shop of a listing opened to everybody"),
    "listing.closed": say("Demo shop of a listing closed"),
}
KINDS = {
    "coupons": FactKind(
        say("Coupons and their assignments"),
        ("coupon.", "coupon_assignment.", "coupon_batch.", "coupon_import.", "coupon_tag.", "coupon_mailing."),
    ),
    "reservations": FactKind(say("Reservations"), ("reservation.",)),
    "ticketed_events": FactKind(say("Ticketed events"), ("ticketed_event.", "price_level.", "bundle.", "listing.")),
}
