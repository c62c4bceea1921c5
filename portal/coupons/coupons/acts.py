"""What is done to the coupons that were chosen in the list."""

from typing import Any

from flask import g, request, url_for

from portal.domain.coupons.coupons import several, tags
from portal.domain.errors import DomainError
from portal.domain.sentences import counted, say
from portal.web import answers

_MOST = 50
_KEPT = ("q", "type", "state", "tag", "batch", "before", "after")


def chosen():
    """Switch them off or on, tag them, or go on to assign them."""
    ids, act = request.form.getlist("coupon", type=int)[:_MOST], request.form.get("act", "")
    if not several.theirs(g.partner.id, ids):
        return _back(say("Choose at least one coupon."), "warning")
    if act == "assign":
        return answers.done(url_for("assignments.new", coupon=ids))
    try:
        return _back(_done(ids, act))
    except DomainError as error:
        return _back(error.sentence, "warning")


def _done(ids: list[int], act: str) -> str:
    if act == "tag":
        names = tags.typed(request.form.get("tags", ""))
        if not names:
            return say("Write the tags that they get.")
        return counted(several.tag(g.partner.id, ids, names), "1 coupon is tagged.", "{number} coupons are tagged.")
    is_on = act == "on"
    count = several.switch(g.partner.id, ids, is_on)
    if is_on:
        return counted(count, "1 coupon is switched on.", "{number} coupons are switched on.")
    return counted(count, "1 coupon is switched off.", "{number} coupons are switched off.")


def _back(said: str, tone: str = "success"):
    kept: dict[str, Any] = {name: request.args[name] for name in _KEPT if request.args.get(name)}
    return answers.done(url_for("coupons.index", **kept), said, tone)
