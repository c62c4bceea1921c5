"""Apps in which a member is signed in."""

from flask import g, url_for

from portal.domain.members.oauth import chains
from portal.domain.sentences import say
from portal.web import answers


def end(club_slug: str, chain_id: int):
    """Sign out of one of them."""
    chains.end_one(g.member.member_id, chain_id)
    return answers.done(url_for("club.details.show", club_slug=g.club.slug), say("The app speaks for you no more."))
