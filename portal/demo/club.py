"""Two months of the demo's club: offers in every scope, what members used, liked and were granted, and collections."""

import random
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from portal import clock
from portal.demo.cast import DAY, MEMBERS
from portal.domain.accounts.partners import club_looks
from portal.domain.accounts.tables import ClientToken, Membership, Partner
from portal.domain.affiliate.catalogs.tables import PromoterTerms
from portal.domain.events import log
from portal.domain.member_offers import asking, grants, likes
from portal.domain.member_offers.authorizations import authorizations
from portal.domain.member_offers.collections import collections
from portal.domain.member_offers.counts import counts
from portal.domain.member_offers.counts.counts import CLICKED, SEEN, Looked
from portal.domain.member_offers.terms import terms
from portal.domain.member_offers.terms.tables import MemberTerms
from portal.domain.member_offers.uses import uses
from portal.domain.member_offers.uses.tables import OfferUse
from portal.domain.member_offers.uses.uses import Unusable
from portal.domain.member_offers.words import SCOPES
from portal.domain.members.tables import Member
from portal.domain.offers.tables import Catalog, Offer

_HUT, _SHOP, _LIFT = "Mountain hut", "Summit shop", "Cable car"
_ALL, _HOUR = list(SCOPES), 3600
# What each is, and in which collections it stands.
_OFFERS: tuple[tuple[dict[str, Any], tuple[str, ...]], ...] = (
    (
        {
            "name": "Coffee at the hut, on us",
            "description": "One hot drink a day, whatever the weather. Show the code at the counter.",
            "period": "DAY", "period_limit": 1, "stores": [_HUT], "tags": ["Food", "Every day"],
            "activation_texts": {"modal": "Are you at the counter? The code is shown for 35 seconds.", "button": "Show the code", "description": None},
        },
        ("For every day", "At the hut"),
    ),
    (
        {
            "name": "Buy two pairs of socks, get one more", "description": "Merino, all sizes.", "member_limit": 2,
            "stores": [_SHOP], "tags": ["Gear"], "extras": {"category": 42},
        },
        ("For every day",),
    ),
    (
        {
            "name": "Sunrise ride", "description": "The first cable car at half price. Forty seats in all.", "global_limit": 40,
            "member_limit": 4, "stores": [_LIFT], "tags": ["Mornings"],
            "read_more": {"button_title": "When does it leave?", "url": None, "title": "Sunrise ride", "text": "From June to September at 5:10, from the lower station."},
        },
        ("Up early",),
    ),
    (
        {"name": "Soup of the day", "description": "Twice a week.", "period": "WEEK", "period_limit": 2, "stores": [_HUT], "tags": ["Food"]},
        ("At the hut",),
    ),
    (
        {
            "name": "A night in the hut", "type": "EXCLUSIVE", "description": "For members who were with us on ten tours.",
            "member_limit": 1, "stores": [_HUT], "tags": ["Thank you"], "needs_authorization": True,
        },
        ("At the hut",),
    ),
    ({"name": "A slice of cake for your birthday", "type": "BIRTHDAY", "member_limit": 1, "stores": [_HUT], "tags": ["Food"]}, ("At the hut",)),
    ({"name": "Welcome: 20 % off your first tour", "type": "WELCOME", "member_limit": 1, "tags": ["Thank you"]}, ("For every day",)),
    ({"name": "How to read an avalanche report", "scope": "informational", "external_url": "https://acme.example/avalanches", "tags": ["Mornings"]}, ()),
    ({"name": "Two hours of parking at the lower station", "scope": "parking", "period": "MONTH", "period_limit": 4, "stores": [_LIFT]}, ()),
    ({"name": "Came by train", "scope": "carbon_offset", "period": "DAY", "period_limit": 1}, ()),
    ({"name": "Poster of the ridge, for 500 points", "scope": "reward", "global_limit": 25, "stores": [_SHOP]}, ()),
)  # fmt: skip
_ENDED = {"name": "Winter sale of goggles", "member_limit": 1, "stores": [_SHOP], "tags": ["Gear"]}
_TITLES = {"For every day": "Small things that are always there.", "Up early": None, "At the hut": "Warm rooms at 2,100 metres."}  # fmt: skip


