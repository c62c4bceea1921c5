"""Whether the club may send a member news: a yes to its words, or a no, each with its day."""

from flask import g, request, url_for

from portal.domain.members.consents import messages
from portal.domain.members.tables import Member
from portal.domain.sentences import say
from portal.web import answers


def choose(club_slug: str):
    """Say yes to the words that stand beside the button, or no."""
    member = Member.get_by_id(g.member.member_id)
    here = url_for("club.details.show", club_slug=g.club.slug, _anchor="news")
    if request.form.get("on") == "yes":
        messages.agree(member)
        return answers.done(here, say("News may come from now on."))
    messages.withdraw(member)
    return answers.done(here, say("No news comes any more."))
