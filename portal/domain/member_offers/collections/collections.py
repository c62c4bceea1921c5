"""Collections of a club's offers, made, changed and put in order (contract: member-offers, "Collection model")."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from peewee import fn

from portal.database import Statement, transaction
from portal.domain import values
from portal.domain.accounts.partners import partners
from portal.domain.errors import NotFound, Refused
from portal.domain.events import log
from portal.domain.member_offers.collections.tables import Collection, CollectionOffer
from portal.domain.sentences import say
from portal.domain.values import checked

MOST, MOST_OFFERS = 200, 1000
THING = "collection"
FIELDS = {"title": values.name(120), "description": values.optional_text(2000), "files": lambda files: files or []}
_OFFERS = Statement(
    """SELECT t.offer_id FROM collection_offer p JOIN member_terms t ON t.id = p.terms_id
    WHERE p.collection_id = :collection ORDER BY p.position, p.id"""
)
_HOLD = Statement("SELECT id FROM collection WHERE id = :collection", lock="FOR UPDATE")


class _Terms(NamedTuple):
    terms_id: int
    offer_id: int


# Whoever takes one from the members waits, or was quicker.
_TERMS = Statement(
    """SELECT t.id AS terms_id, t.offer_id FROM member_terms t WHERE t.partner_id = :partner AND t.offer_id IN :offers
    ORDER BY t.id""",
    row=_Terms,
    lock="FOR KEY SHARE",
)


def make(partner_id: int, given: dict[str, Any]) -> Collection:
    """A new collection, after all others. Raises Invalid, Refused when there are `MOST`."""
    taken = checked({"title": None, **given}, FIELDS)
    with transaction():
        partners.hold(partner_id)
        theirs = Collection.select().where(Collection.partner == partner_id)
        if theirs.count() >= MOST:
            raise Refused(say("There are {most} collections already. Remove one first.", most=MOST))
        last = theirs.select(fn.MAX(Collection.position)).scalar()
        collection = Collection.create(partner=partner_id, position=0 if last is None else last + 1, **taken)
        log.record(partner_id, "collection.created", THING, collection.id)
    return collection


def change(collection: Collection, given: dict[str, Any]) -> Collection:
    """Set the given fields. Raises Invalid, NotFound when somebody else just removed it."""
    taken = checked(given, FIELDS)
    with transaction():
        if not Collection.update(**taken).where(Collection.id == collection.id).execute():
            raise NotFound(say("collection"))
        log.record(collection.partner_id, "collection.changed", THING, collection.id, {"fields": sorted(taken)})
    return Collection.get_by_id(collection.id)


def remove(collection: Collection) -> None:
    """Take the collection away; its offers stay. Raises NotFound when somebody else just did."""
    with transaction():
        CollectionOffer.delete().where(CollectionOffer.collection == collection).execute()
        if not Collection.delete().where(Collection.id == collection.id).execute():
            raise NotFound(say("collection"))
        log.record(collection.partner_id, "collection.removed", THING, collection.id)


def find(partner_id: int, collection_id: int) -> Collection:
    """The partner's collection. Raises NotFound."""
    collection = Collection.get_or_none(Collection.id == collection_id, Collection.partner == partner_id)
    if collection is None:
        raise NotFound(say("collection"))
    return collection


def arrange(collection: Collection, offer_ids: Sequence[int]) -> None:
    """These offers are in it, in this order, and no others. Raises NotFound for one that is not the partner's members'; Refused
    for too many."""
    wanted = list(dict.fromkeys(offer_ids))
    if len(wanted) > MOST_OFFERS:
        raise Refused(say("A collection has at most {most} offers.", most=MOST_OFFERS))
    with transaction():
        hold(collection)
        its = _TERMS.rows(partner=collection.partner_id, offers=wanted)
        terms = {one.offer_id: one.terms_id for one in its}
        if len(terms) < len(wanted):
            raise NotFound(say("offer"))
        CollectionOffer.delete().where(CollectionOffer.collection == collection).execute()
        rows = [
            {"collection": collection.id, "terms": terms[offer_id], "position": position}
            for position, offer_id in enumerate(wanted)
        ]
        if rows:
            CollectionOffer.insert_many(rows).execute()
        log.record(collection.partner_id, "collection.arranged", THING, collection.id)


def put_in_order(partner_id: int, collection_ids: Sequence[int]) -> None:
    """The partner's collections stand in this order; those that are not named stay behind them. Raises NotFound for another's."""
    with transaction():
        partners.hold(partner_id)
        theirs = Collection.select(Collection.id).where(Collection.partner == partner_id)
        present = [one.id for one in theirs.order_by(Collection.position, Collection.id)]
        if not set(collection_ids) <= set(present):
            raise NotFound(say("collection"))
        order = dict.fromkeys([*collection_ids, *present])
        for position, collection_id in enumerate(order):
            Collection.update(position=position).where(Collection.id == collection_id).execute()


def offers_of(collection: Collection) -> list[int]:
    """The ids of its offers in their order."""
    return _OFFERS.values(collection=collection.id)


def hold(collection: Collection) -> None:
    """In a transaction: whoever else puts its offers in order waits. Raises NotFound."""
    if _HOLD.value(collection=collection.id) is None:
        raise NotFound(say("collection"))


def add(collection: Collection, *offer_ids: int) -> None:
    """The offers stand in it, last, but for those that are in it already. Raises NotFound, Refused for too many."""
    with transaction():
        hold(collection)
        arrange(collection, [*offers_of(collection), *offer_ids])


def take_out(collection: Collection, offer_id: int) -> None:
    """The offer is in it no more; of itself it stays. Raises NotFound when somebody else just removed the collection."""
    with transaction():
        hold(collection)
        arrange(collection, [one for one in offers_of(collection) if one != offer_id])


def shift(collection: Collection, offer_id: int, by: int) -> None:
    """The offer changes its place with the one before it (-1) or after it (1), if there is one. Raises NotFound."""
    with transaction():
        hold(collection)
        arrange(collection, _shifted(offers_of(collection), offer_id, by))


def shift_among(collection: Collection, by: int) -> None:
    """The collection changes its place with the one before it (-1) or after it (1), if there is one."""
    with transaction():
        partners.hold(collection.partner_id)
        put_in_order(
            collection.partner_id, _shifted([one.id for one in of_partner(collection.partner_id)], collection.id, by)
        )


def of_partner(partner_id: int) -> list[Collection]:
    """The partner's collections in their order."""
    theirs = Collection.select().where(Collection.partner == partner_id)
    return list(theirs.order_by(Collection.position, Collection.id))


def _shifted(ids: list[int], one: int, by: int) -> list[int]:
    if one not in ids or not 0 <= ids.index(one) + by < len(ids):
        return ids
    place = ids.index(one)
    ids[place], ids[place + by] = ids[place + by], ids[place]
    return ids
