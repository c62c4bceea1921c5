"""Pushes: their JSON endpoints."""

from portal.cards.envelope import Many, One, Page
from portal.cards.examples import PUSH, PUSH_CREATE, listed, one
from portal.cards.pushes import api as json
from portal.cards.pushes import automatic, composing, pages, settings
from portal.cards.pushes.schemas import Push, PushCreate
from portal.domain.accounts.roles import MAY_EDIT, MAY_VIEW
from portal.domain.cards.permits import PUSHES_READ, PUSHES_WRITE
from portal.routing import api, page, permit, roles

VIEW, EDIT = roles(MAY_VIEW), roles(MAY_EDIT)
READ, WRITE = permit(PUSHES_READ), permit(PUSHES_WRITE)

ROUTES = [
    page("GET", "/pushes", pages.index, VIEW),
    page("GET POST", "/pushes/new", composing.new, EDIT),
    page("POST", "/pushes/drawn", composing.drawn, EDIT),
    page("POST", "/pushes/reached", composing.reached, EDIT),
    page("GET", "/pushes/automatic", automatic.index, VIEW),
    page("GET POST", "/pushes/automatic/<uuid>/<kind>", automatic.edit, EDIT),
    page("POST", "/pushes/automatic/<uuid>/<kind>/drawn", automatic.drawn, EDIT),
    page("GET POST", "/pushes/settings", settings.edit, EDIT),
    page("GET", "/pushes/<push_id>", pages.show, VIEW),
    page("GET", "/pushes/<push_id>/progress", pages.progress, VIEW),
    page("GET POST", "/pushes/<push_id>/cancellation", pages.cancellation, EDIT),
    page("GET", "/pushes/<push_id>/cards/<card_id>", pages.why, VIEW),
    page("POST", "/pushes/<push_id>/note", pages.note, EDIT),
    api(
        "GET",
        "/api/v2/pushes",
        json.index,
        READ,
        "List pushes",
        operation="list_pushes",
        query=Page,
        answer=Many[Push],
        answer_example=listed(PUSH),
    ),
    api(
        "POST",
        "/api/v2/pushes",
        json.create,
        WRITE,
        "Send a push",
        operation="create_push",
        refuses=(404, 422),
        body=PushCreate,
        answer=One[Push],
        example=PUSH_CREATE,
        answer_example=one(PUSH | {"status": "scheduled", "sentAmount": 0, "deliveredAmount": 0}),
    ),
    api(
        "GET",
        "/api/v2/pushes/<push_id>",
        json.show,
        READ,
        "Get a push",
        operation="get_push",
        answer=One[Push],
        answer_example=one(PUSH),
    ),
    api(
        "DELETE",
        "/api/v2/pushes/<push_id>",
        json.cancel,
        WRITE,
        "Cancel a push",
        operation="cancel_push",
        refuses=(422,),
        answer=One[Push],
        answer_example=one(PUSH | {"status": "cancelled"}),
    ),
]
