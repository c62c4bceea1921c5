"""What every page is given: who is signed in, the navigation, and the error pages of plain HTTP."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial

from flask import Flask, current_app, g, request
from markupsafe import Markup
from werkzeug.exceptions import HTTPException

from portal import web
from portal.assets import drawn_icon
from portal.domain.accounts import people
from portal.domain.accounts.roles import MAY_EDIT, MAY_OWN, MAY_VIEW, ROLES
from portal.domain.affiliate import promoter_lists
from portal.drawing import address

_SENTENCES = {
    400: ("This request cannot be read", "Something in it is not valid. Go back and try again."),
    404: ("There is nothing here", "It was removed, or it belongs to another partner. Check the address."),
    405: ("This address does not take that", "Go back and use the page's own buttons."),
    413: ("That is too large", "Send a file of at most 5 MiB."),
}


@dataclass(frozen=True)
class Place:
    """An entry of the navigation: the roles that see it, and the beginnings of the addresses that belong to it."""

    label: str
    endpoint: str
    icon: str
    group: str | None
    seen_by: frozenset
    begins: tuple[str, ...]
    count: Callable[[int], int] | None = None  # how many wait there for somebody to decide, of a partner


NAVIGATION = [
    Place("Start", "home.start", "house", None, frozenset(ROLES), ()),
    Place("Catalogs", "catalogs.index", "library", "Sell", MAY_VIEW, ("/catalogs",)),
    Place("Promoters", "promoters.index", "users", "Sell", MAY_VIEW, ("/promoters",), promoter_lists.waiting),
    Place("Deals", "deals.index", "handshake", "Sell", MAY_VIEW, ("/deals",)),
    Place("Payouts", "payouts.index", "banknote", "Sell", MAY_VIEW, ("/payouts",)),
    Place("Marketplace", "marketplace.index", "store", "Promote", MAY_VIEW, ("/marketplace",)),
    Place("Promotions", "promotions.index", "waypoints", "Promote", MAY_VIEW, ("/promotions",)),
    Place("Rewards", "rewards.index", "coins", "Promote", MAY_VIEW, ("/rewards",)),
    Place("API tokens", "developers.tokens", "key-round", "Developers", MAY_OWN, ("/developers/tokens",)),
    Place("API reference", "reference.docs", "book-open", "Developers", MAY_VIEW, ("/api/docs",)),
    Place("Team", "account.team.index", "users", "Account", frozenset(ROLES), ("/account/team",)),
    Place("Activity", "activity.index", "activity", "Account", MAY_EDIT, ("/account/activity",)),
    Place("Settings", "account.profile.show", "settings", "Account", MAY_VIEW, ("/account/partner",)),
]
OPERATOR_PLACES = [
    Place("Partners", "operator.partners", "building-2", "Installation", frozenset(), ("/operator/partners",)),
    Place("People", "operator.people.index", "users", "Installation", frozenset(), ("/operator/people",)),
    Place("Terms of use", "operator.terms.versions", "scroll-text", "Installation", frozenset(), ("/operator/terms",)),
    Place("Mail", "operator.mail.index", "mail", "Installation", frozenset(), ("/operator/mail",)),
]

PERSON_PLACES = [
    ("Your details", "account.details.edit", "circle-user"),
    ("Your partners", "account.memberships.index", "building-2"),
    ("Your sign-ins", "account.security.sign_ins", "shield-check"),
    ("Change the password", "account.security.password", "lock"),
    ("Second factor", "account.second_factor.show", "smartphone"),
    ("Notifications", "account.notifications.index", "bell"),
]


@dataclass(frozen=True)
class Link:
    """A place as the layout shows it: its link still open, for a count to follow."""

    drawn: Markup
    group: str | None
    count: Callable[[], int] | None = None  # asked for only where the menu is drawn


def install(app: Flask) -> None:
    """Give templates what the layout reads."""

    @app.context_processor
    def layout() -> dict:
        person, acting = g.get("person"), g.get("partner")
        return {
            "person": person,
            "acting": acting,
            "navigation": _navigation(person, acting) if person else [],
            "searches": acting is not None and acting.disabled_at is None and acting.role in MAY_VIEW,
            "other_partners": _others(person, acting) if person else [],
            "person_links": _person_links() if person else "",
            "is_demo": current_app.config["SETTINGS"].demo,
        }


def http_error(error: HTTPException):
    """The error page of a plain HTTP error."""
    title, text = _SENTENCES.get(error.code, ("That did not work", error.description or "Try again."))
    response = web.error_page(error.code, title, text)
    response.headers.extend((name, value) for name, value in error.get_headers() if name == "Allow")
    return response


def _navigation(person, acting) -> list[Link]:
    role = acting.role if acting and acting.disabled_at is None else None
    places = [place for place in NAVIGATION if role in place.seen_by]
    if person.is_operator:
        places += OPERATOR_PLACES
    return [_link(place, acting) for place in places]


def _link(place: Place, acting) -> Link:
    count = partial(place.count, acting.id) if place.count else None
    return Link(_drawn(place, _is_current(place)), place.group, count)


@cache
def _drawn(place: Place, is_current: bool) -> Markup:
    """The beginning of a place's link; pages are drawn often, and the menu stands on each."""
    here = Markup(' aria-current="page"') if is_current else ""
    return Markup('<a href="{}"{}>{}{}').format(address(place.endpoint), here, drawn_icon(place.icon), place.label)


@cache
def _person_links() -> Markup:
    links = [(address(endpoint), drawn_icon(icon), label) for label, endpoint, icon in PERSON_PLACES]
    return Markup("").join(Markup('<a href="{}">{}{}</a>').format(*link) for link in links)


def _is_current(place: Place) -> bool:
    return request.path.startswith(place.begins) if place.begins else request.path == "/"


def _others(person, acting) -> list[people.Home]:
    """The other partners that the person belongs to. The test mode of the present one is a step of its own in the menu."""
    if acting is None:
        return []
    present = acting.live_partner_id or acting.id
    return [row for row in people.partners_of(person.user_id) if row.id != present]
