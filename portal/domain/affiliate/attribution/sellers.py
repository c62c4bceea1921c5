"""Who may have brought a deal, by a link or a promo code, and what is earned with it instead of the usual."""

from typing import NamedTuple

from portal import clock
from portal.database import Statement
from portal.domain.affiliate.attribution.self_referrals import ARE_ONE
from portal.domain.affiliate.deals.rows import Terms
from portal.domain.affiliate.special_rewards import chosen
from portal.domain.identifiers import normal_code
from portal.domain.sentences import say
from portal.domain.typed.texts import mended

WHOSE = ", for "  # What follows it in a step is for the merchant alone.


class Seller(NamedTuple):
    """A promotion that a deal names by its link, or by one of its codes, and the special reward that the promoter has for it."""

    promotion_id: int
    promoter_id: int
    catalog_id: int
    state: str
    are_one: bool
    has_special: bool
    special_percent: int | None
    special_sum: int | None
    group_name: str | None
    code_id: int | None
    ended_at: int | None
    ends_at: int | None
    uses_limit: int | None
    uses: int | None


_COLUMNS = f"""SELECT m.id AS promotion_id, m.promoter_id, m.catalog_id, m.state, {ARE_ONE} AS are_one,
    s.id IS NOT NULL AS has_special, s.reward_percent AS special_percent, s.fix_remuneration AS special_sum,
    g.name AS group_name"""
_REWARDED = f"""{chosen.joined(":merchant", "m.promoter_id", ":catalog", ":offer", ":currency")}
    LEFT JOIN promoter_group g ON g.id = s.group_id"""
_WITHOUT_CODE = f"""{_COLUMNS}, NULL AS code_id, NULL AS ended_at, NULL AS ends_at, NULL AS uses_limit, NULL AS uses
    FROM promotion m
    JOIN partner p ON p.id = m.promoter_id JOIN partner q ON q.id = :merchant {_REWARDED}"""
_BY_UID = Statement(f"{_WITHOUT_CODE} WHERE m.uid = :uid", Seller)
_BY_PROMOTION = Statement(f"{_WITHOUT_CODE} WHERE m.id = :promotion", Seller)
_BY_CODE = Statement(
    f"""{_COLUMNS}, c.id AS code_id, c.ended_at, c.ends_at, c.uses_limit, c.uses
    FROM promo_code c JOIN promotion m ON m.id = c.promotion_id
    JOIN partner p ON p.id = m.promoter_id JOIN partner q ON q.id = :merchant {_REWARDED}
    WHERE c.merchant_id = :merchant AND c.code = :code""",
    Seller,
)


def by_uid(terms: Terms, uid: str) -> Seller | None:
    """The promoter that a uid names, whichever merchant's it is."""
    code = normal_code(uid)
    return _BY_UID.row(uid=code, **_asked(terms)) if code else None


def by_promotion(terms: Terms, promotion_id: int) -> Seller | None:
    """The promoter whom a code names that is no promo code."""
    return _BY_PROMOTION.row(promotion=promotion_id, **_asked(terms))


def by_code(terms: Terms, code: str) -> Seller | None:
    """The merchant's promoter whose promo code it is."""
    return _BY_CODE.row(code=mended(code), **_asked(terms))


def instead(terms: Terms, found: Seller, own_percent: int | None = None) -> str:
    """The special reward and the usual one; whose it is stands at the end, where the promoter's page leaves it out. The reward
    may be the code's own, in hundredths of a percent."""
    is_own = own_percent is not None
    special = chosen.said(
        own_percent if is_own else found.special_percent, None if is_own else found.special_sum, terms.currency
    )
    usual = chosen.said(terms.reward_percent, terms.fix_remuneration, terms.currency)
    named = {
        "special": special, "usual": usual,
        "whose": _whose(found, is_own),
    }  # fmt: skip
    if terms.is_catalogs_reward:
        return say("{special} instead of the catalog’s {usual}, for {whose}", **named)
    return say("{special} instead of the offer’s {usual}, for {whose}", **named)


def _whose(found: Seller, is_own: bool) -> str:
    if is_own:
        return say("this code")
    return say("the group {name}", name=found.group_name) if found.group_name else say("this promoter")


def _asked(terms: Terms) -> dict:
    """What sellers and their special rewards are asked by."""
    return {
        "merchant": terms.merchant_id, "catalog": terms.catalog_id, "offer": terms.offer_id, "currency": terms.currency,
        "now": clock.micros(),
    }  # fmt: skip
