"""Who may open the page to which apps send members: everybody, at whatever club it names.

One that there is not is an app's mistake like a client that there is not: the member is told so, alike.
"""

from flask import Response

from portal.domain.errors import NotFound
from portal.domain.sentences import say
from portal.routing import CLUB_KIND, Access
from portal.web import clubs, guards
from portal.web.errors import error_page

OF_APPS = Access("club of an app")


def know_the_club(route) -> Response | None:
    """The club that the address names, or what the member is told where it names none."""
    try:
        clubs.know_the_club(route)
    except NotFound:
        text = say("The link that brought you here names no club. You were not sent on.")
        return error_page(400, say("This app cannot sign you in"), text)
    return None


GUARDS = {OF_APPS.kind: tuple(know_the_club if one is clubs.know_the_club else one for one in guards.GUARDS[CLUB_KIND])}
