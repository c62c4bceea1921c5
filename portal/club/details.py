"""What a member sees and changes of themselves, and the browsers in which they are signed in."""

from flask import g, redirect, request, url_for

from portal.club.answers import with_form
from portal.club.forms import DetailsForm
from portal.club.signing_in import forget, place
from portal.domain.accounts.sign_ins.guesses import Counter
from portal.domain.cards.cards import holders_own
from portal.domain.cards.pushes.browsers import muting
from portal.domain.errors import Invalid, Taken
from portal.domain.members import members
from portal.domain.members.consents import messages
from portal.domain.members.oauth import chains
from portal.domain.members.sign_ins import sign_ins
from portal.domain.members.tables import Member
from portal.domain.sentences import say
from portal.web import agents, answers, readers, throttle
from portal.web.forms import tried

_PHONES, _WHILE = 5, 3600  # that one member may have kept for them in an hour


def show(club_slug: str):
    """Name and language, which the member changes; how the club reaches them; where they are signed in."""
    member = Member.get_by_id(g.member.member_id)
    form = DetailsForm(data=_known(member))
    if form.validate_on_submit() and _may_try(form, member):
        with tried(form):
            _change(member, form)
            return answers.done(_here(), say("Saved."))
    return with_form(
        "club/details.html",
        form,
        member=member,
        sign_ins=sign_ins.open_of(member.id),
        named=agents.named,
        apps=chains.open_of(member.id),
        words=messages.sentence(g.club),
        given=messages.given(member),
    )


def end_one(club_slug: str, sign_in_id: int):
    """End one of the member's sign-ins; ending the present one is signing out. Which browser shows news there is not known: none does,
    until a card is opened in it."""
    sign_ins.end_one(g.member.member_id, sign_in_id)
    muting.leave(g.member.member_id, None)
    return answers.done(_here(), say("That sign-in has ended."))


def end_all(club_slug: str):
    """Sign out everywhere; no browser shows the member's news any more."""
    sign_ins.end_all(g.member.member_id)
    muting.leave(g.member.member_id, None)
    forget()
    return answers.done(url_for("club.start", club_slug=g.club.slug), say("You are signed out everywhere."))


def speak(club_slug: str):
    """The switch beneath a page: what the member reads the club in from now on, in every browser."""
    members.choose_language(g.member.member_id, readers.known(request.form.get("language")))
    return redirect(place(), 303)


def _known(member: Member) -> dict[str, str]:
    kept = {"first_name": member.first_name, "surname": member.surname, "phone": member.phone_typed}
    return {name: value or "" for name, value in {**kept, "language": member.language}.items()}


def _may_try(form: DetailsForm, member: Member) -> bool:
    """Phones are counted: whoever tries many wants to know whose they are."""
    if (form.phone.data or "").strip() == (member.phone_typed or ""):
        return True
    return throttle.may_try(form, Counter("phones of a member", str(member.id), _PHONES, _WHILE))


def _change(member: Member, form: DetailsForm) -> None:
    """Raises Invalid; that a phone is another member's is not told, for it is theirs."""
    given = {"first_name": form.first_name.data, "surname": form.surname.data, "phone": form.phone.data or None}
    if form.date_of_birth.data:
        given["date_of_birth"] = form.date_of_birth.data
    try:
        holders_own.change(member, given)
    except Taken:
        sentence = say("This number cannot be kept for you. Ask {club} about it.", club=g.club.club_called)
        raise Invalid("phone", sentence) from None
    members.choose_language(member.id, form.language.data)


def _here() -> str:
    return url_for("club.details.show", club_slug=g.club.slug)
