"""The promoter whose the deals with a coupon are, and what they are rewarded with (contract: affiliate, "Coupons")."""

from decimal import Decimal
from typing import NamedTuple

from portal.database import Statement, transaction
from portal.domain import money, values
from portal.domain.affiliate.attribution.other_codes import OwnCode
from portal.domain.affiliate.promotions import promotions
from portal.domain.affiliate.promotions.promotions import APPROVED
from portal.domain.coupons.coupons import coupons
from portal.domain.coupons.coupons.tables import FIXED
from portal.domain.coupons.ties.tables import CouponPromoter
from portal.domain.errors import Invalid, NotFound, Refused
from portal.domain.events import log
from portal.domain.sentences import say
from portal.domain.values import checked


class Named(NamedTuple):
    """The promoter of a coupon: its uid in the catalog, and the coupon's own reward in hundredths of a percent."""

    uid: str | None
    promoter: str | None
    catalog: str | None
    state: str | None
    reward_percent: int | None


class Approved(NamedTuple):
    """A promoter whom a coupon can name."""

    uid: str
    promoter: str
    catalog: str


class _Own(NamedTuple):
    code: str
    name: str
    kind: int
    amount_type: str | None
    amount: int | None
    currency: str | None
    reward_percent: int | None
    is_ended: bool


_reward = values.percent("0.05", "95")
_CHECKS: dict[str, values.Check] = {"reward_percent": lambda value: None if value is None else _reward(value)}
_NAMED = Statement(
    """SELECT m.uid, p.name AS promoter, c.title AS catalog, m.state, t.reward_percent FROM coupon_promoter t
    LEFT JOIN promotion m ON m.id = t.promotion_id LEFT JOIN partner p ON p.id = m.promoter_id
    LEFT JOIN catalog c ON c.id = m.catalog_id WHERE t.coupon_id = :coupon""",
    Named,
)
_APPROVED = Statement(
    """SELECT m.uid, p.name AS promoter, c.title AS catalog FROM catalog c JOIN promotion m ON m.catalog_id = c.id
    JOIN partner p ON p.id = m.promoter_id WHERE c.partner_id = :partner AND m.state = 'approved'
    ORDER BY p.name, c.title, m.id LIMIT 500""",
    Approved,
)
_OWN = Statement(
    """SELECT c.written AS code, c.name, c.kind, c.amount_type, c.amount, c.currency, t.reward_percent,
        c.ended_at IS NOT NULL AS is_ended
    FROM coupon_promoter t JOIN coupon c ON c.id = t.coupon_id WHERE t.promotion_id = :promotion ORDER BY c.id DESC
    LIMIT 100""",
    _Own,
)


def of(coupon_id: int) -> Named | None:
    """Whose the coupon is, if anything was said."""
    return _NAMED.row(coupon=coupon_id)


def choices(partner_id: int) -> list[Approved]:
    """The promoters of a merchant whom its coupons can name."""
    return _APPROVED.rows(partner=partner_id)


def of_promotion(promotion_id: int) -> list[OwnCode]:
    """The coupons that name the promoter in this promotion, the newest first."""
    rows = _OWN.rows(promotion=promotion_id)
    return [OwnCode(row.code, _gives(row), row.reward_percent, bool(row.is_ended)) for row in rows]


def set_for(partner_id: int, coupon_id: int, uid: str | None, reward_percent: Decimal | None = None) -> None:
    """Say whose the deals with the seller's coupon are, by the promoter's uid in one of the seller's catalogs, and what percent of
    them is the reward where it is another than usual; None: nobody's, or as usual. Deals that are there stay as they are.

    Raises NotFound for the coupon, Invalid for a promoter who is not the seller's, a reward that is none or that nobody gets;
    Refused for a promoter who is not approved.
    """
    reward = checked({"reward_percent": reward_percent}, _CHECKS)["reward_percent"]
    if reward is not None and not uid:
        raise Invalid("reward_percent", say("Choose the promoter who gets the reward."))
    with transaction():
        coupon = coupons.locked(partner_id, coupon_id)
        promotion_id = _promotion(partner_id, uid) if uid else None
        before = CouponPromoter.get_or_none(CouponPromoter.coupon == coupon)
        if (promotion_id, reward) == (before and before.promotion_id, before and before.reward_percent):
            return
        CouponPromoter.delete().where(CouponPromoter.coupon == coupon).execute()
        if promotion_id is not None:
            CouponPromoter.create(coupon=coupon.id, promotion=promotion_id, reward_percent=reward)
        log.record(partner_id, "coupon.changed", coupons.THING, coupon.id, {"fields": ["promoter"]})


def _gives(row: _Own) -> str:
    if row.amount is None:
        return row.name
    if row.amount_type == FIXED and row.currency:
        return say("{sum} off", sum=f"{money.to_decimal(row.amount, row.currency):f} {row.currency}")
    return say("{percent}% off", percent=f"{row.amount / 100:g}")


def _promotion(partner_id: int, uid: str) -> int:
    try:
        promotion = promotions.of_merchant(partner_id, uid)
    except NotFound:
        raise Invalid("promoter", say("Choose a promoter of one of your catalogs.")) from None
    if promotion.state != APPROVED:
        raise Refused(say("This promoter is not approved. Approve it first, or choose another."), field="promoter")
    return promotion.id
