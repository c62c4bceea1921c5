"""Signing in to a club: a mail address, then the code that was mailed to it.

Every answer is the same whether or not a member has the address: in its text, its status and its time.
"""

from flask import current_app, g, redirect, request, session, url_for

from portal.club.answers import with_form
from portal.club.forms import CodeForm, MailForm
from portal.domain.accounts.sign_ins.guesses import Counter
from portal.domain.cards.pushes.browsers import muting
from portal.domain.identifiers import digest
from portal.domain.members.sign_ins import codes, known, sign_ins
from portal.domain.members.sign_ins.tables import AskedCode
from portal.domain.sentences import say
from portal.web import answers, clubs, mailing, throttle
from portal.web.forms import tried
from portal.web.kept_answers import BROWSER

_TRIES, _WHILE = 10, 3600  # in one browser, of a hundred million; asking again gives no more of them


def begin(club_slug: str):
    """The mail address that the code goes to."""
    if g.member is not None:
        return redirect(place())
    form, known_as = MailForm(), known.member_of(clubs.kept(clubs.KNOWN) or "")
    counter = _asking(known_as)
    if form.validate_on_submit() and throttle.may_try(form, counter):
        with tried(form):
            key = codes.ask(
                g.club, form.mail.data, browser=clubs.kept(clubs.CODE), known_as=known_as, network=throttle.here()
            )
            clubs.keep(clubs.CODE, key)
            return redirect(_address("code"), 303)
        throttle.was_no_guess(counter)
    return with_form("club/sign_in.html", form, here=_address("begin"))


def code(club_slug: str):
    """The code that was mailed. Reading this page anew mails nothing."""
    if g.member is not None:
        return redirect(place())
    key, form = clubs.kept(clubs.CODE), CodeForm()
    asked = codes.newest(g.club.id, key)
    if asked is None or key is None:
        return answers.done(_address("begin"), say("That code has run out. Have another one mailed."), "info")
    if form.validate_on_submit() and throttle.may_try(form, tries_of(key), refused=too_many()):
        with tried(form):
            agent = request.user_agent.string
            came = codes.sign_in(g.club.id, key, asked.mail, form.code.data, request.remote_addr or "", agent)
            clubs.come_in(came)
            return answers.done(place(), say("You are signed in."))
    return with_form(
        "club/code.html", form, mail=asked.mail, minutes=codes.MINUTES, has_server=mailing.has_server(), shown=of_demo(asked),
        here=_address("code"), again=_address("begin"),
    )  # fmt: skip


def sign_out(club_slug: str):
    """End the sign-in of this browser; nothing of the member stays in it."""
    if g.member is not None:
        sign_ins.end_one(g.member.member_id, g.member.sign_in_id)
        if endpoint := request.form.get("endpoint"):
            muting.leave(g.member.member_id, endpoint)
    forget()
    return answers.done(url_for("club.start", club_slug=g.club.slug), say("You are signed out."))


def forget() -> None:
    """With the answer: this browser keeps neither the sign-in nor pages that answered the member's forms."""
    clubs.drop(clubs.SIGNED_IN)
    clubs.drop(clubs.CODE)
    session.pop(BROWSER, None)


def of_demo(asked: AskedCode) -> str | None:
    """The code itself where no mail leaves, in the demo world."""
    if not current_app.config["SETTINGS"].demo or mailing.has_server():
        return None
    return codes.shown(asked)


def _asking(known_as: int | None) -> Counter:
    """A browser that a member has come in with is not counted with strangers in the same network."""
    if known_as:
        return throttle.by_caller("code of a club in a known browser", str(known_as))
    return throttle.by_address("code of a club")


def place() -> str:
    """Where the member wanted to go, within the club."""
    start = url_for("club.start", club_slug=g.club.slug)
    wanted = request.args.get("next", "")
    is_inside = wanted.startswith(start) and "\\" not in wanted and wanted.isprintable()
    return wanted if is_inside else start


def _address(view: str) -> str:
    """Of a step of signing in, which keeps where the member wanted to go."""
    wanted = place() if request.args.get("next") else None
    return url_for(f"club.signing_in.{view}", club_slug=g.club.slug, next=wanted)


def tries_of(key: str) -> Counter:
    """Codes that are tried in the browser that keeps this."""
    return Counter("code of a club", f"{g.club.id} {digest(key)}", _TRIES, _WHILE)


def too_many() -> str:
    """What is said when there were too many."""
    return say("Too many codes were tried in this browser. Wait an hour, then have another code mailed.")
