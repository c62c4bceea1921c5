"""Catalogs, every family's: made, changed, published, put away and found by their merchant."""

from collections.abc import Callable

from peewee import IntegrityError

from portal import clock
from portal.database import Statement, transaction
from portal.domain.errors import Invalid, NotFound, Refused
from portal.domain.events import log
from portal.domain.identifiers import CATALOG_CODE, normal_code, short_code, typed_uuid
from portal.domain.offers import codes
from portal.domain.offers.catalog_fields import FIELDS, PICTURES
from portal.domain.offers.tables import Catalog
from portal.domain.pictures import album
from portal.domain.sentences import say
from portal.domain.typed.texts import mended
from portal.domain.values import checked

_LOCK = Statement("SELECT id FROM catalog WHERE id = :catalog", lock="FOR UPDATE")

# What other areas add, in the transaction of the change: a named file of theirs fills these lists.
before_reward_ends: list[Callable[[Catalog], None]] = []  # The catalog's own percentage is about to go; may refuse.
when_unpublished: list[Callable[[Catalog], None]] = []
when_shown_otherwise: list[Callable[[Catalog], None]] = []  # It was published, unpublished, put away or restored.


def create(partner_id: int, given: dict) -> Catalog:
    """A new catalog of the merchant's. Raises Invalid with every wrong value, and where all are right a catalog_code in use."""
    taken = checked({"title": None, "catalog_code": None, **given}, FIELDS)
    with transaction():
        _refuse_code_in_use(partner_id, taken["catalog_code"])
        _refuse_crossed_percents(taken.get("min_promo_code_percent"), taken.get("max_promo_code_percent"))
        try:
            key = mended(taken["catalog_code"])
            catalog = Catalog.create(partner=partner_id, short_code=free_code(), code_key=key, **taken)
        except IntegrityError as error:
            raise _code_in_use(taken["catalog_code"]) from error
        album.want_all(partner_id, (taken.get(name) for name in PICTURES))
        log.record(partner_id, "catalog.created", "catalog", catalog.uuid)
    return catalog


def change(catalog: Catalog, given: dict, seen: int | None = None) -> Catalog:
    """Set the given fields; null sets the default. No existing deal changes. Raises Invalid as `create`.

    Publishing an archived catalog is Invalid as well: it is restored first. `seen` is the `modified_at` (microseconds)
    that whoever changes it looked at; Refused when it has changed since.
    """
    taken = checked(given, FIELDS)
    with transaction():
        catalog = locked(catalog.id)
        refuse_unseen_change(catalog, seen)
        if taken.get("catalog_code", catalog.catalog_code) != catalog.catalog_code:
            _refuse_code_in_use(catalog.partner_id, taken["catalog_code"], catalog)
            catalog.code_key = mended(taken["catalog_code"])
        if "reward_percent" in taken and taken["reward_percent"] is None:
            for may_refuse in before_reward_ends:
                may_refuse(catalog)
        was_published, before = catalog.is_published, dict(catalog.__data__)
        for name, value in taken.items():
            setattr(catalog, name, value)
        _refuse_crossed_percents(catalog.min_promo_code_percent, catalog.max_promo_code_percent)
        if catalog.is_published and catalog.archived_at:
            raise Invalid(
                "is_published",
                say("The catalog is archived. Restore it in the portal, then publish it."),
                code=codes.CATALOG_ARCHIVED,
            )
        if catalog.__data__ != before:
            _keep(catalog, taken, was_published)
    return catalog


def archive(catalog: Catalog) -> Catalog:
    """Put the catalog away: unpublished, and out of lists and the marketplace. Repeating it changes nothing.

    Deals that are there keep their terms and run on. Only a catalog that was published is taken from promoters, who are told.
    """
    with transaction():
        catalog = locked(catalog.id)
        if catalog.archived_at is None:
            was_published = catalog.is_published
            _put(catalog, "catalog.archived", archived_at=clock.now(), is_published=False)
            _tell_of_publication(catalog, was_published)
    return catalog


