"""The promoter of a coupon, and its own reward: said and changed."""

from flask import g, request

from portal.coupons.coupon_promoters.forms import PromoterForm
from portal.domain.coupons.coupons import coupons
from portal.domain.coupons.coupons.coupons import THING
from portal.domain.coupons.ties import promoters
from portal.domain.sentences import say
from portal.web import answers, thing_pages
from portal.web.forms import form_page, tried
from portal.web.inputs import percent


def edit(coupon_id: int):
    """Say whose the deals with the coupon are: in place, or on a page of its own."""
    coupon, named = coupons.find(g.partner.id, coupon_id), promoters.of(coupon_id)
    place = thing_pages.link(THING, str(coupon.id), coupon.written)
    form = PromoterForm(
        promoter=named.label if named else "", reward_percent=percent(named.reward_percent) if named else None
    )
    if form.validate_on_submit():
        with tried(form):
            uid = promoters.uid_of(g.partner.id, form.promoter.data or "")
            promoters.set_for(g.partner.id, coupon.id, uid, form.reward_percent.data)
            now = promoters.of(coupon.id)
            said = (
                say("Deals with {code} are {promoter}’s.", code=coupon.written, promoter=now.promoter) if now else None
            )
            nobodys = say("Deals with {code} are nobody’s, unless a link says otherwise.", code=coupon.written)
            return answers.done(place or request.path, said or nobodys)
    return form_page("coupons/coupon_promoters/edit.html", form, coupon=coupon, place=place)
