"""What a promoter may give customers: its standing discount and its promo codes, personal ones made by the merchant."""

from flask import g, make_response, render_template, url_for

from portal.affiliate.promoters import pages, sentences
from portal.affiliate.promoters.forms import CodeForm, DiscountForm
from portal.domain.affiliate.promotions import codes as promo_codes
from portal.domain.affiliate.promotions import promotions
from portal.domain.affiliate.promotions.tables import Promotion
from portal.domain.errors import Invalid, Refused
from portal.web import answers, inputs
from portal.web.forms import status, tried


def discount(uid: str):
    """Set the standing discount, or take it away."""
    promotion, form = promotions.of_merchant(g.partner.id, uid), DiscountForm()
    if form.validate_on_submit():
        with tried(form, Invalid):
            hundredths = inputs.discount(form.percent_discounts.data)
            promotions.set_discount(promotion, hundredths)
            return answers.done(_place(promotion), sentences.discount(promotion.promoter.name, hundredths))
    return pages.promoter_page(promotion, discount_form=form)


def create(uid: str):
    """Make a personal code for the promoter."""
    promotion, form = promotions.of_merchant(g.partner.id, uid), CodeForm()
    if form.validate_on_submit():
        with tried(form, Invalid, Refused):
            hundredths = inputs.discount(form.percent_discounts.data)
            code = promo_codes.create(promotion, form.code.data, hundredths, is_personal=True)
            return _shown(promotion, f"The code {code.written} works. {promotion.promoter.name} sees it on its page.")
    if answers.is_fragment():
        return make_response(_card(promotion, form), status(form))
    return pages.promoter_page(promotion, form)


def activation(uid: str, code: str):
    """End a code, or have it work again."""
    promotion = promotions.of_merchant(g.partner.id, uid)
    found = promo_codes.find(promotion, code)
    if inputs.is_on("active"):
        promo_codes.resume(found)
        return _shown(promotion, f"The code {found.written} works again.")
    promo_codes.end(found, promotions.BY_MERCHANT)
    return _shown(promotion, f"The code {found.written} is ended. Deals that used it keep it.")


def _place(promotion: Promotion) -> str:
    return url_for("promoters.show", uid=promotion.uid)


def _shown(promotion: Promotion, said: str):
    place = _place(promotion) + "#codes"
    return answers.saved_in_place(place, said, lambda: _card(promotion, CodeForm(formdata=None)))


def _card(promotion: Promotion, form: CodeForm) -> str:
    return render_template(
        "affiliate/promoters/_codes.html",
        promotion=promotion,
        catalog=promotion.catalog,
        codes=promo_codes.of(promotion),
        form=form,
        is_answer=True,
        sentences=sentences,
    )
