"""Everybody who signs in: found, kept out, let in again, and helped when the password or the second factor is lost."""

from flask import render_template, request, url_for
from flask_login import current_user

from portal import clock
from portal.domain.accounts.people import disabling
from portal.domain.accounts.people import lists as people_queries
from portal.domain.accounts.sign_ins import password_resets, second_factor, sign_ins
from portal.domain.accounts.tables import User
from portal.domain.sentences import say
from portal.operator import listing, sentences
from portal.operator.forms import ProofForm
from portal.operator.listing import Listing
from portal.web import answers, mailing
from portal.web.addresses import place_asked
from portal.web.forms import form_page, tried

_STATES = {"operators": say("Operators"), "disabled": say("Disabled")}
_PEOPLE = Listing(say("People"), _STATES, say("Search by mail address or name"))


def index():
    """Every person, searched by mail or name."""
    clock.use(0)
    search, state = _PEOPLE.asked()
    page = people_queries.page(search, state, *place_asked())
    roles = people_queries.roles_of(page.rows)
    return listing.shown(
        "operator/list.html", "operator/_people.html", _PEOPLE, page, people_queries.count(),
        nothing=sentences.no_people(search), roles=roles,
    )  # fmt: skip


def show(user_id: int):
    """One person: for whom they work, and how they sign in."""
    clock.use(0)
    user = people_queries.person(user_id)
    return render_template(
        "operator/person.html",
        user=user,
        memberships=people_queries.memberships(user),
        second_factor_since=second_factor.since(user.id),
        sign_ins=sign_ins.open_of(user.id),
        sentences=sentences,
    )


def disable(user_id: int):
    """Ask, naming what is lost; then sign the person out everywhere."""
    clock.use(0)
    user = people_queries.person(user_id)
    if request.method == "GET":
        lost = sentences.lost_by_a_person(people_queries.owned_alone(user))
        return render_template("operator/disable.html", user=user, back=_place(user), lost=lost)
    disabling.disable(user)
    return answers.done(_place(user), say("{mail} is signed out everywhere and cannot sign in.", mail=user.mail))


def enable(user_id: int):
    """Let the person sign in again."""
    clock.use(0)
    user = people_queries.person(user_id)
    disabling.enable(user)
    return answers.done(_place(user), say("{mail} can sign in again.", mail=user.mail))


def send_reset(user_id: int):
    """Mail the person a link that sets a new password."""
    clock.use(0)
    user = people_queries.person(user_id)
    password_resets.send(user)
    sent = say("A link to set a new password is on its way to {mail}. It works for an hour.", mail=user.mail)
    return answers.done(_place(user), mailing.on_its_way(sent), mailing.tone())


def second_factor_removal(user_id: int):
    """Ask, naming what is lost; then remove the second factor, of which the person is told by mail."""
    clock.use(0)
    user, form = people_queries.person(user_id), ProofForm()
    if form.validate_on_submit():
        with tried(form):
            done = second_factor.remove(user, current_user.user_id, form.password.data)
            words = (
                say("{mail} signs in with the password alone.", mail=user.mail)
                if done
                else say("{mail} had no second factor.", mail=user.mail)
            )
            return answers.done(_place(user), words, "success" if done else "info")
    since = second_factor.since(user.id)
    return form_page("operator/second_factor_removal.html", form, user=user, since=since, back=_place(user))


def _place(user: User) -> str:
    return url_for("operator.people.show", user_id=user.id)
