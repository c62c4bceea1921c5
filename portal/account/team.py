"""The team: who works for the partner, and as what. Owners change it; in test mode it is the live partner's."""

from flask import g, render_template, request, url_for
from flask_login import current_user

from portal.account import sentences
from portal.account.team_forms import RoleForm
from portal.domain.accounts.locations import lists as location_lists
from portal.domain.accounts.partners import lists as partner_queries
from portal.domain.accounts.roles import ROLE_WORDS, ROLES
from portal.domain.accounts.team import invitations
from portal.domain.accounts.team import team as people
from portal.domain.sentences import say
from portal.web import answers, teams
from portal.web.forms import form_page, tried


def index():
    """Who works here and since when; for owners, who is invited."""
    if g.partner.is_test:
        return render_template("account/team/test_mode.html")
    return render_template(
        "account/team/index.html",
        members=partner_queries.people_of(g.partner.id),
        invited=invitations.open_of(g.partner.id) if g.partner.may_own else [],
        state_of=invitations.state_of,
        roles=ROLES,
        columns=teams.columns(),
        posted=location_lists.names_by_membership(g.partner.id),
        sentences=sentences,
    )


def role(membership_id: int):
    """Give somebody another role."""
    member = people.member(g.partner.id, membership_id)
    form = RoleForm(role=member.role)
    if form.validate_on_submit():
        with tried(form):
            given = form.role.data, current_user.user_id, form.password.data or ""
            people.change_role(g.partner.id, membership_id, *given)
            return answers.done(
                _place(member),
                say("{name} is {role} from now on.", name=member.user.name, role=ROLE_WORDS[form.role.data]),
            )
    return form_page("account/team/role.html", form, member=member, sentences=sentences)


def removal(membership_id: int):
    """Ask, naming what is lost; then take somebody out of the team."""
    member = people.member(g.partner.id, membership_id)
    if request.method == "GET":
        left = people.left_behind(member)
        return render_template("account/team/removal.html", member=member, left=left, sentences=sentences)
    people.remove(g.partner.id, membership_id, current_user.user_id)
    return answers.done(
        _place(member), say("{name} no longer works for {partner}.", name=member.user.name, partner=g.partner.name)
    )


def _place(member) -> str:
    """The team, unless it was oneself who lost the right to see it."""
    return url_for("home.start" if member.user_id == current_user.user_id else "account.team.index")
