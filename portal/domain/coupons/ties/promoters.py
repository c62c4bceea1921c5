"""The promoter whose the deals with a coupon are, and what they are rewarded with (contract: affiliate, "Coupons")."""

from decimal import Decimal
from typing import NamedTuple

from portal.database import Statement, transaction
from portal.domain import money, values
from portal.domain.affiliate.attribution.other_codes import OwnCode
from portal.domain.affiliate.deal_lists import pickers
from portal.domain.affiliate.promotions import promotions
from portal.domain.affiliate.promotions.promotions import APPROVED
from portal.domain.coupons.coupons import coupons
from portal.domain.coupons.coupons.given import Given
from portal.domain.coupons.coupons.tables import FIXED, Coupon
from portal.domain.coupons.ties.tables import CouponPromoter
from portal.domain.errors import Invalid, NotFound, Refused
from portal.domain.events import log
from portal.domain.sentences import say
from portal.domain.values import checked


class Named(NamedTuple):
    """The promoter of a coupon: its uid in the catalog, and the coupon's own reward in hundredths of a percent."""

    uid: str
    promoter: str
    catalog: str
    state: str
    reward_percent: int | None

    @property
    def label(self) -> str:
        """What names it in a field, and finds it again."""
        return f"{self.promoter}{pickers.BETWEEN}{self.uid}"


class _Own(NamedTuple):
    code: str
    name: str
    kind: int
    amount_type: str | None
    amount: int | None
    currency: str | None
    reward_percent: int | None
    is_ended: bool


_NOBODY = say("Choose a promoter of one of your catalogs.")
_reward = values.percent("0.05", "95")
FIELDS: dict[str, values.Check] = {"reward_percent": lambda value: None if value is None else _reward(value)}
_NAMED = Statement(
    """SELECT m.uid, p.name AS promoter, c.title AS catalog, m.state, t.reward_percent FROM coupon_promoter t
    JOIN promotion m ON m.id = t.promotion_id JOIN partner p ON p.id = m.promoter_id
    JOIN catalog c ON c.id = m.catalog_id WHERE t.coupon_id = :coupon""",
    Named,
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


def of_promotion(promotion_id: int) -> list[OwnCode]:
    """The coupons that name the promoter in this promotion, the newest first."""
    rows = _OWN.rows(promotion=promotion_id)
    return [OwnCode(row.code, _gives(row), row.reward_percent, bool(row.is_ended)) for row in rows]


def uid_of(partner_id: int, text: str) -> str | None:
    """The uid of a promoter in one of the merchant's catalogs by what somebody typed: its label, its uid, or its name where only
    one is called so. None where nothing was typed. Raises Invalid for nobody."""
    if not text.strip():
        return None
    found = pickers.promoter(partner_id, text)
    if found is None:
        raise Invalid("promoter", _NOBODY)
    return found.key


def create(partner_id: int, given: Given, promoter: str, reward_percent: Decimal | None = None) -> Coupon:
    """A new coupon that names its promoter, as somebody typed it, all or none. Raises what `coupons.create`, `uid_of` and `set_for`
    raise."""
    with transaction():
        coupon = coupons.create(partner_id, given)
        set_for(partner_id, coupon.id, uid_of(partner_id, promoter), reward_percent)
    return coupon


def set_for(partner_id: int, coupon_id: int, uid: str | None, reward_percent: Decimal | None = None) -> None:
    """Say whose the deals with the seller's coupon are, by the promoter's uid in one of the seller's catalogs, and what percent of
    them is the reward where it is another than usual; None: nobody's, or as usual. Deals that are there stay as they are.

    Raises NotFound for the coupon, Invalid for a promoter who is not the seller's, a reward that is none or that nobody gets;
    Refused for a promoter who is not approved.
    """
    reward = checked({"reward_percent": reward_percent}, FIELDS)["reward_percent"]
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
        raise Invalid("promoter", _NOBODY) from None
    if promotion.state != APPROVED:
        raise Refused(say("This promoter is not approved. Approve it first, or choose another."), field="promoter")
    return promotion.id
