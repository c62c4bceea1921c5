"""The menu: its places, who sees them, and what every page's layout reads."""

from dataclasses import dataclass
from functools import cache, partial
from itertools import groupby
from operator import attrgetter

from flask import Flask, current_app, g, request
from markupsafe import Markup

from portal.domain.accounts.people import people
from portal.domain.accounts.roles import MAY_EDIT, MAY_OWN, MAY_VIEW, ROLES
from portal.domain.affiliate.promotions import promoters
from portal.web.assets import drawn_icon
from portal.web.drawing import address


@dataclass(frozen=True)
class Place:
    """An entry of the navigation: the roles that see it, and the beginnings of the addresses that belong to it."""

    label: str
    endpoint: str
    icon: str
    group: str | None
    seen_by: frozenset
    begins: tuple[str, ...]
    counts: bool = False  # whether it tells how many wait there for a decision


NAVIGATION = [
    Place("Start", "home.start", "house", None, frozenset(ROLES), ()),
    Place("Catalogs", "catalogs.index", "library", "Sell", MAY_VIEW, ("/catalogs",)),
    Place("Promoters", "promoters.index", "users", "Sell", MAY_VIEW, ("/promoters",), counts=True),
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


_COUNT = "\0"  # Where the number of those who wait goes into the drawn menu.


def install(app: Flask) -> None:
    """Give templates what the layout reads."""

    @app.context_processor
    def layout() -> dict:
        person, acting = g.get("person"), g.get("partner")
        return {
            "person": person,
            "acting": acting,
            "menu": _menu_of(person, acting) if person else (),
            "count_waiting": partial(promoters.waiting, acting.id) if acting else None,
            "searches": acting is not None and acting.disabled_at is None and acting.role in MAY_VIEW,
            "other_partners": _others(person, acting) if person else [],
            "person_links": _person_links() if person else "",
            "is_demo": current_app.config["SETTINGS"].demo,
        }


def _menu_of(person, acting) -> tuple[Markup, ...]:
    role = acting.role if acting and acting.disabled_at is None else None
    return _menu(role, person.is_operator, _here(request.path))


def _here(path: str) -> str | None:
    """The entry that an address belongs to, by its endpoint."""
    every = (*NAVIGATION, *OPERATOR_PLACES)
    return next(
        (one.endpoint for one in every if (path == "/" and not one.begins) or path.startswith(one.begins)), None
    )


@cache
def _menu(role: str | None, is_operator: bool, here: str | None) -> tuple[Markup, ...]:
    """The menu, drawn once: it stands on every page. It is in two parts where the number of those who wait goes between."""
    places = [place for place in NAVIGATION if role in place.seen_by] + (OPERATOR_PLACES if is_operator else [])
    template = current_app.jinja_env.get_template("_menu.html")
    groups = [(group, list(entries)) for group, entries in groupby(places, attrgetter("group"))]
    drawn = template.render(groups=groups, here=here, address=address, count=_COUNT)
    return tuple(Markup(part) for part in drawn.split(_COUNT))  # noqa: S704 - our own template


@cache
def _person_links() -> Markup:
    links = [(address(endpoint), drawn_icon(icon), label) for label, endpoint, icon in PERSON_PLACES]
    return Markup("").join(Markup('<a href="{}">{}{}</a>').format(*link) for link in links)


def _others(person, acting) -> list[people.Home]:
    """The other partners that the person belongs to. The test mode of the present one is a step of its own in the menu."""
    if acting is None:
        return []
    present = acting.live_partner_id or acting.id
    return [row for row in people.partners_of(person.user_id) if row.id != present]
