"""Payout details: everybody sees them, owners and managers change them, the account is changed by owners alone.

Whoever changes the account decides where the money goes, so it asks for the role that handles team and tokens.
"""

from flask import g, make_response, render_template, request, url_for

from portal.affiliate.rewards.forms import DetailsForm, TermsForm
from portal.domain.affiliate.payouts import details as payout_details
from portal.domain.errors import DomainError
from portal.web import answers, forms


def show():
    """The details, in a form for those who may change them."""
    return _page(_form())


def keep():
    """Keep what was typed. A manager's form leaves the account as it is."""
    form = _form()
    if "add_minimum" in request.form:
        form.add_minimum(g.partner.currency)
        return _page(form, added=True)
    if form.validate_on_submit():
        try:
            verb = payout_details.keep if g.partner.may_own else payout_details.keep_terms
            verb(g.partner.id, form.given())
            return answers.done(
                url_for("rewards.details.show"), "The payout details are kept. Payouts from now on use them."
            )
        except DomainError as error:
            forms.take_errors(form, error)
    return _page(form)


def _form() -> TermsForm:
    kind = DetailsForm if g.partner.may_own else TermsForm
    return kind(g.partner.currency, payout_details.of(g.partner.id))


def _page(form: TermsForm, added: bool = False):
    details = payout_details.of(g.partner.id)
    page = render_template("affiliate/rewards/details.html", form=form, details=details, added=added)
    return make_response(page, 422 if form.errors else 200)
