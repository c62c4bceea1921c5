"""The password by which apps sign a member in: set, changed and removed by who has it, or is mailed a code."""

from flask import g, request, url_for

from portal.club.answers import with_form
from portal.club.forms import PasswordForm
from portal.club.signing_in import of_demo, too_many, tries_of
from portal.domain.accounts.sign_ins.guesses import Counter
from portal.domain.members import passwords
from portal.domain.members.passwords import Proof
from portal.domain.members.sign_ins import codes
from portal.domain.members.sign_ins.tables import AskedCode
from portal.domain.members.tables import Member
from portal.domain.sentences import say
from portal.web import answers, clubs, mailing, throttle
from portal.web.forms import tried

_TRIES, _WHILE = 10, 600


def edit(club_slug: str):
    """Set another one, or none. Whoever is signed in elsewhere is signed out."""
    member, asked, form = Member.get_by_id(g.member.member_id), _asked(), PasswordForm()
    if not form.validate_on_submit():
        return _page(form, member, asked)
    counter = (
        tries_of(clubs.kept(clubs.CODE) or "") if asked else Counter("own password", str(member.id), _TRIES, _WHILE)
    )
    if not throttle.may_try(form, counter, **({"refused": too_many()} if asked else {})):
        return _page(form, member, asked)
    new = None if form.removal.data and member.password_hash else form.password.data or ""
    with tried(form):
        came = passwords.change(
            member.id, new, _proof(form, asked), request.remote_addr or "", request.user_agent.string
        )
        throttle.was_no_guess(counter)
        clubs.come_in(came)
        said = say("Your password was removed.") if new is None else say("Your password is set.")
        return answers.done(url_for("club.details.show", club_slug=g.club.slug), said)
    return _page(form, member, asked)


def ask(club_slug: str):
    """Mail a code to the address that the member is signed in with."""
    form = PasswordForm()
    if form.validate_on_submit() and throttle.may_try(form, throttle.by_address("code of a club")):
        with tried(form):
            key = codes.ask(
                g.club,
                g.member.mail,
                browser=clubs.kept(clubs.CODE),
                known_as=g.member.member_id,
                network=throttle.here(),
            )
            clubs.keep(clubs.CODE, key)
            return answers.done(_here())
    return _page(form, Member.get_by_id(g.member.member_id), _asked())


def _asked() -> AskedCode | None:
    asked = codes.newest(g.club.id, clubs.kept(clubs.CODE))
    return asked if asked and asked.mail == g.member.mail else None


def _proof(form: PasswordForm, asked: AskedCode | None) -> Proof:
    if asked:
        return Proof(None, clubs.kept(clubs.CODE), form.code.data or "")
    return Proof(form.present.data or "")


def _page(form: PasswordForm, member: Member, asked: AskedCode | None):
    return with_form(
        "club/password.html", form, member=member, asked=asked, minutes=codes.MINUTES, has_server=mailing.has_server(),
        shown=of_demo(asked) if asked else None, here=_here(),
    )  # fmt: skip


def _here() -> str:
    return url_for("club.password.edit", club_slug=g.club.slug)
