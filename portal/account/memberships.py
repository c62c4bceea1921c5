"""The partners that one works for: choosing one, leaving one, and founding another. By the wall's clock."""

from flask import current_app, g, render_template, request, url_for
from flask_login import current_user

from portal import clock
from portal.account import sentences
from portal.account.answers import plain
from portal.account.profile_forms import FoundForm
from portal.domain.accounts.partners import terms
from portal.domain.accounts.sign_ins import sign_ins
from portal.domain.accounts.team import memberships as rows
from portal.domain.accounts.team import team
from portal.domain.sentences import say
from portal.web import answers, pickers, throttle
from portal.web.forms import tried


def index():
    """Every partner of the person, with their role."""
    clock.use(0)
    memberships = rows.of(current_user.user_id)
    return render_template("account/memberships/index.html", memberships=memberships, sentences=sentences)


def found():
    """Found one more partner, and act for it."""
    clock.use(0)
    settings, acting = current_app.config["SETTINGS"], g.partner
    form = FoundForm(
        time_zone=acting.time_zone if acting else settings.time_zone, currency=acting.currency if acting else "USD"
    )
    present = terms.present_number()
    if form.validate_on_submit() and throttle.may_try(form, throttle.by_person("found")):
        with tried(form):
            partner = rows.found(
                current_user.user_id, form.name.data, form.time_zone.data, form.currency.data,
                confirmed=settings.confirm_partners, accepted_terms=form.terms.data if present else None,
            )  # fmt: skip
            sign_ins.act_for(current_user.sign_in_id, current_user.user_id, partner.id)
            return answers.done(
                url_for("home.start"), say("{name} is there, and you work for it now.", name=partner.name)
            )
        throttle.was_no_guess(throttle.by_person("found"))
    return plain("account/memberships/found.html", form, terms=present, **pickers.offered(form))


def leaving(membership_id: int):
    """Ask, naming what is lost; then leave a partner."""
    clock.use(0)
    membership = rows.own(current_user.user_id, membership_id)
    if request.method == "GET":
        return render_template(
            "account/memberships/leaving.html",
            membership=membership,
            left=team.left_behind(membership),
            is_last_owner=team.is_last_owner(membership),
            sentences=sentences,
        )
    team.leave(membership.partner_id, current_user.user_id)
    return answers.done(
        url_for("account.memberships.index"), say("You no longer work for {name}.", name=membership.partner.name)
    )
