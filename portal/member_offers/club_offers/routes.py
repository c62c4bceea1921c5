"""Offers: their JSON."""

from portal.domain.member_offers.permits import (
    GET,
    GET_BY_ID,
    GET_PREVIEW,
    LIST,
    LIST_BY_ID,
    LIST_PREVIEW,
    META,
    META_BY_ID,
    META_PREVIEW,
)
from portal.member_offers import examples
from portal.member_offers.admissions import BY_SCRIPTS, asked_by
from portal.member_offers.club_offers import api as json
from portal.member_offers.club_offers.schemas import MetaAsked, OfferAsked, Offers, OffersAsked, OffersMeta, OneOffer
from portal.routing import api

BASE = "/api/v3/<club_slug>/members/<context>"
ROUTES = [
    api(
        "GET",
        f"{BASE}/offers",
        json.index,
        asked_by((LIST, LIST_BY_ID, LIST_PREVIEW)),
        "List member offers",
        operation="list_member_offers",
        refuses=(422,),
        is_cross_origin=True,
        open_to_scripts=BY_SCRIPTS,
        query=OffersAsked,
        answer=Offers,
        answer_example=examples.OFFERS,
    ),
    api(
        "GET",
        f"{BASE}/offers/meta",
        json.meta,
        asked_by((META, META_BY_ID, META_PREVIEW)),
        "Get what member offers are sorted by",
        operation="get_member_offers_meta",
        refuses=(422,),
        is_cross_origin=True,
        open_to_scripts=BY_SCRIPTS,
        query=MetaAsked,
        answer=OffersMeta,
        answer_example=examples.META,
    ),
    api(
        "GET",
        f"{BASE}/offers/<offer_id>",
        json.show,
        asked_by((GET, GET_BY_ID, GET_PREVIEW)),
        "Get a member offer",
        operation="get_member_offer",
        refuses=(422,),
        is_cross_origin=True,
        open_to_scripts=BY_SCRIPTS,
        query=OfferAsked,
        answer=OneOffer,
        answer_example={"offer": examples.OFFER},
    ),
]
