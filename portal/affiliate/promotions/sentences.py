"""What a promoter's pages say that depends on the promotion: whole sentences with named parameters."""

from typing import NamedTuple

from portal.affiliate.sentences import waits_for_confirmation
from portal.domain.affiliate.deals.again import Linked
from portal.domain.affiliate.deals.promoter_passport import Part, Passport
from portal.domain.affiliate.deals.words import CANCELED
from portal.domain.affiliate.promotions.promotions import waits_for_operator
from portal.domain.affiliate.promotions.tables import Promotion
from portal.domain.offers.tables import Catalog
from portal.domain.sentences import counted, say
from portal.web.formats import money, share

STAY_YOURS = say(
    "Deals that you brought stay yours and are paid. You can join again as long as the catalog is in the marketplace, "
    "and keep your link id."
)
_ONLY_THE_MERCHANT = say("Only the merchant can admit you now. Deals that you brought stay yours.")
_NO_LIMITS_OF_CODES = say(
    "The merchant allows promo codes, but has not said how much they may take off. Until it does, none can be made."
)
APPLY_AGAIN = say("You can apply again at any time.")


class Told(NamedTuple):
    """A box above the page: its tone, and what it says."""

    tone: str
    title: str
    paragraphs: list[str]


def open_part(part: Part, deal: Passport) -> str:
    """What becomes of a part of the reward that no payout has settled."""
    if part.amount > 0:
        return say("Due: it is part of the next payout.")
    taken = money(-part.amount, deal.currency)
    if deal.status == CANCELED:
        return say("It was canceled after it had been paid out: {sum} is taken back with your next payout.", sum=taken)
    return say(
        "It was returned in part after it had been paid out: {sum} is taken back with your next payout.", sum=taken
    )


def tie(other: Linked) -> str:
    """How the deal is tied to another one of the promoter's."""
    if other.is_older:
        return say("It was reported in place of a deal that was canceled because it stayed unpaid")
    return say("It was paid late, and reported again as another deal")


def waiting(by_operator: bool, merchant: str, promoter: str) -> str:
    """Whom an application waits for."""
    if by_operator:
        return waits_for_confirmation(promoter)
    return say("{merchant} decides about it.", merchant=merchant)


def put_out(state: str, merchant: str) -> str:
    """What the merchant did to the promotion."""
    if state == "refused":
        return say("{merchant} refused your application", merchant=merchant)
    return say("{merchant} ended your promotion", merchant=merchant)


def left(is_open: bool) -> str:
    """What leaving means; `is_open` says that the catalog is in the marketplace."""
    if is_open:
        return say("Its links and codes no longer count. Deals that you brought stay yours and are paid.")
    return say(
        "Its links and codes no longer count. Deals that you brought stay yours and are paid. "
        "It is not in the marketplace now, so you cannot join it again."
    )


def stands(
    promotion: Promotion, promoter: str, *, is_open: bool, has_landings: bool, fallback: str | None
) -> Told | None:
    """What keeps the promotion from selling; nothing where it sells. `fallback` is the merchant's page for dead links."""
    catalog, state = promotion.catalog, promotion.state
    merchant = catalog.partner.name
    if state == "waiting":
        wrote = [say("You wrote: {message}", message=promotion.message)] if promotion.message else []
        return Told(
            "warning", say("Your application waits"), [waiting(waits_for_operator(catalog), merchant, promoter), *wrote]
        )
    if promotion.ended_by == "merchant":
        why = [say("It said: {reason}", reason=promotion.reason)] if promotion.reason else []
        return Told("danger", put_out(state, merchant), [*why, _ONLY_THE_MERCHANT])
    if state == "ended":
        return Told("info", say("You have left this catalog"), [left(is_open)])
    if not catalog.is_published:
        return Told("warning", say("The merchant has unpublished this catalog"), [unpublished(fallback)])
    return (
        None if has_landings else Told("warning", say("Your links lead to no landing now"), [without_landing(fallback)])
    )


def no_new_code(catalog: Catalog, *, is_joined: bool, has_codes: bool) -> str | None:
    """Why no code can be made in the catalog; nothing where one can."""
    if not is_joined:
        return say("None of them counts now.") if has_codes else say("You have none here.")
    if not catalog.is_promocode_allowed:
        return say("The merchant allows no promo codes in this catalog.")
    if catalog.min_promo_code_percent is None or catalog.max_promo_code_percent is None:
        return _NO_LIMITS_OF_CODES
    return None


def what_a_code_gives(lowest: int, highest: int) -> str:
    """What a code does, between two discounts in hundredths of a percent."""
    return say(
        "A code gives customers a discount of {lowest} to {highest}, and makes the order yours, also without a click. "
        "At most 100.",
        lowest=share(lowest),
        highest=share(highest),
    )


def no_code_yet(promoter: str) -> str:
    """What who may not make a code is told where there is none."""
    return say("None yet. An owner or a manager of {promoter} can make one.", promoter=promoter)


def lost_links(fallback: str | None) -> str:
    """What becomes of the links of who leaves; `fallback` is the merchant's page for dead links."""
    if fallback:
        return say(
            "Your links to it no longer count at once: whoever follows one comes to the merchant’s page {fallback}",
            fallback=fallback,
        )
    return say("Your links to it lead nowhere at once: whoever follows one sees that the offer has ended")


def unpublished(fallback: str | None) -> str:
    """What becomes of links and codes while the catalog is unpublished."""
    if fallback:
        return say(
            "Your links lead to the merchant’s page {fallback} and your codes do not count until it is published again. "
            "Deals that you brought stay yours.",
            fallback=fallback,
        )
    return say(
        "Your links lead nowhere and your codes do not count until it is published again. Deals that you brought stay yours."
    )


def without_landing(fallback: str | None) -> str:
    """What becomes of links to a catalog that has no landing."""
    if fallback:
        return say(
            "The merchant has removed every landing. They lead to the merchant’s page {fallback} instead. "
            "They work again as soon as there is one.",
            fallback=fallback,
        )
    return say("The merchant has removed every landing. They work again as soon as there is one.")


def removing_link(fallback: str | None) -> str:
    """What becomes of a link with a name that is removed."""
    if fallback:
        return say(
            "Whoever follows it comes to the merchant’s page {fallback}, and nothing is counted. "
            "The name stays yours: nobody else can have it.",
            fallback=fallback,
        )
    return say(
        "Whoever follows it sees that it leads nowhere, and nothing is counted. "
        "The name stays yours: nobody else can have it."
    )


def lost_codes(running: int) -> str:
    """What becomes of the codes of who leaves."""
    return counted(
        running,
        "1 promo code: orders with it are no longer yours",
        "{number} promo codes: orders with one are no longer yours",
    )
