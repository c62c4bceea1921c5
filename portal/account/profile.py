"""The partner's own settings, and the terms of use that it accepted. Owners edit."""

from flask import current_app, g, render_template, url_for

from portal import clock
from portal.account import pickers, sentences
from portal.account.profile_forms import SettingsForm
from portal.domain.accounts.partners import profile, terms
from portal.domain.sentences import say
from portal.web import answers
from portal.web.forms import form_page, tried


def show():
    """The settings as they are, by the wall's clock."""
    clock.use(0)
    accepted = terms.accepted(g.partner.home_id)
    return render_template("account/partner/show.html", partner=g.partner.row, accepted=accepted, sentences=sentences)


def edit():
    """Change them."""
    if g.partner.is_test:
        words = say("Test mode has the settings of its partner. Leave test mode to change them.")
        return answers.done(_place(), words, "warning")
    partner = g.partner.row
    form = SettingsForm(
        name=partner.name,
        logo=_address(partner.logo),
        time_zone=partner.time_zone,
        currency=partner.currency,
        language=partner.language or "",
    )
    if form.validate_on_submit():
        with tried(form):
            profile.change(
                partner,
                form.name.data,
                form.time_zone.data,
                form.currency.data,
                _key(form.logo.data),
                form.language.data,
            )
            return answers.done(_place(), say("The settings are saved."))
    return form_page("account/partner/edit.html", form, **pickers.offered(form))


def _place() -> str:
    return url_for("account.profile.show")


def _address(key: str | None) -> str | None:
    return key and current_app.config["SETTINGS"].public_url + url_for("pictures.picture", key=key)


def _key(address: str | None) -> str | None:
    """The key of a picture here, from its address; whatever else was typed stays as it is, and is refused."""
    ours = current_app.config["SETTINGS"].public_url + url_for("pictures.pictures") + "/"
    return (address or "").strip().removeprefix(ours) or None
