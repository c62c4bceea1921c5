"""The terms of use as the operator publishes them."""

from flask import url_for
from flask_login import current_user
from flask_wtf import FlaskForm
from wtforms import TextAreaField

from portal import clock
from portal.domain.accounts.partners import lists as partner_queries
from portal.domain.accounts.partners import terms
from portal.domain.sentences import say
from portal.operator import sentences
from portal.web import answers
from portal.web.forms import form_page, tried


class TermsForm(FlaskForm):
    """A new version."""

    text = TextAreaField(say("Text"))


def versions():
    """Every version with how many accepted it, and a new one to publish, which begins as the present one."""
    clock.use(0)
    now = terms.present()
    form = TermsForm(text=now.text if now else None)
    if form.validate_on_submit():
        with tried(form):
            published = terms.publish(form.text.data, current_user.user_id)
            return answers.done(
                url_for("operator.terms.versions"), say("Version {number} is in force.", number=published.number)
            )
    return form_page(
        "operator/terms.html", form, versions=terms.versions(), accepted=terms.acceptances(),
        partners=partner_queries.count(), following=(now.number if now else 0) + 1, sentences=sentences,
    )  # fmt: skip
