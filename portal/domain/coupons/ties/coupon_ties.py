"""What happens to deals and promoters' codes, and concerns coupons: `family.py` and the worker's drains import it, so that every
process has it. Moves are followed in their transaction."""

from portal.domain.affiliate.attribution import other_codes
from portal.domain.affiliate.attribution.other_codes import Kind, Sale
from portal.domain.affiliate.deals import again, consequences, moves
from portal.domain.affiliate.deals.rows import LockedDeal
from portal.domain.affiliate.deals.tables import Deal
from portal.domain.affiliate.promotions import codes as promo_codes
from portal.domain.affiliate.trials import removal
from portal.domain.coupons.coupons import coupons
from portal.domain.coupons.ties import booking, clashes, promoters, sales, telling
from portal.domain.coupons.ties.tables import CouponDeal


def _canceled(deal: LockedDeal) -> None:
    if deal.promo_code:
        booking.give_back(deal.id)


def _again(old: Deal, new: Deal) -> None:
    """The new deal uses the coupon anew, if it still can be used; whose the deal is was decided before."""
    code = old.promo_code
    if code is None or not CouponDeal.select().where(CouponDeal.deal == old).exists():
        return
    deal = moves.made(old.partner_id, new.deal_id)
    coupon = sales.of_sale(Sale(deal.partner_id, code, deal.cost, deal.currency, {}, new.customer))
    if coupon and coupon.objection is None:
        coupon.book(deal)


other_codes.kinds.append(Kind(sales.of_sale, sales.discounts, sales.checked, promoters.of_promotion))
moves.when_canceled.append(_canceled)
again.when_again.append(_again)
consequences.tellers.append(telling.of)
removal.when_removed.append(lambda deal: booking.forget(deal.id))
coupons.when_made.append(clashes.refuse_promo_codes)
coupons.taken_elsewhere.append(clashes.promo_codes)
promo_codes.taken_elsewhere.append(clashes.is_coupon)
