"""What a club's start page shows of offers: each collection's first ones, in its order."""

import json
from collections.abc import Iterator
from typing import NamedTuple

from flask import render_template

from portal.domain.accounts.tables import Partner
from portal.domain.member_offers import asking, listing, of_customers
from portal.domain.member_offers.asking import Asking
from portal.domain.member_offers.collections import meta, scopes
from portal.domain.member_offers.collections.meta import Shown
from portal.domain.member_offers.listing import Wanted
from portal.domain.member_offers.uses.cases import Case
from portal.domain.member_offers.words import STANDARD
from portal.domain.members.sign_ins.sign_ins import OpenSignIn
from portal.domain.pictures import album
from portal.domain.sentences import counted
from portal.member_offers.mobile import drawing, noting
from portal.member_offers.mobile.drawing import Drawn
from portal.member_offers.mobile.scopes import KINDS, Kind
from portal.web.clubs import ClubPart

_MOST, _OF_EACH = 12, 6  # collections, and offers of each: a page for a slow phone
_OF_OTHERS = 3  # of each scope that is not the standard one


class Above(NamedTuple):
    """The picture that stands above a collection, and what is on it."""

    key: str
    alt: str | None


class Shelves(NamedTuple):
    """Collections with their first offers and their pictures, and the newest offers where there is no collection."""

    shelves: list[tuple[Shown, list[Drawn], Above | None]]
    newest: list[Drawn]
    cases: list[Case]


def shelves_of(who: Asking) -> Shelves:
    """What whoever asks sees first."""
    collections = [one for one in meta.lasting(who, STANDARD) if one.offers][:_MOST]
    ids = {offer_id for one in collections for offer_id in one.offers[:_OF_EACH]}
    cases = listing.visible(
        who, Wanted(STANDARD, ids=sorted(ids), per_page=_MOST * _OF_EACH if ids else _OF_EACH, is_lasting=True)
    ).cases
    found = {one.id: one for one in drawing.drawn(cases)}
    above = _pictures(who.partner_id, collections)
    shelves = [
        (one, [found[key] for key in one.offers[:_OF_EACH] if key in found], above.get(one.id)) for one in collections
    ]
    return Shelves(shelves, [] if ids else list(found.values()), cases)


def _pictures(partner_id: int, collections: list[Shown]) -> dict[int, Above]:
    """What stands above each collection whose picture is here, in one query: in the size for a phone, or as it came."""
    files = {one.id: {file["size_type"]: file["url"] for file in json.loads(one.files)} for one in collections}
    here = {
        one.url: one for one in album.shown(partner_id, (url for sizes in files.values() for url in sizes.values()))
    }
    above = {}
    for number, sizes in files.items():
        came = here.get(sizes.get("original", ""))  # It is described as it came.
        if shown := here.get(sizes.get("base", "")) or came:
            above[number] = Above(shown.key, came and came.alt)
    return above


def _part(club: Partner, member: OpenSignIn | None) -> str:
    who = asking.at(club.id, member and member.member_id)
    shown, others = shelves_of(who), list(others_of(club, who))
    noting.seen([*shown.cases, *(one.case for _, _, offers, _ in others for one in offers)])
    return render_template("member_offers/mobile/_part.html", shelves=shown.shelves, newest=shown.newest, others=others)


def others_of(club: Partner, who: Asking) -> Iterator[tuple[Kind, str, list[Drawn], bool]]:
    """The newest offers of each scope that is there beside the standard one, and whether there are more of it."""
    for scope in scopes.there(club):
        found = listing.visible(who, Wanted(scope, per_page=_OF_OTHERS + 1, is_lasting=True)).cases
        yield KINDS[scope], scope, drawing.drawn(found[:_OF_OTHERS]), len(found) > _OF_OTHERS


def _losses(member: OpenSignIn) -> list[str]:
    """What they like, may use and have used."""
    kept = of_customers.kept(member.member_id)
    counts = (
        counted(kept.likes, "What you liked: 1 offer", "What you liked: {number} offers"),
        counted(kept.grants, "What was given to you alone: 1 offer", "What was given to you alone: {number} offers"),
        counted(
            kept.uses,
            "What you used: 1 time, which counts on without your name",
            "What you used: {number} times, which count on without your name",
        ),
    )
    return [sentence for number, sentence in zip(kept, counts, strict=True) if number]


PART = ClubPart(listing.has_any, _part, _losses, first_for_guests=True)
