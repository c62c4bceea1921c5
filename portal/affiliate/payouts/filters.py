"""The filters of the payouts that were made: read from the address, and shown as chips. What cannot be read is left out."""

from collections.abc import Mapping

from flask import request

from portal.affiliate.payouts.sentences import STATES
from portal.domain import money
from portal.domain.sentences import say
from portal.web import addresses

_LABELS = {"q": say("Search"), "state": say("State"), "promoter": say("Promoter"), "currency": say("Currency")}


def read(promoters: Mapping[str, str]) -> dict[str, str]:
    """What of the filter of this request was understood; `promoters` are names by uuid."""
    asked = {name: request.args.get(name, "").strip()[:100] for name in _LABELS}
    asked["currency"] = asked["currency"].upper()
    allowed = {"state": STATES, "promoter": promoters, "currency": money.EXPONENTS}
    return asked | {name: asked[name] if asked[name] in known else "" for name, known in allowed.items()}


def chips(asked: Mapping[str, str], promoters: Mapping[str, str]) -> list[tuple[str, str]]:
    """Each filter in use in words, with the address without it."""
    shown = {**asked, "state": STATES.get(asked["state"]), "promoter": promoters.get(asked["promoter"])}
    return addresses.chips(_LABELS, shown)
