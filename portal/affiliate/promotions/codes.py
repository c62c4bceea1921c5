"""A promoter's promo codes: made, ended, and working again. Inside the promotion's page its card is shown anew."""

from flask import g, make_response, render_template, url_for

from portal.affiliate import code_forms
from portal.affiliate.promotions import pages, sentences, tabs
from portal.affiliate.promotions.forms import CodeForm
from portal.domain.affiliate.promotions import code_limits, promotions
from portal.domain.affiliate.promotions import codes as promo_codes
from portal.domain.affiliate.promotions.tables import Promotion
from portal.domain.errors import Invalid, Refused
from portal.domain.sentences import say
from portal.web import answers, inputs
from portal.web.forms import form_page, status, tried


def create(uid: str):
    """Make a code."""
    promotion, form = promotions.of_promoter(g.partner.id, uid), CodeForm()
    if form.validate_on_submit():
        with tried(form, Invalid, Refused):
            code = promo_codes.create(
                promotion, form.code.data, inputs.discount(form.percent_discounts.data), **form.limits()
            )
            return _shown(promotion, say("The code {code} works.", code=code.written))
    if answers.is_fragment():
        return make_response(_card(promotion, form), status(form))
    return pages.promotion_page(promotion, code_form=form)


def change(uid: str, code: str):
    """Give a code another end, or another limit."""
    promotion = promotions.of_promoter(g.partner.id, uid)
    own = promo_codes.own(promotion, code)
    form = code_forms.shown(own)
    if form.validate_on_submit():
        with tried(form, Invalid):
            code_limits.change(own, **form.limits())
            place = url_for("promotions.show", uid=promotion.uid) + "#codes"
            return answers.done(place, say("The code {code} is changed.", code=own.written))
    return form_page("affiliate/promotions/code.html", form, promotion=promotion, code=own)


def activation(uid: str, code: str):
    """End a code, or have it work again."""
    promotion = promotions.of_promoter(g.partner.id, uid)
    own = promo_codes.own(promotion, code)
    if inputs.is_on("active"):
        promo_codes.resume(own, promotions.BY_PROMOTER)
        return _shown(promotion, say("The code {code} works again.", code=own.written))
    promo_codes.end(own, promotions.BY_PROMOTER)
    return _shown(promotion, say("The code {code} is ended. Deals that used it stay yours.", code=own.written))


def _shown(promotion: Promotion, said: str):
    place = url_for("promotions.show", uid=promotion.uid) + "#codes"
    return answers.saved_in_place(place, said, lambda: _card(promotion, CodeForm(formdata=None)))


def _card(promotion: Promotion, form: CodeForm) -> str:
    return render_template(
        "affiliate/promotions/_codes.html",
        promotion=promotion,
        form=form,
        sentences=sentences,
        is_answer=True,
        **tabs.codes(promotion),
    )
