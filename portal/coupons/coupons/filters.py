"""The filters of the coupons: read from the address. What cannot be read is left out."""

from typing import Any

from flask import g, request

from portal.coupons.coupons.sentences import STATES
from portal.coupons.kind_words import KIND_WORDS
from portal.domain.coupons.batches.tables import CouponBatch
from portal.domain.coupons.coupons.filters import Filter
from portal.domain.coupons.coupons.kinds import KINDS
from portal.domain.coupons.coupons.standing import ACTIVE, EVERY
from portal.domain.coupons.coupons.tables import CouponTag
from portal.domain.sentences import say
from portal.web import addresses

STATE_CHOICES = [(ACTIVE, say("Switched on")), *((name, STATES[name][0]) for name in EVERY)]
_LABELS = {"q": say("Search"), "type": say("Type"), "state": say("State"), "tag": say("Tag"), "batch": say("Batch")}


def read() -> Filter:
    """The filter of this request."""
    kind = request.args.get("type", type=int)
    state = request.args.get("state", "")
    return Filter(
        request.args.get("q", "").strip()[:100],
        kind if kind in KINDS else None,
        state if state in dict(STATE_CHOICES) else "",
        _tag(request.args.get("tag", type=addresses.row_id)),
        _batch(request.args.get("batch", "")),
    )


def asked(chosen: Filter) -> dict[str, Any]:
    """What of the filter is in use, as an address says it."""
    batch = CouponBatch.get_by_id(chosen.batch).uuid if chosen.batch else ""
    said = {"q": chosen.text, "type": chosen.kind, "state": chosen.state, "tag": chosen.tag, "batch": batch}
    return {name: str(value) for name, value in said.items() if value}


def chips(chosen: Filter, tags: list[CouponTag]) -> list[tuple[str, str]]:
    """Each filter in use in words, with the address without it."""
    shown = {
        "q": chosen.text,
        "type": KIND_WORDS[chosen.kind] if chosen.kind else None,
        "state": dict(STATE_CHOICES).get(chosen.state),
        "tag": next((tag.name for tag in tags if tag.id == chosen.tag), None),
        "batch": CouponBatch.get_by_id(chosen.batch).name if chosen.batch else None,
    }
    return addresses.chips(_LABELS, shown)


def _tag(number: int | None) -> int | None:
    found = CouponTag.get_or_none(CouponTag.partner == g.partner.id, CouponTag.id == number) if number else None
    return found.id if found else None


def _batch(uuid: str) -> int | None:
    found = CouponBatch.get_or_none(CouponBatch.partner == g.partner.id, CouponBatch.uuid == uuid) if uuid else None
    return found.id if found else None
