"""Cards as the API answers them (contract: cards, "Objects")."""

from portal.cards import links
from portal.cards.envelope import stamp
from portal.cards.figures import count, hundredths
from portal.domain.cards.cards.lists import FieldValue, ShownCard, Tier
from portal.domain.cards.templates.tables import RewardTier
from portal.domain.cards.words import (
    CASHBACK,
    CERTIFICATE,
    COUPON,
    DISCOUNT,
    LIMITS,
    MEMBERSHIP,
    REWARD,
    STAMP,
    SUBSCRIPTION,
    WIRE_WORDS,
)

# The field of the card that a key of `balance` shows, by the type of the card; other types have no such thing.
_COUNTS = {
    "currentNumberOfUses": {STAMP: "uses"},
    "numberRewardsUnused": {STAMP: "rewards"},
    "balance": {SUBSCRIPTION: "balance", CERTIFICATE: "balance", MEMBERSHIP: "balance"},
    "bonusBalance": {CASHBACK: "bonus", DISCOUNT: "bonus", REWARD: "bonus", SUBSCRIPTION: "bonus"},
}
_OF_ONE = (
    "countVisits", "totalRewardsEarned", "totalRewardsRedeemed", "totalStampsEarnedByReferral", "totalPointsEarnedByReferral",
    "lastStampEarnedAt", "lastRewardEarnedAt", "lastRewardRedeemedAt",
)  # fmt: skip


def card(row: ShownCard, fields: list[FieldValue], tiers: list[Tier], customer: dict, public_url: str) -> dict:
    """A whole Card."""
    return in_list(row, fields, tiers, customer, public_url) | {
        "countVisits": row.visits,
        "totalRewardsEarned": row.rewards_earned,
        "totalRewardsRedeemed": row.rewards_redeemed,
        "totalStampsEarnedByReferral": row.stamps_by_referral,
        "totalPointsEarnedByReferral": row.points_by_referral,
        "lastStampEarnedAt": stamp(row.last_stamp_at),
        "lastRewardEarnedAt": stamp(row.last_reward_at),
        "lastRewardRedeemedAt": stamp(row.last_redeemed_at),
    }


def in_list(row: ShownCard, fields: list[FieldValue], tiers: list[Tier], customer: dict, public_url: str) -> dict:
    """A Card of a list: what is summed up of its history is null."""
    page = links.card(public_url, row.key)
    return {
        "id": row.serial,
        "companyId": row.partner_id,
        "templateId": row.template_id,
        "customerId": customer["id"],
        "type": WIRE_WORDS[row.kind],
        "status": status(row),
        "device": row.device,
        "customFields": [_answer(field) for field in fields],
        "availableRewardTiers": [tier(one) for one in tiers],
        "membershipTier": membership_tier(row),
        "customerSubscription": subscription(row),
        "customer": customer,
        "balance": balance(row),
        "installLink": page,
        "shareLink": links.share(public_url, row.share_key),
        "qrLink": links.code(public_url, row.key),
        "directInstallLink": _direct(page, row.wallets),
        "couponRedeemed": bool(row.coupon) if row.kind == COUPON else None,
        "firstVisitDiscount": hundredths(row.first_visit_percent),
        "utmSource": row.utm_source,
        "expiresAt": stamp(row.expires_at),
        "createdAt": stamp(row.created_at),
        "updatedAt": stamp(row.updated_at),
    } | dict.fromkeys(_OF_ONE)


def _direct(page: str, wallets: int) -> dict:
    """Where the card is installed, by the kind of phone."""
    apple, google = links.apple(page) if wallets & 1 else None, links.google(page) if wallets & 2 else None
    return {"universal": page, "apple": apple, "google": google, "pwa": page}


def status(row: ShownCard) -> str:
    """Whether it is in somebody's hands."""
    if row.deleted_at is not None:
        return "deleted"
    return "not_installed" if row.installed_at is None else "installed"


def balance(row: ShownCard) -> dict:
    """What is on it; null where its type counts no such thing."""
    is_stamp = row.kind == STAMP
    counts = {key: _count(row, fields.get(row.kind)) for key, fields in _COUNTS.items()}
    if row.kind == MEMBERSHIP and row.mechanics != LIMITS:
        counts["balance"] = None
    return counts | {
        "numberStampsTotal": row.stamps_total,
        "discountPercentage": hundredths(row.discount or 0) if row.kind == DISCOUNT else None,
        "discountAmount": None,
        "stampsBeforeReward": (row.stamps_total or 0) - row.uses if is_stamp else None,
    }


def _count(row: ShownCard, field: str | None) -> float | int | None:
    return None if field is None else count(row.kind, row.currency, field, getattr(row, field))


def membership_tier(row: ShownCard) -> dict | None:
    """The level that a membership card has."""
    if row.membership_tier_id is None:
        return None
    return {"id": row.membership_tier_id, "name": row.tier_name, "visits": row.tier_visits}


def subscription(row: ShownCard) -> dict | None:
    """The period that a membership card is in, until it begins anew."""
    if row.membership_tier_id is None:
        return None
    return {"period": row.tier_period, "expiresAt": stamp(row.tier_next_at)}


def tier(row: Tier | RewardTier) -> dict:
    """A reward tier."""
    return {
        "id": row.id,
        "name": row.name,
        "type": row.kind,
        "value": hundredths(row.value),
        "threshold": row.threshold,
        "usageLimit": row.usage_limit,
        "valueLimit": hundredths(row.value_limit),
    }


def _answer(row: FieldValue) -> dict:
    return {
        "id": row.id,
        "name": row.name,
        "type": row.kind,
        "order": row.place,
        "value": row.value,
        "required": bool(row.is_required),
        "unique": bool(row.is_unique),
    }
