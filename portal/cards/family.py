"""The cards family: how its API speaks (contract: cards), its features and its part of the menu."""

from portal.api.credentials import HEADERS
from portal.api.errors import STATUSES
from portal.api.families import Tag, WireFamily
from portal.cards import first_steps, waits
from portal.cards.cards.routes import ROUTES as CARDS
from portal.cards.companies.routes import ROUTES as COMPANIES
from portal.cards.counter import access, team_pins
from portal.cards.counter.routes import ROUTES as COUNTER
from portal.cards.customer_imports.routes import ROUTES as CUSTOMER_IMPORTS
from portal.cards.customers.routes import ROUTES as CUSTOMERS
from portal.cards.envelope import BY_NUMBER, ENVELOPED, wrapped
from portal.cards.locations.routes import ROUTES as LOCATIONS
from portal.cards.operations.routes import ROUTES as OPERATIONS
from portal.cards.public import club
from portal.cards.public.routes import ROUTES as PUBLIC
from portal.cards.pushes.routes import ROUTES as PUSHES
from portal.cards.shortcuts import LOOKS, OTHER_WORDS, SHORTCUTS
from portal.cards.tariffs.routes import ROUTES as TARIFFS
from portal.cards.templates.routes import ROUTES as TEMPLATES
from portal.cards.thing_pages import HITS, THINGS
from portal.cards.wallets.routes import ROUTES as WALLETS
from portal.domain.accounts.roles import MAY_SERVE, MAY_VIEW
from portal.domain.cards import persons as persons
from portal.domain.cards.companies import carried as carried
from portal.domain.cards.ties import deal_ties as deal_ties
from portal.domain.cards.words import LOYALTY
from portal.domain.errors import Refused, Taken
from portal.domain.sentences import say
from portal.routing import Area
from portal.web.places import AT_FOOT, Group, Place

TAGS = {
    "cards": Tag(
        "Loyalty cards",
        "A card belongs to a customer and a template, whose type says what is counted on it. Every change of a card is an "
        "operation.",
    ),
    "customers": Tag("Customers", "The people who have cards."),
    "operations": Tag("Operations", "What happened to cards, newest first."),
    "templates": Tag("Card templates", "What the cards of one kind are, with their tiers."),
    "pushes": Tag("Pushes", "Messages to the holders of cards, on their phones and in the inbox of each card."),
    "companies": Tag("Companies", "Sub-accounts of a reseller."),
    "tariffs": Tag("Tariffs", "What a reseller's companies may use, and what it costs them."),
}
PATH_PARAMETERS = {
    "card_id": "The card's number, such as `939829-317-169`; its dashes may be left out.",
    "customer_id": "The customer's UUID.",
    "template_id": "The template's id.",
    "tier_id": "The reward tier's id.",
    "push_id": "The push's UUID.",
    "company_id": "The company's id.",
    "tariff_id": "The tariff's id.",
}
KEY_HEADER = "X-API-Key"  # the family's own, which comes first in what is told
WIRE = WireFamily(
    "/api/v2",
    TAGS,
    PATH_PARAMETERS,
    headers=(KEY_HEADER, *(header for header in HEADERS if header != KEY_HEADER)),
    statuses={**STATUSES, Refused: 422, Taken: 409},
    errors=ENVELOPED,
    strays=ENVELOPED,
    envelope=wrapped,
    paging=BY_NUMBER,
)
LOYALTY_GROUP = Group(
    say("Loyalty"),
    "credit-card",
    LOYALTY,
    say("Bring customers back: loyalty cards with stamps, points, cashback, visits or a balance."),
    say("Hidden without it: your customers, cards and templates. Cards go on, and programs may book operations."),
    ("locations.index", "tariffs.own.show", "counter.find", "wallets.index"),
)
PLACES = (
    Place(say("Customers"), "customers.index", "users", LOYALTY_GROUP, MAY_VIEW, ("/customers",)),
    Place(say("Cards"), "cards.index", "credit-card", LOYALTY_GROUP, MAY_VIEW, ("/cards",)),
    Place(say("Templates"), "templates.index", "palette", LOYALTY_GROUP, MAY_VIEW, ("/templates",)),
    Place(say("Pushes"), "pushes.index", "bell", LOYALTY_GROUP, MAY_VIEW, ("/pushes",)),
    Place(
        say("Companies"), "companies.index", "building-2", LOYALTY_GROUP, MAY_VIEW, ("/companies",), of_companies=False
    ),
    Place(say("Counter"), "counter.find", "calculator", AT_FOOT, MAY_SERVE, ("/counter",)),
)
TABLES = (
    CUSTOMERS, CUSTOMER_IMPORTS, CARDS, OPERATIONS, TEMPLATES, PUSHES, COMPANIES, TARIFFS, LOCATIONS, PUBLIC, COUNTER, WALLETS,
)  # fmt: skip
AREA = Area(
    TABLES,
    PLACES,
    WIRE,
    hits=HITS,
    things=THINGS,
    shortcuts=SHORTCUTS,
    other_words=OTHER_WORDS,
    looks=LOOKS,
    checklist=first_steps.checklist,
    guards=access.GUARDS,
    club=club.PART,
    team=team_pins.column,
    waits=waits.of_partner,
)