def restore(catalog: Catalog) -> Catalog:
    """Have an archived catalog among the others again, unpublished. Repeating it changes nothing."""
    with transaction():
        catalog = locked(catalog.id)
        if catalog.archived_at is not None:
            _put(catalog, "catalog.restored", archived_at=None)
    return catalog


def refuse_unseen_change(thing, seen: int | None) -> None:
    """Raise Refused when the locked row has changed since somebody looked at it: two people edit at once."""
    if seen is not None and clock.to_micros(thing.modified_at) != seen:
        raise Refused(
            say(
                "Somebody changed this while your form was open. Look at it in a second tab; sending this form once "
                "more overwrites what they changed."
            )
        )


def find(partner_id: int, reference: str) -> Catalog:
    """The merchant's catalog by UUID or short code. Raises NotFound."""
    uuid, code = typed_uuid(reference), normal_code(reference)
    where = Catalog.uuid == uuid if uuid else Catalog.short_code == code
    catalog = Catalog.get_or_none(where, Catalog.partner == partner_id) if uuid or code else None
    if catalog is None:
        raise NotFound(say("catalog"))
    return catalog


def locked(catalog_id: int) -> Catalog:
    """The catalog as it stands, for the transaction around: what is judged by it stays true until the commit."""
    _LOCK.value(catalog=catalog_id)
    return Catalog.get_by_id(catalog_id)


def for_body(partner_id: int, reference) -> Catalog:
    """As `find`, for a catalog_id inside a body: an unknown one is a wrong field."""
    try:
        return find(partner_id, reference or "")
    except NotFound:
        raise Invalid("catalog_id", say("You have no catalog with this id."), code=codes.CATALOG_UNKNOWN) from None


def _keep(catalog: Catalog, taken: dict, was_published: bool) -> None:
    catalog.modified_at = clock.now()
    try:
        catalog.save(only=[*taken, "code_key", "modified_at"])
    except IntegrityError as error:
        raise _code_in_use(catalog.catalog_code) from error
    album.want_all(catalog.partner_id, (taken.get(name) for name in PICTURES))
    log.record(catalog.partner_id, "catalog.changed", "catalog", catalog.uuid, {"fields": sorted(taken)})
    _tell_of_publication(catalog, was_published)


def _put(catalog: Catalog, fact: str, **values) -> None:
    for name, value in values.items():
        setattr(catalog, name, value)
    catalog.modified_at = clock.now()
    catalog.save(only=[*values, "modified_at"])
    log.record(catalog.partner_id, fact, "catalog", catalog.uuid)


def _tell_of_publication(catalog: Catalog, was_published: bool) -> None:
    if catalog.is_published != was_published:
        fact = "catalog.published" if catalog.is_published else "catalog.unpublished"
        log.record(catalog.partner_id, fact, "catalog", catalog.uuid)
        for told in when_shown_otherwise:
            told(catalog)
    if was_published and not catalog.is_published:
        for told in when_unpublished:
            told(catalog)


def free_code() -> str:
    """A short code that no catalog has. Five characters are few enough to be drawn twice."""
    code = short_code(CATALOG_CODE)
    return free_code() if Catalog.select().where(Catalog.short_code == code).exists() else code


def _code_in_use(code: str) -> Invalid:
    return Invalid(
        "catalog_code",
        say("You have another catalog with the code “{code}”. Choose another code.", code=code[:80]),
        code=codes.CATALOG_CODE_TAKEN,
    )


def _refuse_code_in_use(partner_id: int, code: str, but: Catalog | None = None) -> None:
    others = Catalog.select().where(Catalog.partner == partner_id, Catalog.code_key == mended(code))
    if (others.where(Catalog.id != but.id) if but else others).exists():
        raise _code_in_use(code)


def _refuse_crossed_percents(lowest: int | None, highest: int | None) -> None:
    if lowest is not None and highest is not None and lowest > highest:
        raise Invalid(
            "min_promo_code_percent",
            say("The smallest promo code discount must not exceed the largest."),
            code=codes.PROMO_PERCENTS_CROSSED,
        )
