"""A promoter's promo codes: made, ended, and working again. Inside the promotion's page its card is shown anew."""

from flask import g, make_response, render_template, url_for

from portal.affiliate.promotions import pages
from portal.affiliate.promotions.forms import CodeForm
from portal.domain.affiliate.promotions import codes as promo_codes
from portal.domain.affiliate.promotions import promotions
from portal.domain.affiliate.promotions.tables import Promotion
from portal.domain.errors import Invalid, Refused
from portal.web import answers, inputs
from portal.web.forms import status, tried


def create(uid: str):
    """Make a code."""
    promotion, form = promotions.of_promoter(g.partner.id, uid), CodeForm()
    if form.validate_on_submit():
        with tried(form, Invalid, Refused):
            code = promo_codes.create(promotion, form.code.data, inputs.discount(form.percent_discounts.data))
            return _shown(promotion, f"The code {code.written} works.")
    if answers.is_fragment():
        return make_response(_card(promotion, form), status(form))
    return pages.promotion_page(promotion, form)


def activation(uid: str, code: str):
    """End a code, or have it work again."""
    promotion = promotions.of_promoter(g.partner.id, uid)
    own = promo_codes.own(promotion, code)
    if inputs.is_on("active"):
        promo_codes.resume(own)
        return _shown(promotion, f"The code {own.written} works again.")
    promo_codes.end(own, promotions.BY_PROMOTER)
    return _shown(promotion, f"The code {own.written} is ended. Deals that used it stay yours.")


def _shown(promotion: Promotion, said: str):
    place = url_for("promotions.show", uid=promotion.uid) + "#codes"
    return answers.saved_in_place(place, said, lambda: _card(promotion, CodeForm(formdata=None)))


def _card(promotion: Promotion, form: CodeForm) -> str:
    codes = promo_codes.of(promotion)
    return render_template(
        "affiliate/promotions/_codes.html", promotion=promotion, codes=codes, form=form, is_answer=True
    )
