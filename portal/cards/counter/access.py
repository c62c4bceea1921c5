"""Who may use the counter: whoever serves customers. Unlike the rest of the portal it speaks the cashier's language."""

from flask import g

from portal.domain.accounts.roles import MAY_SERVE
from portal.routing import Access
from portal.web import guards

KIND = "counter"
SERVE = Access(KIND, MAY_SERVE)


def allow_the_camera(route) -> None:
    """It reads customers' codes here, and no other page of the portal may ask for it."""
    g.devices = "camera=(self), microphone=(), geolocation=()"


GUARDS = {KIND: (*(one for one in guards.GUARDS[guards.ROLE_KIND] if one is not guards.speak_whole), allow_the_camera)}
