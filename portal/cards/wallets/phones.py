"""The web service that Apple's phones register with and fetch changed passes from, as Apple documents it: `/v1/…`.

A phone proves itself with the token in the pass; no cookie does anything here.
"""

import json

from flask import Response, abort, jsonify, request

from portal import clock
from portal.cards.wallets import giving
from portal.domain.cards.cards import lists, of_members
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.wallets import registrations, setups, states
from portal.domain.cards.wallets.tables import APPLE
from portal.domain.errors import Invalid, NotFound

_MOST_BYTES = 4096
_SCHEME = "ApplePass "


def registration(device: str, pass_type: str, serial: str):
    """A phone keeps the pass (201, or 200 where it did before), or no more (200). 401 with a wrong token."""
    if (card := _proven(pass_type, serial)) is None:
        return _refused()
    if request.method == "DELETE":
        registrations.unregister(card, device)
        return _empty(200)
    given = _body()
    try:
        is_new = registrations.register(card, device, given.get("pushToken"))
    except Invalid:
        abort(400)
    return _empty(201 if is_new else 200)


def changed(device: str, pass_type: str):
    """Which passes of the phone changed since the tag that it was given last; 204 for none."""
    serials, tag = registrations.changed(device, pass_type, request.args.get("passesUpdatedSince", ""))
    return jsonify(serialNumbers=serials, lastUpdated=tag) if serials else _empty(204)


def latest(pass_type: str, serial: str):
    """The pass as it is now; 304 where the phone has it. A deleted card's says that it is void."""
    if (card := _proven(pass_type, serial)) is None:
        return _refused()
    row, setup = lists.one(card.partner_id, serial), setups.working(card.partner_id).get(APPLE)
    if row is None or setup is None:
        return _empty(404)
    card = of_members.by_key(card.key) or card  # As moments that have passed have decided.
    had = request.if_modified_since
    if had and states.is_had(card.id, states.of_card(card.id), int(had.timestamp())):
        return _empty(304)
    return giving.as_file(card, row, setup)


def log():
    """What a phone has to complain of. It is answered as it wants, and kept nowhere: anybody could write it."""
    return _empty(200)


def _proven(pass_type: str, serial: str) -> Card | None:
    """The card, where the phone has its token; its partner's clock and language go with it."""
    given = request.headers.get("Authorization", "")
    if not given.startswith(_SCHEME):
        return None
    try:
        card = registrations.proven(pass_type, serial, given.removeprefix(_SCHEME).strip())
    except NotFound:
        return None
    clock.use(card.partner.clock_offset)
    return card


def _body() -> dict:
    body = request.stream.read(_MOST_BYTES + 1)
    try:
        given = json.loads(body) if len(body) <= _MOST_BYTES else None
    except (ValueError, RecursionError):
        given = None
    if not isinstance(given, dict):
        abort(400)
    return given


def _refused() -> Response:
    return Response(status=401, headers={"WWW-Authenticate": "ApplePass"}, mimetype="text/plain")


def _empty(status: int) -> Response:
    return Response(status=status, mimetype="text/plain")
