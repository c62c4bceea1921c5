"""The start page of a partner's club: what a member has, or what a guest can get."""

from flask import current_app, g
from markupsafe import Markup

from portal import clock
from portal.club.answers import page


def start(club_slug: str):
    """The club, and what the areas show of it."""
    parts = current_app.extensions["clubs"]
    ordered = parts if g.member else sorted(parts, key=lambda part: not part.first_for_guests)
    drawn = [Markup(part.draw(g.club, g.member)) for part in ordered if part.is_there(g.club.id)]  # noqa: S704 - drawn by templates
    return page("club/start.html", parts=drawn, banned_until=_banned_until())


def _banned_until():
    ends = g.member and g.member.banned_until and clock.from_micros(g.member.banned_until)
    return None if clock.has_passed(ends) else ends
