"""What several features of the family say: of a deal's reward, and of a landing's address."""

from portal.domain.affiliate.catalogs import lists
from portal.domain.affiliate.catalogs.lists import OfferLine
from portal.domain.affiliate.clicks import addresses
from portal.web.formats import money, share
from portal.web.plurals import counted


def terms(fix_remuneration: int | None, reward_percent: int | None, currency: str) -> str:
    """What a reward is worked out from: a sum in minor units, else hundredths of a percent of the cost."""
    if fix_remuneration is not None:
        return f"{money(fix_remuneration, currency)} a deal"
    return f"{share(reward_percent)} of the cost"


def reward(sum_: int, currency: str, may_come: bool) -> str:
    """What a deal earns its promoter; `may_come` says that it is worked out once the customer pays."""
    if sum_:
        return money(sum_, currency)
    return "Worked out when the customer pays" if may_come else "None"


def landing_removed(fallback: str | None) -> str:
    """What becomes of links to a landing that is removed; `fallback` is the merchant's page for dead links."""
    lead = f"to your page {fallback}" if fallback else "nowhere"
    return (
        "Promoters’ links to it lead to the oldest landing that is left and fits the device, or to the oldest of all; "
        f"without one they lead {lead}. Clicks and deals that it brought stay."
    )


def visitors(count: int) -> str:
    """Of how many the clicks are."""
    return counted(
        count, "by 1 visitor in the last 30 days", "by {number} visitors in the last 30 days, each once a day"
    )


def codes_lack(offers: list[OfferLine]) -> str | None:
    """Why no promo code of the offers' catalog brings a deal; None if one may."""
    if lists.take_codes(offers):
        return None
    return "No active offer of the catalog may be sold with promo codes yet, so none brings a deal."


def replaced(url: str) -> str | None:
    """What links leave out of a landing's own address, because it means something else to the portal."""
    names = [f"“{name}”" for name in addresses.reserved_in(url)]
    if not names:
        return None
    if names[1:]:
        listed = f"{', '.join(names[:-1])} and {names[-1]}"
        return f"Links replace {listed} of this address: by these names they tell the promoter, the click and the customer."
    return f"Links replace {names[0]} of this address: by this name they tell the promoter, the click or the customer."
