"""Offers over JSON (contract: member-offers, "Endpoints")."""

from portal.domain.errors import Invalid
from portal.domain.member_offers import listing
from portal.domain.member_offers.asking import Asking
from portal.domain.member_offers.collections import meta as club_meta
from portal.domain.member_offers.listing import Wanted
from portal.member_offers import numbers
from portal.member_offers.admissions import Asker
from portal.member_offers.club_offers import wire
from portal.member_offers.club_offers.schemas import MetaAsked, OfferAsked, OffersAsked

_KEYS = ("name", "usable_since", "usable_until", "created_at")
_OF_MEMBERS, _OF_COLLECTION = ("usable", "uses_left", "liked"), "collection_position"


def index(club_slug: str, context: str, caller: Asker, query: OffersAsked) -> dict:
    """The offers of a scope that the member, or a guest, sees. Those that cannot be used are among them, unless `usable` says
    otherwise; `usage` tells how often each may be used."""
    _refuse_order(caller.asking, query)
    wanted = Wanted(
        caller.within(query.scope), query.page_no, query.per_page, query.order_by or (), query.ids, query.collection_ids,
        query.stores, query.tags, query.type, query.search, query.usable, query.liked,
    )  # fmt: skip
    found = listing.visible(caller.asking, wanted, with_total=query.include_pagination_info)
    answer: dict = {"offers": [wire.offer(case) for case in found.cases]}
    if query.include_pagination_info:
        answer["pagination_info"] = _pages(found.total or 0, wanted)
    return answer


def show(club_slug: str, context: str, offer_id: str, caller: Asker, query: OfferAsked) -> dict:
    """An offer, as the member or a guest sees it."""
    return {"offer": wire.offer(listing.one(caller.asking, numbers.offer(offer_id), caller.of_one(query.scope)))}


def meta(club_slug: str, context: str, caller: Asker, query: MetaAsked) -> dict:
    """The tags, stores and collections that the offers of a scope are sorted by."""
    found = club_meta.of(caller.asking, caller.within(query.scope))
    return wire.meta(found, caller.asking.active_seconds)


def _refuse_order(asking: Asking, query: OffersAsked) -> None:
    """Raise Invalid for a key that the list does not have."""
    keys = _KEYS + _OF_MEMBERS * (asking.member_id is not None)
    keys += (_OF_COLLECTION,) * (len(set(query.collection_ids)) == 1)
    unknown = next((key.name for key in query.order_by or () if key.name not in keys), None)
    if unknown == _OF_COLLECTION:
        raise Invalid("order_by", f"{unknown} needs exactly one collection: send collection_ids[] with its id.")
    if unknown in _OF_MEMBERS:
        raise Invalid("order_by", f"{unknown} needs a member: guests have none. Send {', '.join(keys)}.")
    if unknown:
        raise Invalid("order_by", f"There is no order by {unknown[:40]} here. Send {', '.join(keys)}.")


def _pages(total: int, wanted: Wanted) -> dict:
    """Where the page stands among all."""
    last, page = -(-total // wanted.per_page), wanted.page
    is_beyond = page > max(last, 1)
    return {
        "total_count": total,
        "per_page": wanted.per_page,
        "total_pages": last,
        "current_page": page,
        "next_page": page + 1 if page < last else None,
        "prev_page": page - 1 if page > 1 and not is_beyond else None,
        "is_first_page": page == 1,
        "is_last_page": page == max(last, 1),
        "is_out_of_range": is_beyond,
    }
