"""Tags of coupons: words that gather them, such as a sponsor or a channel."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from peewee import IntegrityError

from portal.database import savepoint, transaction
from portal.domain import values
from portal.domain.coupons.coupons.tables import CouponTag, TaggedCoupon
from portal.domain.errors import Invalid, NotFound
from portal.domain.events import log
from portal.domain.sentences import say
from portal.domain.typed.texts import compared
from portal.domain.values import Wrong, checked

THING = "coupon tag"
MOST = 20
_name = values.name(60)


def names(value) -> list[str]:
    """Tags as somebody writes them, each once. Raises Wrong for too many, or one that cannot be read."""
    if len(value or ()) > MOST:
        raise Wrong(say("Give at most {most} tags.", most=MOST))
    return list({compared(name): name for name in map(_name, value or ())}.values())


def typed(text: str) -> tuple[str, ...]:
    """Tags as a person writes them into one field, with commas between."""
    return tuple(name for name in map(str.strip, text.split(",")) if name)


def are_same(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether these are the same tags, in whatever order and case."""
    return set(map(compared, one)) == set(map(compared, other))


def put(partner_id: int, coupon_ids: Iterable[int], tag_names: list[str]) -> None:
    """In the transaction around: the coupons have these tags and no others."""
    ids = list(coupon_ids)
    TaggedCoupon.delete().where(TaggedCoupon.coupon.in_(ids)).execute()
    rows = [{"tag": tag, "coupon": each} for tag in made(partner_id, tag_names) for each in ids]
    if rows:
        TaggedCoupon.insert_many(rows).execute()


def of(coupon_ids: Iterable[int]) -> dict[int, list[str]]:
    """The tags of each coupon, in their order."""
    found: dict[int, list[str]] = {each: [] for each in coupon_ids}
    query = TaggedCoupon.select(TaggedCoupon, CouponTag).join(CouponTag)
    query = query.where(TaggedCoupon.coupon.in_(list(found))).order_by(CouponTag.name_key)
    for row in query:
        found[row.coupon_id].append(row.tag.name)
    return found


def made(partner_id: int, tag_names: list[str]) -> list[int]:
    """In the transaction around: the ids of the partner's tags of these names; those that it has not yet are made. Two at once
    make each once."""
    if not tag_names:
        return []
    keys = {compared(name): name for name in tag_names}
    rows = [{"partner": partner_id, "name": name, "name_key": key} for key, name in sorted(keys.items())]
    CouponTag.insert_many(rows).on_conflict_ignore().execute()
    its = (CouponTag.partner == partner_id, CouponTag.name_key.in_(list(keys)))
    return [tag.id for tag in CouponTag.select(CouponTag.id).where(*its)]


def find(partner_id: int, tag_id: int) -> CouponTag:
    """The partner's tag. Raises NotFound."""
    tag = CouponTag.get_or_none(CouponTag.id == tag_id, CouponTag.partner == partner_id)
    if tag is None:
        raise NotFound(say("tag"))
    return tag


def add(partner_id: int, name: str) -> CouponTag:
    """A tag that no coupon has yet. Raises Invalid for a name that another tag has."""
    named = checked({"name": name}, {"name": _name})["name"]
    with transaction():
        with _unless_taken():
            tag = CouponTag.create(partner=partner_id, name=named, name_key=compared(named))
        log.record(partner_id, "coupon_tag.created", THING, tag.id, {"name": named})
    return tag


def rename(partner_id: int, tag_id: int, name: str) -> CouponTag:
    """Call it otherwise; its coupons keep it. Raises NotFound; Invalid for a name that another tag has."""
    named = checked({"name": name}, {"name": _name})["name"]
    with transaction():
        tag = find(partner_id, tag_id)
        with _unless_taken():
            CouponTag.update(name=named, name_key=compared(named)).where(CouponTag.id == tag.id).execute()
        log.record(partner_id, "coupon_tag.renamed", THING, tag.id, {"name": named})
    return find(partner_id, tag_id)


def remove(partner_id: int, tag_id: int) -> None:
    """Forget the tag; the coupons that had it stay. Raises NotFound."""
    with transaction():
        tag = find(partner_id, tag_id)
        CouponTag.delete().where(CouponTag.id == tag.id).execute()
        log.record(partner_id, "coupon_tag.removed", THING, tag.id, {"name": tag.name})


@contextmanager
def _unless_taken() -> Iterator[None]:
    """Around the write of a name. Of two that give the same at once the index lets one."""
    try:
        with savepoint():
            yield
    except IntegrityError:
        raise Invalid("name", say("There is a tag of this name already.")) from None
