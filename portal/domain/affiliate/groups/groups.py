"""Groups of promoters: named, filled and emptied by their merchant. What a group is rewarded with stands in `special_rewards`."""

from collections.abc import Iterator
from contextlib import contextmanager

from peewee import IntegrityError

from portal import clock
from portal.database import Statement, transaction
from portal.domain import values
from portal.domain.accounts.partners import partners
from portal.domain.affiliate import found
from portal.domain.affiliate.groups.tables import GroupMember, PromoterGroup
from portal.domain.affiliate.promotions.tables import Promotion
from portal.domain.errors import Invalid, NotFound, Refused
from portal.domain.events import log
from portal.domain.offers.tables import Catalog
from portal.domain.sentences import say
from portal.domain.typed.texts import compared
from portal.domain.values import checked

MOST = 100  # of a merchant
THING = "promoter group"
_FIELDS = {"name": values.name(60)}
_LOCK = Statement("SELECT id FROM promoter_group WHERE id = :group", lock="FOR UPDATE")
# A promoter is in one group of a merchant's: putting it into another takes it out of the first.
_PUT = Statement(
    """INSERT INTO group_member (group_id, merchant_id, promoter_id, created_at)
    VALUES (:group, :merchant, :promoter, :now)
    ON CONFLICT (merchant_id, promoter_id) DO UPDATE SET group_id = excluded.group_id, created_at = excluded.created_at
    WHERE group_member.group_id <> excluded.group_id"""
)

_TAKE_OUT = Statement(
    """DELETE FROM group_member WHERE merchant_id = :merchant AND promoter_id = :promoter
    RETURNING (SELECT uuid FROM promoter_group g WHERE g.id = group_member.group_id)"""
)


def make(merchant_id: int, name: str) -> PromoterGroup:
    """A new, empty group. Raises Invalid for a name that is taken, Refused when there are too many."""
    taken = _name(name)
    with _free(taken), transaction():
        partners.hold(merchant_id)
        if PromoterGroup.select().where(PromoterGroup.merchant == merchant_id).count() >= MOST:
            raise Refused(say("There are {most} groups already. Remove one that nobody is in.", most=MOST))
        group = PromoterGroup.create(merchant=merchant_id, name=taken, folded=compared(taken))
        log.record(merchant_id, "group.created", THING, group.uuid, {"name": taken})
    return group


def rename(group: PromoterGroup, name: str) -> PromoterGroup:
    """Give it another name; deals that are there keep the one they were made under. Raises Invalid for one that is taken."""
    taken = _name(name)
    with _free(taken), transaction():
        locked(group)
        PromoterGroup.update(name=taken, folded=compared(taken)).where(PromoterGroup.id == group.id).execute()
        log.record(group.merchant_id, "group.renamed", THING, group.uuid, {"name": taken})
    return PromoterGroup.get_by_id(group.id)


def remove(group: PromoterGroup) -> None:
    """Forget it with its rewards; its promoters stay promoters. Deals that are there keep their terms."""
    with transaction():
        locked(group)
        PromoterGroup.delete().where(PromoterGroup.id == group.id).execute()
        log.record(group.merchant_id, "group.removed", THING, group.uuid, {"name": group.name})


def put(group: PromoterGroup, promoter_id: int) -> None:
    """Have a promoter in the group, and in no other of the merchant's. Repeating it changes nothing.

    Raises NotFound for a partner that promotes none of the merchant's catalogs.
    """
    with transaction():
        locked(group)
        _refuse_stranger(group.merchant_id, promoter_id)
        given = {"group": group.id, "merchant": group.merchant_id, "promoter": promoter_id, "now": clock.micros()}
        if _PUT.run(**given):
            log.record(group.merchant_id, "group.joined", THING, group.uuid, {"promoter": promoter_id})


def take_out(merchant_id: int, promoter_id: int) -> None:
    """Have a promoter in none of the merchant's groups. Repeating it changes nothing."""
    with transaction():
        if uuid := _TAKE_OUT.value(merchant=merchant_id, promoter=promoter_id):
            _tell_of_leaving(merchant_id, uuid, promoter_id)


def take_out_of(group: PromoterGroup, promoter_id: int) -> None:
    """Have a promoter no longer in this group. Raises NotFound for one that is not in it."""
    with transaction():
        its = (GroupMember.group == group, GroupMember.promoter == promoter_id)
        if not GroupMember.delete().where(*its).execute():
            raise NotFound(say("promoter"))
        _tell_of_leaving(group.merchant_id, group.uuid, promoter_id)


def find(merchant_id: int, uuid: str) -> PromoterGroup:
    """The merchant's group by our id. Raises NotFound."""
    return found.of_merchant(PromoterGroup, merchant_id, uuid, "group")


def locked(group: PromoterGroup) -> None:
    """It stays as it is for the transaction around. Raises NotFound when it has gone meanwhile."""
    if _LOCK.value(group=group.id) is None:
        raise NotFound(say("group"))


def of_promoter(merchant_id: int, promoter_id: int) -> PromoterGroup | None:
    """The group of the merchant's that the promoter is in."""
    its = (GroupMember.merchant == merchant_id, GroupMember.promoter == promoter_id)
    return PromoterGroup.select().join(GroupMember).where(*its).first()


def _tell_of_leaving(merchant_id: int, uuid: str, promoter_id: int) -> None:
    log.record(merchant_id, "group.left", THING, uuid, {"promoter": promoter_id})


def _name(name: str) -> str:
    return str(checked({"name": name}, _FIELDS)["name"])


@contextmanager
def _free(name: str) -> Iterator[None]:
    try:
        yield
    except IntegrityError:
        raise Invalid("name", say("There is a group “{name}” already. Choose another name.", name=name)) from None


def _refuse_stranger(merchant_id: int, promoter_id: int) -> None:
    its = (Catalog.partner == merchant_id, Promotion.promoter == promoter_id)
    if not Promotion.select().join(Catalog).where(*its).exists():
        raise NotFound(say("promoter"))
