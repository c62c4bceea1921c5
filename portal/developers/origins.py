"""Origins: the web pages whose scripts may ask the open parts of the API."""

from flask import g, url_for
from flask_wtf import FlaskForm

from portal.domain.accounts.origins import origins as rows
from portal.domain.sentences import say
from portal.web import answers
from portal.web.forms import form_page, tried
from portal.web.inputs import LinesField


class OriginsForm(FlaskForm):
    """One a line."""

    origins = LinesField(say("Websites, one on each line"))


def edit():
    """List them, and change the list."""
    form = OriginsForm(origins=rows.of_partner(g.partner.id))
    if form.validate_on_submit():
        with tried(form):
            rows.put(g.partner.row, form.origins.data or [])
            return answers.done(url_for("developers.origins.edit"), say("The websites were saved."))
    return form_page("developers/origins.html", form)
