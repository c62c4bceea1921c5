"""Who may ask for members' tokens: a client token of the club's partner, whatever its permits (contract: member-offers, "Member tokens")."""

from flask import g

from portal.api import codes, cross_origin, prose, strict_json
from portal.api.admission import Admission, counted
from portal.api.credentials import client_token
from portal.api.errors import ApiError
from portal.domain.accounts.tables import Partner
from portal.domain.events import log
from portal.member_offers.admissions import HEADERS, no_club
from portal.routing import Access

CLIENT, CLIENT_AND_MEMBER = Access("client of a club"), Access("client of a club with a member’s token")


def by_client(route, path: dict, headers: list) -> None:
    """A client token of the club's partner, left in `g.client`. It is no caller to the gate: what is answered here is a secret, of
    which no Idempotency-Key keeps anything."""
    if not client_token(route.family.headers):
        _count(route, headers)
        raise ApiError(codes.TOKEN_MISSING, f"Send the app's client token in the {HEADERS[0]} header.", status=470)
    caller = counted(route.family.headers, headers)
    strict_json.refuse_text(path["club_slug"])  # It is looked for before the gate has looked at it.
    club = Partner.get_or_none(Partner.slug == path["club_slug"].lower())
    if club is None or club.id != caller.partner_id:
        raise no_club(caller.partner_id, path["club_slug"])
    cross_origin.concerns(club.id)
    log.acting_as(caller.identity, club.id)
    g.client = caller


def _count(route, headers: list) -> None:
    try:
        counted(route.family.headers, headers)
    except ApiError as error:
        if error.status == 429:
            raise


_REFUSES = frozenset({401, 403, 460, 467, 470})
_CLIENTS = Admission(by_client, needs_token=True, refuses=_REFUSES, keeps=False)
ADMISSIONS = {
    CLIENT.kind: _CLIENTS,
    CLIENT_AND_MEMBER.kind: _CLIENTS._replace(bearers=lambda route: ((prose.MEMBER_TOKEN,),)),
}
