"""The filters of the marketplace: read from the address, and shown as chips. What cannot be read is left out."""

from flask import request

from portal.domain.affiliate.catalogs.marketplace import JOINED, NOT_JOINED, Filter
from portal.domain.offers.names import COUNTRY_NAMES
from portal.domain.offers.words import REWARD_TYPES
from portal.domain.sentences import say
from portal.web.addresses import chips as chips_of
from portal.web.addresses import with_arguments

JOINED_CHOICES = [(JOINED, say("Joined or applied")), (NOT_JOINED, say("Not joined"))]
_LABELS = {
    "q": say("Search"),
    "category": say("Category"),
    "country": say("Country"),
    "reward": say("Reward type"),
}
_FLAGS = {"at_once": say("No application needed"), "codes": say("Promo codes allowed")}


def read(categories: list[str]) -> tuple[Filter, dict[str, str]]:
    """The filter of this request, and what of it was understood, as it was written."""
    asked = {
        name: request.args.get(name, "").strip()[:255] for name in ("q", "category", "country", "reward", "joined")
    }
    allowed = {
        "category": categories,
        "country": COUNTRY_NAMES,
        "reward": REWARD_TYPES,
        "joined": [value for value, _ in JOINED_CHOICES],
    }
    for name, values in allowed.items():
        asked[name] = asked[name] if asked[name] in values else ""
    for name in _FLAGS:
        asked[name] = "1" if request.args.get(name) == "1" else ""
    chosen = Filter(
        asked["q"],
        asked["category"],
        asked["country"],
        asked["reward"],
        asked["at_once"] == "1",
        asked["codes"] == "1",
        asked["joined"],
    )
    return chosen, asked


def chips(asked: dict[str, str]) -> list[tuple[str, str]]:
    """Each filter in use in words, with the address without it."""
    shown = asked | {"country": COUNTRY_NAMES.get(asked["country"])}
    words = {name: label for name, label in _FLAGS.items() if asked[name]}
    if asked["joined"]:
        words["joined"] = dict(JOINED_CHOICES)[asked["joined"]]
    return chips_of(_LABELS, shown) + [(text, with_arguments(**{name: None})) for name, text in words.items()]
