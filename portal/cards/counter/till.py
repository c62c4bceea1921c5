"""The till that a phone is: who serves there, and where. The place is remembered by the browser."""

from functools import cached_property

from flask import current_app, g, request
from werkzeug import Response

from portal.domain.accounts.locations import lists
from portal.domain.accounts.locations.tables import Location
from portal.domain.cards.counter import attributions

_COOKIE = "counter-place"
_NOWHERE = "nowhere"
_LASTS = 400 * 86_400  # As long as browsers keep a cookie.


class Till:
    """What a page of the counter knows of its phone."""

    @property
    def is_taken_over(self) -> bool:
        """Whether somebody serves by their PIN, where somebody else may have signed in."""
        return g.serving is not None

    @property
    def cashier_id(self) -> int:
        """Whoever serves: what is booked is booked as theirs."""
        return g.serving.user_id if g.serving else g.person.user_id

    @property
    def cashier(self) -> str:
        """What they are called."""
        return g.serving.name if g.serving else g.person.name

    @property
    def proof(self) -> str:
        """What proves later that they served: what the phone keeps meanwhile is booked as theirs."""
        return attributions.proof_of(g.partner.id, self.cashier_id)

    @cached_property
    def places(self) -> list[Location]:
        """Where they may serve."""
        return lists.of_person(g.partner.id, g.partner.home_id, self.cashier_id)

    @cached_property
    def place(self) -> Location | None:
        """Where the phone stands: what was chosen, or the only place there is."""
        chosen = request.cookies.get(_COOKIE)
        found = next((place for place in self.places if place.uuid == chosen), None)
        return found or (self.places[0] if len(self.places) == 1 else None)

    @property
    def asks_where(self) -> bool:
        """Whether nobody has said yet where it stands."""
        return self.place is None and bool(self.places) and request.cookies.get(_COOKIE) != _NOWHERE


def remember(response: Response, place: Location | None) -> None:
    """Keep in this browser where it stands."""
    response.set_cookie(
        _COOKIE, place.uuid if place else _NOWHERE, max_age=_LASTS, path="/counter", httponly=True, samesite="Lax",
        secure=current_app.config["SESSION_COOKIE_SECURE"],
    )  # fmt: skip
