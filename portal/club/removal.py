"""A member leaves the club for good: what is lost is named, then everything of theirs is taken away."""

from flask import current_app, g, url_for

from portal.club.answers import with_form
from portal.club.forms import RemovalForm
from portal.club.signing_in import forget
from portal.domain.errors import Invalid
from portal.domain.members import members
from portal.domain.members.sign_ins import sign_ins
from portal.domain.members.tables import Member
from portal.domain.sentences import say
from portal.domain.typed.mail_addresses import normal_mail
from portal.web import answers
from portal.web.forms import tried


def ask(club_slug: str):
    """Ask, by naming what is lost, and erase whoever is signed in."""
    member_id, form = g.member.member_id, RemovalForm()
    if form.validate_on_submit():
        with tried(form):
            _refuse_another(form)
            members.erase(Member.get_by_id(member_id))
            sign_ins.end_all(member_id)
            forget()
            return answers.done(url_for("club.start", club_slug=g.club.slug), say("You are no member any more."))
    lost = [sentence for part in current_app.extensions["clubs"] for sentence in part.losses(g.member)]
    return with_form("club/removal.html", form, lost=lost)


def _refuse_another(form: RemovalForm) -> None:
    if normal_mail(form.mail.data or "") != g.member.mail:
        raise Invalid("mail", say("Type {mail}, to show that you mean it.", mail=g.member.mail))
