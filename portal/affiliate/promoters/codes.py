"""What a promoter may give customers: its standing discount and its promo codes, personal ones made by the merchant."""

from flask import g, make_response, render_template, url_for

from portal.affiliate import code_forms
from portal.affiliate import sentences as said
from portal.affiliate.promoters import pages, sentences
from portal.affiliate.promoters.forms import CodeForm, DiscountForm, HandingOnForm
from portal.domain.affiliate.catalogs import lists as catalog_lists
from portal.domain.affiliate.promotions import code_limits, handing_on, promotions
from portal.domain.affiliate.promotions import codes as promo_codes
from portal.domain.affiliate.promotions.tables import Promotion
from portal.domain.errors import Invalid, Refused
from portal.web import answers, inputs
from portal.web.forms import form_page, status, tried


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
            code = promo_codes.create(promotion, form.code.data, hundredths, is_personal=True, **form.limits())
            return _shown(promotion, f"The code {code.written} works. {promotion.promoter.name} sees it on its page.")
    if answers.is_fragment():
        return make_response(_card(promotion, form), status(form))
    return pages.promoter_page(promotion, form)


def change(uid: str, code: str):
    """Give a personal code another end, or another limit."""
    promotion = promotions.of_merchant(g.partner.id, uid)
    found = promo_codes.personal(promotion, code)
    form = code_forms.shown(found)
    if form.validate_on_submit():
        with tried(form, Invalid):
            code_limits.change(found, **form.limits())
            return answers.done(_place(promotion) + "#codes", f"The code {found.written} is changed.")
    return form_page("affiliate/promoters/code.html", form, promotion=promotion, code=found)


def hand_on(uid: str, code: str):
    """Choose who has the code of a promoter who has ended."""
    promotion, form = promotions.of_merchant(g.partner.id, uid), HandingOnForm()
    found, receivers = promo_codes.find(promotion, code), handing_on.receivers(promotion)
    form.promoter.choices = inputs.choices((one.uid, one.promoter.name) for one in receivers)
    if form.validate_on_submit():
        with tried(form, Refused):
            to = handing_on.hand_on(found, promotion.catalog, form.promoter.data)
            said = f"The code {found.written} is {to.promoter.name}’s now. Deals that it brought before stay where they are."
            return answers.done(_place(to) + "#codes", said)
    return form_page("affiliate/promoters/handing_on.html", form, promotion=promotion, code=found)


def activation(uid: str, code: str):
    """End a code, or have it work again."""
    promotion = promotions.of_merchant(g.partner.id, uid)
    found = promo_codes.find(promotion, code)
    if inputs.is_on("active"):
        promo_codes.resume(found, promotions.BY_MERCHANT)
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
        codes_lack=said.codes_lack(catalog_lists.offers_of(promotion.catalog)),
        form=form,
        is_answer=True,
        sentences=sentences,
    )
