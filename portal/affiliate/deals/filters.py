"""The filters of the deals list: read from the address, and shown as chips. What cannot be read is left out; an offer or
a promoter that nobody is called fits no deal, so that nothing is done to all of them by a slip of the pen."""

from typing import Any
from urllib.parse import urlencode

from flask import g, request

from portal.domain import money
from portal.domain.affiliate.deal_lists import pickers as deal_pickers
from portal.domain.affiliate.deal_lists.filters import NOBODYS, SELF_REFERRALS, UNKNOWN_UIDS, Filter
from portal.domain.affiliate.deal_lists.pickers import Choice
from portal.domain.affiliate.deals.standing import SAID, STATUSES
from portal.domain.affiliate.payouts import paid_out
from portal.domain.errors import NotFound
from portal.domain.offers import catalogs
from portal.domain.offers.tables import Catalog
from portal.domain.sentences import say
from portal.web import addresses, date_ranges
from portal.web.addresses import with_arguments

_LABELS = {
    "q": say("Search"), "status": say("Status"), "catalog": say("Catalog"), "offer": say("Offer"),
    "promoter": say("Promoter"), "only": say("Only"), "currency": say("Currency"),
}  # fmt: skip
_NAMES = ("q", "status", "catalog", "offer", "promoter", "only", "dates", "from", "to", "currency")
ONLY = {
    paid_out.OPEN: say("Reward due, in no payout yet"),
    paid_out.RECORDED: say("Reward in a payout, to be sent"),
    paid_out.PAID_OUT: say("Reward paid out"),
    NOBODYS: say("Nobody’s"),
    UNKNOWN_UIDS: say("The link id is nobody’s"),
    SELF_REFERRALS: say("Self-referrals"),
}
MORE = ("catalog", "offer", "promoter", "only", "currency")  # Those that are shown when asked for.
_PICKED = {"offer": deal_pickers.offer, "promoter": deal_pickers.promoter}
_NOTHING = 0  # The id of no offer and no promotion.


def read() -> tuple[Filter, dict]:
    """The filter of this request, and what of it was understood, as it is written in addresses. Days are the partner's.

    Under "titles" are the words for what has others in the address, under "unknown" what nobody is called, under "range"
    the days.
    """
    asked = {name: request.args.get(name, "").strip()[:255] for name in _LABELS}
    catalog = _catalog(asked["catalog"])
    picked = {name: asked[name] and pick(g.partner.id, asked[name]) for name, pick in _PICKED.items()}
    dates = date_ranges.asked()
    understood: dict = {
        "q": asked["q"],
        "status": _one_of(asked["status"], STATUSES),
        "catalog": catalog and catalog.short_code,
        **{name: choice.key if choice else asked[name] for name, choice in picked.items()},
        "only": _one_of(asked["only"], ONLY),
        "currency": _one_of(asked["currency"], money.EXPONENTS),
        **dates.query,
    }
    chosen = Filter(
        status=understood["status"],
        catalog=catalog.id if catalog else None,
        text=asked["q"],
        since=dates.since,
        until=dates.until,
        currency=understood["currency"],
        offer=_id(asked["offer"], picked["offer"]),
        promotion=_id(asked["promoter"], picked["promoter"]),
        only=understood["only"],
    )
    understood["titles"] = _titles(understood, catalog, picked)
    understood["range"] = dates
    understood["unknown"] = _unknown(asked, picked)
    return chosen, understood


def query(asked: dict) -> dict[str, Any]:
    """The filters in use, for another address about the same deals."""
    return {name: asked[name] for name in _NAMES if asked[name]}


def address(asked: dict) -> str:
    """What stands behind the question mark of an address with these filters, always in one order."""
    return urlencode(query(asked))


def chips(asked: dict) -> list[tuple[str, str]]:
    """Each filter in use in words, with the address without it."""
    shown = asked | {name: title for name, title in asked["titles"].items() if title}
    return addresses.chips(_LABELS, shown) + date_ranges.chips(asked["range"])


def suggestions(asked: dict) -> list[tuple[str, str, list[tuple[Choice, str]]]]:
    """For each text that nobody is called: what it was meant to name, the text, and what holds it, each with its address."""
    search = {"offer": deal_pickers.offers, "promoter": deal_pickers.promoters}
    return [
        (
            name,
            asked[name],
            [(one, with_arguments(**{name: one.key})) for one in search[name](g.partner.id, asked[name])],
        )
        for name in asked["unknown"]
    ]


def _titles(understood: dict, catalog: Catalog | None, picked: dict) -> dict[str, str | None]:
    return {name: choice.label for name, choice in picked.items() if choice} | {
        "status": SAID.get(understood["status"]),
        "catalog": catalog and catalog.title,
        "only": ONLY.get(understood["only"]),
    }


def _unknown(asked: dict, picked: dict) -> list[str]:
    return [name for name, choice in picked.items() if asked[name] and not choice]


def _one_of(text: str, known) -> str | None:
    return text if text in known else None


def _id(text: str, choice: Choice | str | None) -> int | None:
    return choice.id if isinstance(choice, Choice) else _NOTHING if text else None


def _catalog(short_code: str) -> Catalog | None:
    try:
        return catalogs.find(g.partner.id, short_code) if short_code else None
    except NotFound:
        return None
