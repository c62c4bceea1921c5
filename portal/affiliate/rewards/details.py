"""Payout details: everybody sees them, owners and managers change them, the account is changed by owners alone.

Whoever changes the account decides where the money goes, so it asks for the role that handles team and tokens, and for the
password once more, and their other sign-ins end.
"""

from flask import g, request, url_for
from flask_login import current_user

from portal.affiliate.rewards import sentences
from portal.affiliate.rewards.forms import DetailsForm, TermsForm
from portal.domain.affiliate.payouts import account_changes
from portal.domain.affiliate.payouts import details as payout_details
from portal.web import answers
from portal.web.forms import form_page, tried
from portal.web.signed_in import stay


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
        with tried(form):
            return answers.done(url_for("rewards.details.show"), sentences.kept(_keep(form)))
    return _page(form)


def _keep(form: TermsForm) -> bool:
    """Whether the account is another one."""
    if not isinstance(form, DetailsForm):
        payout_details.keep_terms(g.partner.id, form.given())
        return False
    proof = current_user.user_id, current_user.sign_in_id, form.password.data or "", form.account_seen.data or ""
    key = account_changes.change(g.partner.id, form.given(), *proof)
    if key:
        stay(key)
    return key is not None


def _form() -> TermsForm:
    kind = DetailsForm if g.partner.may_own else TermsForm
    return kind(g.partner.currency, payout_details.of(g.partner.id))


def _page(form: TermsForm, added: bool = False):
    details = payout_details.of(g.partner.id)
    return form_page("affiliate/rewards/details.html", form, details=details, added=added, sentences=sentences)
