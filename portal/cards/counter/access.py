"""Who may use the counter: whoever serves customers. Unlike the rest of the portal it speaks the cashier's language."""

from flask import g, request, session
from werkzeug import Response as AnyResponse

from portal.domain.accounts.roles import MAY_SERVE
from portal.domain.cards.counter import pins
from portal.routing import Access
from portal.web import guards, serving
from portal.web.serving import SERVES

KIND = "counter"
_CASHIERS = "/counter/cashiers"
SERVE = Access(KIND, MAY_SERVE)


def ask_who_serves(route) -> AnyResponse | None:
    """Whoever took over by a PIN serves for as long as it is theirs; then somebody else takes over."""
    serves = session.get(SERVES)
    g.serving = serves and pins.is_still(g.partner.home_id, *serves)
    if serves and g.serving is None and not request.path.startswith(_CASHIERS):
        return serving.leading(_CASHIERS)
    return None


def allow_the_camera(route) -> None:
    """It reads customers' codes here, and no other page of the portal may ask for it."""
    g.devices = "camera=(self), microphone=(), geolocation=()"


GUARDS = {
    KIND: (
        *(one for one in guards.GUARDS[guards.ROLE_KIND] if one is not guards.speak_whole),
        ask_who_serves,
        allow_the_camera,
    )
}
