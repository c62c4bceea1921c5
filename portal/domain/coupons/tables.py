"""The tables of the coupons family, those that others refer to first."""

from portal.domain.coupons.assignments.tables import (
    AssignedBundle,
    AssignedEvent,
    AssignedLevel,
    CouponAssignment,
    CouponOffer,
)
from portal.domain.coupons.batches.assigned import BatchAssignment
from portal.domain.coupons.batches.tables import CouponBatch
from portal.domain.coupons.coupons.tables import Coupon, CouponTag, TaggedCoupon
from portal.domain.coupons.imports.tables import CouponImport, CouponImportRow, CouponImportText
from portal.domain.coupons.mailings.tables import CouponMailing, MailedCoupon
from portal.domain.coupons.reservations.tables import Reservation, ReservationLine
from portal.domain.coupons.ticketed_events.tables import (
    Bundle,
    BundleLevel,
    Listing,
    ListingLevel,
    PriceLevel,
    TicketedEvent,
)
from portal.domain.coupons.ties.tables import CouponDeal, CouponPromoter
from portal.domain.coupons.uses.tables import CouponUse, CouponUseLine

TABLES = (
    TicketedEvent, PriceLevel, Bundle, BundleLevel, Listing, ListingLevel, CouponBatch, Coupon, CouponTag, TaggedCoupon,
    CouponAssignment, CouponOffer, AssignedEvent, AssignedLevel, AssignedBundle, BatchAssignment, Reservation, ReservationLine,
    CouponUse, CouponUseLine, CouponMailing, MailedCoupon, CouponPromoter, CouponDeal,
    CouponImport, CouponImportText, CouponImportRow,
)  # fmt: skip
