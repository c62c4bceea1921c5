"""The start page of a partner's club: what a member has, or what a guest can get."""

from flask import current_app, g
from markupsafe import Markup

from portal.club.answers import page


def start(club_slug: str):
    """The club, and what the areas show of it."""
    parts = [part.draw(g.club, g.member) for part in current_app.extensions["clubs"] if part.is_there(g.club.id)]
    return page("club/start.html", parts=[Markup(part) for part in parts])  # noqa: S704 - drawn by templates
