"""Another mail address of a member: it is typed, then proved by the code that comes to it; who asks is proved, too."""

from flask import g, request, url_for

from portal.club.answers import with_form
from portal.club.forms import MovedForm, NewMailForm
from portal.club.signing_in import of_demo, too_many, tries_of
from portal.domain.accounts.sign_ins.guesses import Counter
from portal.domain.members.passwords import Proof
from portal.domain.members.sign_ins import codes, moves
from portal.domain.members.sign_ins.tables import AskedCode
from portal.domain.members.tables import Member
from portal.domain.sentences import say
from portal.web import answers, clubs, mailing, throttle
from portal.web.forms import tried

_MOST, _WHILE = 5, 3600  # addresses that one member has codes mailed to


def begin(club_slug: str):
    """The new address."""
    member, form = Member.get_by_id(g.member.member_id), NewMailForm()
    counter = Counter("mail addresses of a member", str(member.id), _MOST, _WHILE)
    if form.validate_on_submit() and throttle.may_try(form, counter):
        with tried(form):
            key = moves.ask(
                g.club, member, form.mail.data or "", browser=clubs.kept(clubs.CODE), network=throttle.here()
            )
            clubs.keep(clubs.CODE, key)
            return answers.done(_address("code"))
    return with_form("club/mail.html", form, member=member, here=_address("begin"))


def code(club_slug: str):
    """The code that was mailed to it, and the password, or the code that was mailed to the present one."""
    member, form = Member.get_by_id(g.member.member_id), MovedForm()
    key = clubs.kept(clubs.CODE) or ""
    asked = codes.newest(g.club.id, key, member.id)
    if asked is None:
        return answers.done(_address("begin"), say("That code has run out. Have another one mailed."), "info")
    if form.validate_on_submit() and throttle.may_try(form, tries_of(key), refused=too_many()):
        with tried(form):
            came = moves.move(
                member.id, asked.mail, form.code.data or "", _proof(member, form, key), key, request.remote_addr or "",
                request.user_agent.string,
            )  # fmt: skip
            clubs.come_in(came)
            said = say("From now on you sign in as {mail}.", mail=asked.mail)
            return answers.done(url_for("club.details.show", club_slug=g.club.slug), said)
    return _page(form, member, asked, codes.newest(g.club.id, key))


def _page(form: MovedForm, member: Member, asked: AskedCode, present: AskedCode | None):
    form.code.label.text = say("Code mailed to {mail}", mail=asked.mail)
    form.present_code.label.text = say("Code mailed to {mail}", mail=member.mail)
    return with_form(
        "club/mail_code.html", form, member=member, asked=asked, minutes=codes.MINUTES, has_server=mailing.has_server(),
        shown=of_demo(asked), shown_present=of_demo(present) if present and not member.password_hash else None,
        here=_address("code"), again=_address("begin"),
    )  # fmt: skip


def _proof(member: Member, form: MovedForm, key: str) -> Proof:
    if member.password_hash:
        return Proof(form.present.data or "")
    return Proof(None, key, form.present_code.data or "")


def _address(view: str) -> str:
    return url_for(f"club.mail.{view}", club_slug=g.club.slug)
