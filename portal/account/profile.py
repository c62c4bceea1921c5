"""The partner's own settings, and the terms of use that it accepted. Owners edit."""

from flask import g, render_template, request, url_for

from portal import clock
from portal.account import sentences
from portal.account.profile_forms import SettingsForm
from portal.domain.accounts.partners import profile, terms
from portal.domain.offers.names import COUNTRY_NAMES
from portal.domain.sentences import say
from portal.web import answers, pickers, picture_uploads
from portal.web.forms import form_page, tried


def show():
    """The settings as they are, by the wall's clock."""
    clock.use(0)
    accepted = terms.accepted(g.partner.home_id)
    country = COUNTRY_NAMES.get(g.partner.row.country or "") or say("As the time zone tells")
    return render_template(
        "account/partner/show.html", partner=g.partner.row, accepted=accepted, sentences=sentences, country=country
    )


def edit():
    """Change them, or the one of them that the address names."""
    if g.partner.is_test:
        words = say("Test mode has the settings of its partner. Leave test mode to change them.")
        return answers.done(_place(), words, "warning")
    partner, only = g.partner.row, request.args.get("only")
    asked = [only] if only in profile.FIELDS else profile.FIELDS
    logo = partner.logo and picture_uploads.address(partner.logo)
    form = SettingsForm(data={**{name: getattr(partner, name) or "" for name in asked}, "logo": logo})
    for name in set(profile.FIELDS) - set(asked):
        del form[name]
    if form.validate_on_submit():
        with tried(form):
            given = {name: form[name].data for name in asked}
            profile.change(
                partner, given | ({"logo": picture_uploads.key_of(form.logo.data)} if "logo" in given else {})
            )
            return answers.done(_place(), say("The settings are saved."))
    return form_page("account/partner/edit.html", form, only=only, **pickers.offered(form))


def _place() -> str:
    return url_for("account.profile.show")
