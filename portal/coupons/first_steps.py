"""The way to the first use of a coupon, for the start page of whoever has chosen Coupons."""

from flask import g

from portal.domain.coupons import beginning
from portal.domain.coupons.area import COUPONS
from portal.domain.sentences import Sentence, say
from portal.web import checklists

TITLE = say("To your first coupon")
_STEPS = (
    (say("Add an event and a listing"), say("What its tickets cost, and where they are sold: each listing has a demo shop."), "ticketed_events.index"),
    (say("Make a coupon"), say("A discount, free tickets, or prices that only a code opens."), "coupons.new"),
    (say("Assign it"), say("On the coupon: which events it is for, from when until when, and how often."), "coupons.index"),
    (say("Use it in the demo shop"), say("On the coupon, under “Link and code”: the link has the code filled in."), "coupons.index"),
)  # fmt: skip


def checklist() -> tuple[Sentence, list[dict]] | None:
    """What to do, and whether it is done; None for who has not chosen Coupons, and once all of it is done."""
    if not checklists.is_chosen(COUPONS):
        return None
    return checklists.drawn(TITLE, _STEPS, beginning.begun(g.partner.id))
