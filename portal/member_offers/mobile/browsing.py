"""All offers of a club, and those that fit what is looked for."""

from math import ceil

from flask import g, render_template, request

from portal.domain.member_offers import listing
from portal.domain.member_offers.asking import Asking
from portal.domain.member_offers.collections import meta, scopes
from portal.domain.member_offers.listing import Key, Wanted
from portal.domain.member_offers.words import STANDARD
from portal.member_offers.mobile import drawing, noting
from portal.member_offers.mobile.pages import asks, whose
from portal.member_offers.mobile.scopes import KINDS
from portal.web.addresses import row_id, with_arguments
from portal.web.answers import page_or_part

PER_PAGE, _LAST_PAGE, _LONGEST = 20, 10_000, 200
_MOST_NAMES = 100  # to choose from: a page for a slow phone


def index(club_slug: str):
    """Look through the offers: by words, collection, store, tag, and what the member likes."""
    who = asks()
    wanted = _wanted(who)
    found = listing.visible(who, wanted, with_total=True)
    noting.seen(found.cases)
    pages = ceil((found.total or 0) / PER_PAGE)
    return render_template(
        page_or_part("member_offers/mobile/index.html", "member_offers/mobile/_found.html"), **whose(), asked=wanted,
        offers=drawing.drawn(found.cases), collections=[(one.id, one.title) for one in meta.lasting(who, wanted.scope)],
        stores=_names(who, wanted.scope, "store"), tags=_names(who, wanted.scope, "tag"), most_names=_MOST_NAMES,
        kinds=[(scope, KINDS[scope].title) for scope in (STANDARD, *scopes.there(g.club))], kind=KINDS[wanted.scope],
        earlier=with_arguments(page=wanted.page - 1) if wanted.page > 1 else None,
        further=with_arguments(page=wanted.page + 1) if wanted.page < pages else None,
    )  # fmt: skip


def _names(who: Asking, scope: str, kind: str) -> list[tuple[str, str]]:
    """Those to choose from; one more than there is room for where the rest are typed."""
    return [(name, name) for name in meta.first_labels(who, scope, kind, _MOST_NAMES + 1)]


def _wanted(who: Asking) -> Wanted:
    given = {name: request.args.get(name, "").strip()[:_LONGEST] for name in ("search", "store", "tag")}
    collection = request.args.get("collection", 0, type=row_id)
    asked = request.args.get("scope", STANDARD)
    return Wanted(
        asked if asked in scopes.shown(g.club) else STANDARD,
        page=min(max(request.args.get("page", 1, type=row_id), 1), _LAST_PAGE),
        per_page=PER_PAGE,
        order=(Key("collection_position"),) if collection else (),
        collections=(collection,) if collection else (),
        stores=(given["store"],) if given["store"] else (),
        tags=(given["tag"],) if given["tag"] else (),
        search=given["search"] or None,
        is_lasting=True,
        liked=True if g.member and request.args.get("liked") else None,
    )