def live_through(partners: Mapping[str, Partner], public_url: str) -> None:
    """The club opens two months ago; members use its offers day by day, and Mia and Omar more than others."""
    acme, chance = partners["acme"], random.Random(14)  # noqa: S311 - the demo is the same each time
    owner = f"user:{Membership.get(Membership.partner == acme, Membership.role == 'owner').user_id}"
    log.acting_as(owner, acme.id)
    with clock.acting(-60 * DAY):
        club_looks.change(acme, {"club_name": "Ridge Club", "club_colour": "#0b6b53"})
        made = _offers(acme)
    people = list(
        Member.select().where(Member.partner == acme, Member.erased_at.is_null(), Member.merged_into.is_null())
    )
    log.acting_as(f"token:{ClientToken.get(ClientToken.partner == acme).id}", acme.id)
    known = [member for member in people if member.first_name in MEMBERS.values()]
    for day in range(-59, 0):
        with clock.acting(day * DAY + chance.randrange(0, 8) * _HOUR):
            for member in [*known, *chance.sample(people, 3)]:
                _visit(acme, member, made, chance)
    _now(acme, made, known, owner)
    log.acting_as(log.SYSTEM)


def _offers(acme: Partner) -> list[MemberTerms]:
    """The offers and their collections; one that promoters sell is for members, too."""
    pictures = [
        row.preview_image
        for row in Catalog.select().where(Catalog.partner == acme, Catalog.preview_image.is_null(False))
    ]
    places: dict[str, list[int]] = {title: [] for title in _TITLES}
    made = []
    for number, (given, titles) in enumerate(_OFFERS):
        images = [pictures[number % len(pictures)]] if pictures else []
        made.append(terms.create(acme.id, {**given, "images": images}))
        for title in titles:
            places[title].append(made[-1].offer_id)
    sold = Offer.select().join(PromoterTerms).where(Offer.partner == acme, Offer.is_active).order_by(Offer.id).first()
    made.append(terms.put(sold, {"member_limit": 1, "tags": ["Gear"], "stores": [_SHOP], "images": pictures[:1]}))
    places["For every day"].append(sold.id)
    for title, description in _TITLES.items():
        collection = collections.make(
            acme.id, {"title": title, "description": description, "files": _files(pictures, len(places[title]))}
        )
        collections.arrange(collection, places[title])
    terms.create(acme.id, {**_ENDED, "usable_until": clock.now() + timedelta(days=30)})
    return made


def _files(pictures: list[str | None], number: int) -> list[dict[str, Any]]:
    """A picture of a collection, as the wire tells it."""
    if not pictures:
        return []
    url = pictures[number % len(pictures)]
    return [{"url": url, "width": 960, "height": 540, "kind": "collection_image", "size_type": "original"}]


def _visit(acme: Partner, member: Member, made: list[MemberTerms], chance: random.Random) -> None:
    """A member looks around, opens an offer and may use it."""
    who = asking.at(acme.id, member.id)
    seen = chance.sample(made, 6)
    moment: datetime = clock.now()
    counts.add(who, _ALL, SEEN, [Looked(one.offer_id, moment) for one in seen])
    counts.add(who, _ALL, CLICKED, [Looked(one.offer_id, moment) for one in seen[:2]])
    if chance.random() < 0.6:
        _use(acme, member, seen[0])


def _use(acme: Partner, member: Member, one: MemberTerms) -> None:
    """What cannot be used is not."""
    try:
        uses.use(asking.at(acme.id, member.id), one.offer_id, _ALL)
    except Unusable:
        pass


def _now(acme: Partner, made: list[MemberTerms], known: list[Member], owner: str) -> None:
    """Likes, a grant with its code, a mistake that was undone, and what was used a moment ago."""
    mia, omar = known
    for member, liked in ((mia, made[:4]), (omar, made[2:5])):
        for one in liked:
            likes.like(asking.at(acme.id, member.id), one.offer_id, _ALL)
    log.acting_as(owner, acme.id)
    night = next(one for one in made if one.type == "EXCLUSIVE")
    grants.grant(asking.at(acme.id, mia.id), night.offer_id, _ALL, 30 * DAY)
    authorizations.make(asking.at(acme.id, mia.id), night.offer_id)
    with clock.acting(-2 * DAY):
        mistaken = OfferUse.select().where(OfferUse.member == omar).order_by(OfferUse.id.desc()).first()
        if mistaken:
            uses.undo(acme.id, mistaken.uuid)
