"""What a promoter may give customers: its standing discount and its promo codes, personal ones made by the merchant."""

from flask import g, make_response, render_template, request

from portal.affiliate import code_forms
from portal.affiliate import promoter_places as places
from portal.affiliate.promoters import pages, sentences, tabs
from portal.affiliate.promoters.forms import CodeForm, DiscountForm, HandingOnForm
from portal.domain.accounts.tables import Partner
from portal.domain.affiliate.promotions import code_limits, handing_on, promotions
from portal.domain.affiliate.promotions import codes as promo_codes
from portal.domain.affiliate.promotions import promoters as promoter_lists
from portal.domain.affiliate.promotions.tables import Promotion
from portal.domain.errors import Invalid, Refused
from portal.domain.sentences import say
from portal.web import answers, inputs
from portal.web.forms import form_page, status, tried


def discount(uid: str):
    """Set the standing discount, or take it away."""
    promotion = promotions.of_merchant(g.partner.id, uid)
    present = {"percent_discounts": inputs.percent(promotion.percent_discounts) or None}
    form = DiscountForm(data=present if request.method == "GET" else None)
    if form.validate_on_submit():
        with tried(form, Invalid):
            hundredths = inputs.discount(form.percent_discounts.data)
            promotions.set_discount(promotion, hundredths)
            return answers.done(places.catalog(promotion), sentences.discount(promotion.promoter.name, hundredths))
    return form_page("affiliate/promoters/discount.html", form, promotion=promotion, sentences=sentences)


def create(promoter: str):
    """Make a personal code for the promoter, in the catalog that was chosen."""
    found = promoter_lists.find(g.partner.id, promoter)
    its = promoter_lists.promotions_of(g.partner.id, found)
    form = CodeForm([one for one in its if promo_codes.may_be_made(one)])
    if form.validate_on_submit():
        with tried(form, Invalid, Refused):
            hundredths, promotion = inputs.discount(form.percent_discounts.data), _chosen(its, form)
            code = promo_codes.create(promotion, form.code.data, hundredths, is_personal=True, **form.limits())
            return _shown(
                found, say("The code {code} works. {name} sees it on its page.", code=code.written, name=found.name)
            )
    if answers.is_fragment():
        return make_response(_card(found, form), status(form))
    return pages.promoter_page(found, places.CODES, form)


def change(uid: str, code: str):
    """Give a personal code another end, or another limit."""
    promotion = promotions.of_merchant(g.partner.id, uid)
    found = promo_codes.personal(promotion, code)
    form = code_forms.shown(found)
    if form.validate_on_submit():
        with tried(form, Invalid):
            code_limits.change(found, **form.limits())
            return answers.done(_place(promotion.promoter), say("The code {code} is changed.", code=found.written))
    return form_page(
        "affiliate/promoters/code.html", form, promotion=promotion, code=found, place=_place(promotion.promoter)
    )


def hand_on(uid: str, code: str):
    """Choose who has the code of a promoter who has ended."""
    promotion, form = promotions.of_merchant(g.partner.id, uid), HandingOnForm()
    found, receivers = promo_codes.find(promotion, code), handing_on.receivers(promotion)
    form.promoter.choices = inputs.choices((one.uid, one.promoter.name) for one in receivers)
    if form.validate_on_submit():
        with tried(form, Refused):
            to = handing_on.hand_on(found, promotion.catalog, form.promoter.data)
            said = say(
                "The code {code} belongs to {promoter} now. Deals that it brought before stay where they are.",
                code=found.written,
                promoter=to.promoter.name,
            )
            return answers.done(_place(to.promoter), said)
    place = _place(promotion.promoter)
    return form_page("affiliate/promoters/handing_on.html", form, promotion=promotion, code=found, place=place)


def activation(uid: str, code: str):
    """End a code, or have it work again."""
    promotion = promotions.of_merchant(g.partner.id, uid)
    found = promo_codes.find(promotion, code)
    if inputs.is_on("active"):
        promo_codes.resume(found, promotions.BY_MERCHANT)
        return _shown(promotion.promoter, say("The code {code} works again.", code=found.written))
    promo_codes.end(found, promotions.BY_MERCHANT)
    return _shown(promotion.promoter, say("The code {code} is ended. Deals that used it keep it.", code=found.written))


def _chosen(its: list[Promotion], form: CodeForm) -> Promotion:
    return next(one for one in its if one.uid == form.catalog.data)


def _place(promoter: Partner) -> str:
    return places.tab(promoter.uuid, places.CODES) + "#codes"


def _shown(promoter: Partner, said: str):
    return answers.saved_in_place(_place(promoter), said, lambda: _card(promoter))


def _card(promoter: Partner, form: CodeForm | None = None) -> str:
    its = promoter_lists.promotions_of(g.partner.id, promoter)
    return render_template(
        "affiliate/promoters/tabs/_codes.html",
        promoter=promoter,
        its=its,
        is_answer=True,
        sentences=sentences,
        **tabs.codes(promoter, its, form),
    )
