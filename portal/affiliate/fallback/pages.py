"""Where a merchant sends whoever follows a dead link."""

from flask import current_app, g, url_for

from portal.affiliate.fallback.forms import FallbackForm
from portal.domain.affiliate.links import fallback
from portal.domain.sentences import say
from portal.web import answers
from portal.web.forms import form_page, tried


def edit():
    """Set the page, or take it away."""
    form = FallbackForm(url=fallback.of(g.partner.id))
    if form.validate_on_submit():
        with tried(form):
            page = fallback.set_page(g.partner.id, form.url.data, current_app.config["SETTINGS"].public_url)
            leads = say("Dead links lead to {page} from now on.", page=page)
            said = leads if page else say("Dead links say that they lead nowhere.")
            return answers.done(url_for("catalogs.index"), said)
    return form_page("affiliate/fallback/form.html", form)
