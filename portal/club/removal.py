"""A member leaves the club for good: what is lost is named, then everything of theirs is taken away."""

from flask import current_app, g

from portal.club.answers import page, with_form
from portal.club.forms import RemovalForm
from portal.club.signing_in import forget
from portal.domain.errors import Invalid
from portal.domain.members import members
from portal.domain.members.sign_ins import sign_ins
from portal.domain.members.tables import Member
from portal.domain.sentences import say
from portal.domain.typed.mail_addresses import normal_mail
from portal.web.forms import tried


def ask(club_slug: str):
    """Ask, by naming what is lost, and erase whoever is signed in."""
    member_id, form = g.member.member_id, RemovalForm()
    lost = [sentence for part in current_app.extensions["clubs"] for sentence in part.losses(g.member)]
    if form.validate_on_submit():
        with tried(form):
            _refuse_another(form)
            members.erase(Member.get_by_id(member_id))
            sign_ins.end_all(member_id)
            forget()
            gone, g.member = g.member, None
            return page("club/goodbye.html", first_name=gone.first_name, lost=lost)
    return with_form("club/removal.html", form, lost=lost)


def _refuse_another(form: RemovalForm) -> None:
    if normal_mail(form.mail.data or "") != g.member.mail:
        raise Invalid("mail", say("Type {mail}, to show that you mean it.", mail=g.member.mail))
