"""What a promoter's pages say that depends on the promotion: whole sentences with named parameters."""

from portal.domain.affiliate.deals.again import Linked
from portal.domain.affiliate.deals.promoter_passport import Part, Passport
from portal.domain.affiliate.deals.words import CANCELED
from portal.web.formats import money
from portal.web.plurals import counted

_CONFIRMED_AT_ONCE = "AUTO_MODERATION"
STAY_YOURS = (
    "Deals that you brought stay yours and are paid. You can join again as long as the catalog is in the marketplace, "
    "and keep your uid."
)
APPLY_AGAIN = "You can apply again at any time."


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
