"""The page of the club: its address to pass on, what stands behind it now, and what holds for all of its offers."""

from flask import current_app, g, render_template, url_for
from flask_wtf import FlaskForm
from wtforms import SelectField

from portal.domain.member_offers.terms import overview, settings
from portal.domain.sentences import say
from portal.member_offers.member_terms.wording import lasts, seconds_to_choose
from portal.web import answers, qr
from portal.web.forms import tried
from portal.web.inputs import choices


class UseForm(FlaskForm):
    """How long a use is shown where an offer says nothing else."""

    active_seconds = SelectField(say("How long a use is shown"), coerce=int)


def show():
    """Where members find the club, and what they see there."""
    address = address_of()
    return render_template(
        "member_offers/club_page/show.html",
        address=address,
        code=qr.drawn(address),
        is_there=any(part.is_there(g.partner.id) for part in current_app.extensions["clubs"]),
        overview=overview.of(g.partner.id),
        form=_form(),
        lasts=lasts(settings.active_seconds(g.partner.id)),
    )


def uses():
    """Change how long a use is shown."""
    form = _form()
    if form.validate_on_submit():
        with tried(form):
            settings.set_active_seconds(g.partner.id, form.active_seconds.data)
    said = say("A use is shown for {time}.", time=lasts(settings.active_seconds(g.partner.id)))
    unknown = say("Choose one of the times.")
    return answers.done(
        url_for("club_page.show"), unknown if form.errors else said, "danger" if form.errors else "success"
    )


def address_of() -> str:
    """The whole address of the club's first page."""
    return current_app.config["SETTINGS"].public_url + url_for("club.start", club_slug=g.partner.slug)


def _form() -> UseForm:
    present = settings.active_seconds(g.partner.id)
    form = UseForm(data={"active_seconds": present})
    form.active_seconds.choices = choices((str(one), lasts(one)) for one in seconds_to_choose(present))
    return form
