"""The member offers family: how its API speaks (contract: member-offers), and its features."""

from flask import g, url_for

from portal.api.errors import PROBLEM, STATUSES
from portal.api.families import Tag, WireFamily
from portal.domain.accounts.roles import MAY_OWN, MAY_VIEW
from portal.domain.areas import GONE, Named
from portal.domain.errors import Invalid, Refused
from portal.domain.member_offers import erasing as erasing
from portal.domain.member_offers import of_customers as of_customers
from portal.domain.member_offers.ties import segments as segments
from portal.domain.member_offers.words import CLUB
from portal.domain.sentences import say
from portal.member_offers.acts.routes import ROUTES as ACTS
from portal.member_offers.admissions import ADMISSIONS, HEADERS
from portal.member_offers.apps.routes import ROUTES as APPS
from portal.member_offers.club_offers.routes import ROUTES as OFFERS
from portal.member_offers.club_page.routes import ROUTES as CLUB_PAGE
from portal.member_offers.collections.routes import ROUTES as COLLECTIONS
from portal.member_offers.counter.part import PART as AT_COUNTER
from portal.member_offers.errors import OF_OFFERS
from portal.member_offers.looks.routes import ROUTES as LOOKS
from portal.member_offers.member_terms import face
from portal.member_offers.member_terms.routes import ROUTES as TERMS
from portal.member_offers.members.part import PART as OF_CUSTOMER
from portal.member_offers.members.routes import ROUTES as MEMBERS
from portal.member_offers.mobile.part import PART
from portal.member_offers.mobile.routes import ROUTES as MOBILE
from portal.member_offers.oauth import admission
from portal.member_offers.oauth.described import PAGES
from portal.member_offers.oauth.guards import GUARDS
from portal.member_offers.oauth.routes import ROUTES as OAUTH
from portal.member_offers.previews.routes import ROUTES as PREVIEWS
from portal.member_offers.thing_pages import HITS
from portal.routing import Area
from portal.web.places import Group, Place
from portal.web.shortcuts import Shortcut
from portal.web.thing_pages import ThingPage

TAGS = {
    "club_offers": Tag("Member offers", "What the members of a club may use, how often and when."),
    "acts": Tag("Uses and likes", "What members do with offers, and what is granted to them."),
    "looks": Tag("Looks at offers", "Which offers members saw and opened."),
    "oauth": Tag(
        "Member tokens", "A member signs in by an app of the club’s, which draws tokens and speaks for the member."
    ),
}
PATH_PARAMETERS = {
    "club_slug": "The club: its partner’s name in addresses.",
    "context": "`me`: the member whose access token is in `Authorization`; a member’s id, or the UUID that customers have under "
    "`/api/v2`: that one, server to server; `guest`: nobody.",
    "offer_id": "The offer’s id.",
}
WIRE = WireFamily(
    "/api/v3",
    TAGS,
    PATH_PARAMETERS,
    headers=HEADERS,
    admissions={**ADMISSIONS, **admission.ADMISSIONS},
    statuses={**STATUSES, Invalid: 422, Refused: 422},
    errors=OF_OFFERS,
    strays=OF_OFFERS,
    nowhere=PROBLEM,
    pages=PAGES,
)
CLUB_GROUP = Group(
    say("Club"),
    "gift",
    CLUB,
    say("Give members more: offers that they use at the counter or on the road, as often as you say."),
    say(
        "Hidden without it: your member offers and collections. The club’s pages go on, and programs may list and use its offers."
    ),
)
PLACES = (
    Place(say("Member offers"), "member_terms.index", "gift", CLUB_GROUP, MAY_VIEW, ("/member-offers",)),
    Place(say("Collections"), "collections.index", "library", CLUB_GROUP, MAY_VIEW, ("/collections",)),
    Place(say("Club page"), "club_page.show", "store", CLUB_GROUP, MAY_VIEW, ("/club-page",)),
    Place(say("Apps"), "apps.index", "smartphone", CLUB_GROUP, MAY_OWN, ("/club-apps",)),
)
SHORTCUTS = (
    Shortcut(
        say("Look of the club"),
        "palette",
        "club.dress.edit",
        say("colours colors colour color logo name dark brand preview design scopes"),
    ),
    Shortcut(say("Add a member offer"), "plus", "member_terms.new", say("add an offer new make create"), is_act=True),
    Shortcut(say("Add a collection"), "plus", "collections.new", say("new make create"), is_act=True),
    Shortcut(say("Poster of the club"), "file-text", "club_page.posters.show", say("print qr code paper flyer")),
    Shortcut(say("Add an app"), "plus", "apps.new", say("new oauth client id redirect"), is_act=True),
)


def _app(key: str, named: Named | None) -> str | None:
    """Its form, for owners, while it is there."""
    is_there = named is not None and named.stands != GONE and g.partner.may_own
    return url_for("apps.edit", app_id=int(key)) if is_there else None


def _offer(key: str, named: Named | None) -> str | None:
    """The page of an offer for members, by its number; what is told of one by its UUID is no link."""
    return url_for("member_terms.show", offer_id=int(key)) if key.isdecimal() else None


THINGS = {
    "oauth_app": ThingPage(_app),
    "member offer": ThingPage(_offer),
    "collection": ThingPage(lambda key, named: named and url_for("collections.show", collection_id=int(key))),
}
OTHER_WORDS = {
    "member_terms.index": say("grant granted exclusive preview coupon benefit like use code"),
    "collections.index": say("order group offers list"),
    "apps.index": say("oauth client id redirect members sign in login app of the club connected"),
    "club_page.show": say("address link qr code website members url poster preview"),
}
AREA = Area(
    (OFFERS, ACTS, LOOKS, OAUTH, APPS, MOBILE, TERMS, COLLECTIONS, CLUB_PAGE, MEMBERS, PREVIEWS),
    PLACES,
    WIRE,
    shortcuts=SHORTCUTS,
    other_words=OTHER_WORDS,
    hits=HITS,
    things=THINGS,
    guards=GUARDS,
    face=face.face,
    club=PART,
    customer=OF_CUSTOMER,
    counter=AT_COUNTER,
)
