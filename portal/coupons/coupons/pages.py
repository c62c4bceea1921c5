"""Coupons: the list, one coupon, made and changed."""

from typing import Any

from flask import abort, g, render_template, request, url_for

from portal.coupons.coupons import filters, sentences, tabs
from portal.coupons.coupons.forms import TOGETHER, CouponForm, PromoterForm, shown
from portal.coupons.kind_words import KIND_WORDS
from portal.coupons.refusals import beside
from portal.domain.coupons.coupons import coupons, found
from portal.domain.coupons.coupons.filters import Filter
from portal.domain.coupons.coupons.kinds import KINDS
from portal.domain.coupons.coupons.tables import Coupon
from portal.domain.coupons.reservations import settling
from portal.domain.coupons.ties import promoters
from portal.domain.sentences import say
from portal.web import answers
from portal.web.addresses import place_asked, with_arguments
from portal.web.forms import form_page, tried
from portal.web.inputs import percent

_take = beside({"reward_percent": "own_reward", "member_id": "drawn_for"})


def index():
    """The partner's coupons, newest first."""
    settling.settle_run_out(g.partner.id)
    chosen, tags = filters.read(), found.tags(g.partner.id)
    asked, page = filters.asked(chosen), found.page(g.partner.id, chosen, *place_asked())
    count = page.counted(lambda: found.count(g.partner.id, chosen))
    is_over = chosen != Filter() and count > found.MOST_COUNTED
    return render_template(
        answers.page_or_part("coupons/coupons/index.html", "coupons/coupons/_coupons.html"),
        page=page,
        count=say("over {most}", most=found.MOST_COUNTED) if is_over else count,
        asked=asked,
        export=url_for("coupons.exports.coupons", **asked),
        chips=filters.chips(chosen, tags),
        tags=[(tag.id, tag.name) for tag in tags],
        kinds=KIND_WORDS,
        types=list(KIND_WORDS.items()),
        states=filters.STATE_CHOICES,
        sentences=sentences,
        page_url=with_arguments,
        chosen_url=url_for("coupons.acts.chosen", **asked, **_place_kept()),
    )


def new():
    """Make one."""
    form = CouponForm(data={"code": request.args.get("code", "")[:64]})
    if form.validate_on_submit():
        with tried(form, take=_take):
            coupon = promoters.create(g.partner.id, form.asked(), form.promoter.data or "", form.own_reward.data)
            said = say("{code} is there. Nobody can use it until you say what it is for.", code=coupon.written)
            return answers.done(_place(coupon), said)
    return form_page("coupons/coupons/new.html", form)


def show(coupon_id: int):
    """One coupon."""
    settling.settle_run_out(g.partner.id)
    coupon = coupons.find(g.partner.id, coupon_id)
    tab = request.args.get("tab", tabs.OVERVIEW)
    tab = tab if tab in tabs.SHOWN else tabs.OVERVIEW
    return render_template(
        "coupons/coupons/show.html",
        coupon=coupon,
        kind=KINDS[coupon.kind],
        kinds=KIND_WORDS,
        standing=found.standing(coupon.id),
        sentences=sentences,
        tab=tab,
        tabs=tabs.tabs(coupon.id, tab),
        part=f"coupons/coupons/tabs/_{tab}.html",
        **tabs.SHOWN[tab](coupon),
    )


def edit(coupon_id: int):
    """Change what belongs together, such as its budget: in place, or on a page of its own."""
    coupon = coupons.find(g.partner.id, coupon_id)
    together = request.args.get("only", "name")
    if together not in TOGETHER:
        abort(404)
    form = CouponForm(data=shown(coupon))
    form.only(together)
    if form.validate_on_submit():
        with tried(form, take=_take):
            coupons.change(g.partner.id, coupon.id, form.change(together))
            return answers.done(url_for("coupons.show", coupon_id=coupon.id, tab=tabs.DETAILS), say("Saved."))
    return form_page(
        "coupons/coupons/edit.html", form, coupon=coupon, together=together,
        fields=[form[name] for name in TOGETHER[together]],
    )  # fmt: skip


def promoter(coupon_id: int):
    """Say whose the deals with its code are, and what they earn: in place, or on a page of its own."""
    coupon, named = coupons.find(g.partner.id, coupon_id), promoters.of(coupon_id)
    reward = percent(named.reward_percent) if named else None
    form = PromoterForm(promoter=named.label if named else "", own_reward=reward)
    if form.validate_on_submit():
        with tried(form, take=_take):
            uid = promoters.uid_of(g.partner.id, form.promoter.data or "")
            promoters.set_for(g.partner.id, coupon.id, uid, form.own_reward.data)
            return answers.done(url_for("coupons.show", coupon_id=coupon.id, tab=tabs.DETAILS), say("Saved."))
    fields = [form.promoter, form.own_reward]
    return form_page(
        "coupons/coupons/edit.html", form, coupon=coupon, fields=fields,
        text=say("Deals that your shop reports with this code belong to the promoter, unless the customer came by somebody’s link: a link counts before a code."),
    )  # fmt: skip


def switching_off(coupon_id: int):
    """Ask, and let nobody use it any more."""
    coupon = coupons.find(g.partner.id, coupon_id)
    if request.method == "GET":
        return render_template("coupons/coupons/switching_off.html", coupon=coupon)
    coupons.end(g.partner.id, coupon.id)
    return answers.done(_place(coupon), say("{code} is switched off.", code=coupon.written))


def switching_on(coupon_id: int):
    """Let it be used again."""
    coupon = coupons.resume(g.partner.id, coupon_id)
    return answers.done(_place(coupon), say("{code} is switched on.", code=coupon.written))


def _place_kept() -> dict[str, Any]:
    """Which page of the list it is, for what is done to some of it."""
    return {name: request.args[name] for name in ("before", "after") if request.args.get(name)}


def _place(coupon: Coupon) -> str:
    return url_for("coupons.show", coupon_id=coupon.id)
