"""The terms of use: read by everybody, accepted by owners."""

from flask import g, render_template, request, url_for
from flask_login import current_user

from portal import clock
from portal.domain.accounts.partners import terms
from portal.domain.accounts.partners.terms_tables import TermsVersion
from portal.domain.sentences import say
from portal.web import answers


def present():
    """The version in force."""
    clock.use(0)
    return _page(terms.present())


def version(number: int):
    """A version by its number, old ones too."""
    clock.use(0)
    return _page(terms.version(number))


def accept():
    """An owner accepts the version in force for the partner, also from its test mode."""
    clock.use(0)
    number = request.form.get("number", type=int)
    terms.accept(g.partner.home_id, current_user.user_id, number)
    return answers.done(
        url_for("account.profile.show"), say("Version {number} of the terms of use is accepted.", number=number)
    )


def _page(shown: TermsVersion | None):
    return render_template("account/terms.html", shown=shown, versions=terms.versions())
