"""What several features of the family say: of a deal's reward and its attribution, and of a landing's address."""

from portal.domain.affiliate.catalogs import lists
from portal.domain.affiliate.catalogs.lists import OfferLine
from portal.domain.affiliate.clicks import addresses
from portal.domain.sentences import counted, kept, say
from portal.domain.steps import FAILED
from portal.web.formats import money, share

_CHECKS = {
    "link named": say("The order brought a promoter’s link"),
    "link usable": say("The link may earn a reward"),
    "click in time": say("The click was in time"),
    "code named": say("The order had a promo code"),
    "code usable": say("The promo code may earn a reward"),
    "customer found": say("Who the customer is"),
    "reward chosen": say("Which reward counts"),
    "catalog known": say("The catalog is known"),
    "offer known": say("The offer is known"),
    "currency priced": say("The offer has a price in this currency"),
    "same parameters as before": say("It is as it was first reported"),
}
# What of the details is the wire's, with its plain word.
_WIRE = {"another_data": "what the shop sends along (another_data)", "the uid": "the link id"}


def steps(found: list[dict], promoter: str | None = None) -> list[dict]:
    """The steps of an attribution or a refused report, in plain words. What failed was passed over where the deal has a
    promoter all the same; then nothing need be mended."""
    return [
        {
            "name": _CHECKS.get(step["check"], step["check"].capitalize()),
            "state": "passed over" if promoter and step["outcome"] == FAILED else step["outcome"],
            "text": kept(_plain(step["detail"])),
            "fix": "" if promoter else kept(step.get("fix", "")),
        }
        for step in found
    ]


def _plain(detail: str) -> str:
    for wire, said in _WIRE.items():
        detail = detail.replace(wire, said)
    return detail


def terms(fix_remuneration: int | None, reward_percent: int | None, currency: str, left: int | None = None) -> str:
    """What a reward is worked out from: a sum in minor units, else hundredths of a percent of the sale; once a part of the
    sale went back, of what is `left` of it."""
    if fix_remuneration is not None:
        whole = money(fix_remuneration, currency)
        if left is None:
            return say("{sum} a deal", sum=whole)
        return say("{sum} a deal, in the proportion of the remaining {left}", sum=whole, left=money(left, currency))
    if left is None:
        return say("{share} of the sale", share=share(reward_percent))
    return say("{share} of the remaining {left}", share=share(reward_percent), left=money(left, currency))


def reward(sum_: int, currency: str, may_come: bool) -> str:
    """What a deal earns its promoter; `may_come` says that it is worked out once the customer pays."""
    if sum_:
        return money(sum_, currency)
    return say("Worked out when the customer pays") if may_come else say("None")


def landing_removed(fallback: str | None) -> str:
    """What becomes of links to a landing that is removed; `fallback` is the merchant's page for dead links."""
    if fallback:
        return say(
            "Promoters’ links to it lead to the oldest landing that is left and fits the device, or to the oldest of all; "
            "without one they lead to your page {fallback}. Clicks and deals that it brought stay.",
            fallback=fallback,
        )
    return say(
        "Promoters’ links to it lead to the oldest landing that is left and fits the device, or to the oldest of all; "
        "without one they lead nowhere. Clicks and deals that it brought stay."
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
    return say("No active offer of the catalog may be sold with promo codes yet, so none brings a deal.")


def replaced(url: str) -> str | None:
    """What links leave out of a landing's own address, because it means something else to the portal."""
    names = [f"“{name}”" for name in addresses.reserved_in(url)]
    if not names:
        return None
    if names[1:]:
        return say(
            "Links replace {names} and {last} of this address: by these names they tell the promoter, the click and "
            "the customer.",
            names=", ".join(names[:-1]),
            last=names[-1],
        )
    return say(
        "Links replace {names} of this address: by this name they tell the promoter, the click or the customer.",
        names=names[0],
    )


def waits_for_confirmation(promoter: str) -> str:
    """Of an application to a catalog whose promoters the operator must have confirmed."""
    return say("You are admitted once the operator of this portal has confirmed {promoter}.", promoter=promoter)
