"""Cards: their pages and their JSON endpoints."""

from portal.cards.cards import acts, exports, issuing, pages
from portal.cards.cards import api as json
from portal.cards.cards.schemas import CardChange, CardCreate, CardFilter, ExpirationChange
from portal.cards.envelope import Many, One
from portal.cards.examples import CARD, CARD_CREATE, listed, one
from portal.cards.schemas import Card, Deleted
from portal.domain.accounts.roles import MAY_EDIT, MAY_VIEW
from portal.domain.cards.permits import CARDS_READ, CARDS_WRITE
from portal.routing import api, page, permit, roles

READ, WRITE = permit(CARDS_READ), permit(CARDS_WRITE)
VIEW, EDIT = roles(MAY_VIEW), roles(MAY_EDIT)

PAGES = [
    page("GET", "/cards", pages.index, VIEW),
    page("GET", "/cards/export.csv", exports.csv, VIEW),
    page("GET POST", "/cards/new", issuing.new, EDIT),
    page("GET", "/cards/new/customers", issuing.customers, EDIT),
    page("GET", "/cards/new/fields", issuing.fields, EDIT),
    page("GET", "/cards/<card_id>", pages.show, VIEW),
    page("GET POST", "/cards/<card_id>/expiration", acts.expiration, EDIT),
    page("GET POST", "/cards/<card_id>/level", acts.level, EDIT),
    page("GET POST", "/cards/<card_id>/fields", acts.fields, EDIT),
    page("GET POST", "/cards/<card_id>/move", acts.move, EDIT),
    page("GET POST", "/cards/<card_id>/deletion", acts.deletion, EDIT),
]
API = [
    api(
        "GET",
        "/api/v2/cards",
        json.index,
        READ,
        "List cards",
        operation="list_cards",
        query=CardFilter,
        answer=Many[Card],
        answer_example=listed(CARD),
    ),
    api(
        "POST",
        "/api/v2/cards",
        json.create,
        WRITE,
        "Issue a card",
        operation="create_card",
        status=201,
        refuses=(404, 409),
        body=CardCreate,
        answer=One[Card],
        example=CARD_CREATE,
        answer_example=one(CARD, 201),
    ),
    api(
        "GET",
        "/api/v2/cards/<card_id>",
        json.show,
        READ,
        "Get a card",
        operation="get_card",
        answer=One[Card],
        answer_example=one(CARD),
    ),
    api(
        "PATCH",
        "/api/v2/cards/<card_id>",
        json.change,
        WRITE,
        "Change a card's fields",
        operation="update_card",
        body=CardChange,
        answer=One[Card],
        example={"customFields": [{"id": 7, "value": "Vienna"}]},
        answer_example=one(CARD),
    ),
    api(
        "DELETE",
        "/api/v2/cards/<card_id>",
        json.remove,
        WRITE,
        "Delete a card",
        operation="delete_card",
        answer=One[Deleted],
        answer_example=one({"id": CARD["id"]}),
    ),
    api(
        "POST",
        "/api/v2/cards/<card_id>/set-expiration-date",
        json.set_expiration,
        WRITE,
        "Set until when a card is good",
        operation="set_card_expiration",
        body=ExpirationChange,
        answer=One[Card],
        example={"expiresAt": "2026-12-31T23:59:59+00:00"},
        answer_example=one(CARD),
    ),
]
ROUTES = PAGES + API
