"""What a promoter's pages say that depends on the promotion: whole sentences with named parameters."""

from typing import NamedTuple

from portal.domain.affiliate.deals.again import Linked
from portal.domain.affiliate.deals.promoter_passport import Part, Passport
from portal.domain.affiliate.deals.words import CANCELED
from portal.domain.affiliate.promotions.tables import Promotion
from portal.domain.offers.tables import Catalog
from portal.web.formats import money, share
from portal.web.plurals import counted

_CONFIRMED_AT_ONCE = "AUTO_MODERATION"
STAY_YOURS = (
    "Deals that you brought stay yours and are paid. You can join again as long as the catalog is in the marketplace, "
    "and keep your uid."
)
_ONLY_THE_MERCHANT = "Only the merchant can admit you now. Deals that you brought stay yours."
_NO_LIMITS_OF_CODES = (
    "The merchant allows promo codes, but has not said how much they may take off. Until it does, none can be made."
)
APPLY_AGAIN = "You can apply again at any time."


class Told(NamedTuple):
    """A box above the page: its tone, and what it says."""

    tone: str
    title: str
    paragraphs: list[str]


def open_part(part: Part, deal: Passport) -> str:
    """What becomes of a part of the reward that no payout has settled."""
    if part.amount > 0:
        return "Due: it is part of the next payout."
    taken = money(-part.amount, deal.currency)
    why = "canceled" if deal.status == CANCELED else "returned in part"
    return f"It was {why} after it had been paid out: {taken} is taken back with your next payout."


def tie(other: Linked) -> str:
    """How the deal is tied to another one of the promoter's."""
    if other.is_older:
        return "It was reported in place of a deal that was canceled because it stayed unpaid"
    return "It was paid late, and reported again as another deal"


def waiting(moderation_type: str, merchant: str, promoter: str) -> str:
    """Whom an application waits for."""
    if moderation_type == _CONFIRMED_AT_ONCE:
        return f"You are admitted once the operator of this portal has confirmed {promoter}."
    return f"{merchant} decides about it."


def put_out(state: str, merchant: str) -> str:
    """What the merchant did to the promotion."""
    if state == "refused":
        return f"{merchant} refused your application"
    return f"{merchant} ended your promotion"


def left(is_open: bool) -> str:
    """What leaving means; `is_open` says that the catalog is in the marketplace."""
    said = "Its links and codes no longer count. Deals that you brought stay yours and are paid."
    return said if is_open else f"{said} It is not in the marketplace now, so you cannot join it again."


def stands(
    promotion: Promotion, promoter: str, *, is_open: bool, has_landings: bool, fallback: str | None
) -> Told | None:
    """What keeps the promotion from selling; nothing where it sells. `fallback` is the merchant's page for dead links."""
    catalog, state = promotion.catalog, promotion.state
    merchant = catalog.partner.name
    if state == "waiting":
        wrote = [f"You wrote: {promotion.message}"] if promotion.message else []
        return Told("warning", "Your application waits", [waiting(catalog.moderation_type, merchant, promoter), *wrote])
    if promotion.ended_by == "merchant":
        why = [f"It said: {promotion.reason}"] if promotion.reason else []
        return Told("danger", put_out(state, merchant), [*why, _ONLY_THE_MERCHANT])
    if state == "ended":
        return Told("info", "You have left this catalog", [left(is_open)])
    if not catalog.is_published:
        return Told("warning", "The merchant has unpublished this catalog", [unpublished(fallback)])
    return None if has_landings else Told("warning", "Your links lead to no landing now", [without_landing(fallback)])


def no_new_code(catalog: Catalog, *, is_joined: bool, has_codes: bool) -> str | None:
    """Why no code can be made in the catalog; nothing where one can."""
    if not is_joined:
        return "None of them counts now." if has_codes else "You have none here."
    if not catalog.is_promocode_allowed:
        return "The merchant allows no promo codes in this catalog."
    if catalog.min_promo_code_percent is None or catalog.max_promo_code_percent is None:
        return _NO_LIMITS_OF_CODES
    return None


def what_a_code_gives(lowest: int, highest: int) -> str:
    """What a code does, between two discounts in hundredths of a percent."""
    gives = f"A code gives customers a discount of {share(lowest)} to {share(highest)}"
    return f"{gives}, and makes the order yours, also without a click. At most 100."


def no_code_yet(promoter: str) -> str:
    """What who may not make a code is told where there is none."""
    return f"None yet. An owner or a manager of {promoter} can make one."


def lost_links(fallback: str | None) -> str:
    """What becomes of the links of who leaves; `fallback` is the merchant's page for dead links."""
    if fallback:
        return f"Your links to it no longer count at once: whoever follows one comes to the merchant’s page {fallback}"
    return "Your links to it lead nowhere at once: whoever follows one sees that the offer has ended"


def unpublished(fallback: str | None) -> str:
    """What becomes of links and codes while the catalog is unpublished."""
    lead = f"Your links lead to the merchant’s page {fallback}" if fallback else "Your links lead nowhere"
    return f"{lead} and your codes do not count until it is published again. Deals that you brought stay yours."


def without_landing(fallback: str | None) -> str:
    """What becomes of links to a catalog that has no landing."""
    lead = f"They lead to the merchant’s page {fallback} instead. " if fallback else ""
    return f"The merchant has removed every landing. {lead}They work again as soon as there is one."


def removing_link(fallback: str | None) -> str:
    """What becomes of a link with a name that is removed."""
    comes = f"comes to the merchant’s page {fallback}" if fallback else "sees that it leads nowhere"
    return f"Whoever follows it {comes}, and nothing is counted. The name stays yours: nobody else can have it."


def lost_codes(running: int) -> str:
    """What becomes of the codes of who leaves."""
    return counted(
        running,
        "1 promo code: orders with it are no longer yours",
        "{number} promo codes: orders with one are no longer yours",
    )
