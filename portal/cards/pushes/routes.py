"""Pushes: their JSON endpoints."""

from portal.cards.envelope import Many, One, Page
from portal.cards.examples import PUSH, PUSH_CREATE, listed, one
from portal.cards.pushes import api as json
from portal.cards.pushes.schemas import Push, PushCreate
from portal.domain.cards.permits import PUSHES_READ, PUSHES_WRITE
from portal.routing import api, permit

READ, WRITE = permit(PUSHES_READ), permit(PUSHES_WRITE)

ROUTES = [
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
