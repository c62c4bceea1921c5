"""All that a club knows of a member, as a file for the member."""

from flask import Response, g

from portal.cards.customers import handing_out
from portal.domain.members.tables import Member
from portal.web.answers import secret


def show(club_slug: str):
    """The file, in the shapes of the API."""
    response = Response(handing_out.written(Member.get_by_id(g.member.member_id)), mimetype="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="{g.club.slug}-me.json"'
    return secret(response)
