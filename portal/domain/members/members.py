"""Customers: created, changed, found and erased (contract: cards, "Whose, and what when").

The phone, the mail address and the id in the partner's own software are each one customer's; that two come at once decides
the database.
"""

from collections.abc import Callable

from peewee import IntegrityError

from portal import clock
from portal.database import savepoint, transaction
from portal.domain.accounts import languages
from portal.domain.errors import NotFound, Taken
from portal.domain.events import log
from portal.domain.mail import outbox
from portal.domain.members import allowing, blanks, codes, finding, holding, likeness, words
from portal.domain.members.details import derived, values
from portal.domain.members.oauth import chains
from portal.domain.members.tables import Member
from portal.domain.sentences import say
from portal.domain.totals import totals

_UNIQUE = ("phone", "mail", "external_user_id")
_TAKEN = {
    "phone": say("There is a customer with this phone already: {id}."),
    "mail": say("There is a customer with this mail address already: {id}."),
    "external_user_id": say("There is a customer with this id of yours already: {id}."),
}
# What others keep of a person, by their row: called inside the erasure, while nobody else makes more of it.
when_erased: list[Callable[[Member], None]] = []


def create(partner_id: int, given: dict) -> Member:
    """A new customer. Raises Invalid with every wrong field; Taken for a phone, mail or id of another one;
    Refused where the partner may make none at the moment."""
    kept = values.taken(partner_id, {"first_name": None, **given})
    kept |= derived.of_person(kept)
    with transaction():
        allowing.refuse(partner_id)
        now = clock.now()
        member = _written(
            partner_id, kept, lambda: Member.create(partner=partner_id, created_at=now, seen_at=now, **kept)
        )
        likeness.count(partner_id, [], [likeness.of_member(member)])
        words.add(member)
        totals.add(partner_id, blanks.KIND, member.id)
        log.record(partner_id, "member.created", "member", member.uuid)
    return member


def change(member: Member, given: dict) -> Member:
    """Set the given fields; null clears one. Raises Invalid, Taken, and NotFound when the customer was erased meanwhile."""
    kept = values.taken(member.partner_id, given)
    with transaction():
        allowing.refuse(member.partner_id)
        holding.hold(member)
        before = Member.get_by_id(member.id)
        kept |= derived.of_person(before.__data__ | kept)
        changed = Member.update(**kept, updated_at=clock.now()).where(Member.id == member.id)
        _written(member.partner_id, kept, changed.execute, but=member.id)
        member = Member.get_by_id(member.id)
        if member.mail != before.mail:
            _end_what_another_address_opened(member.id)
        words.put(member)
        likeness.count(member.partner_id, [likeness.of_member(before)], [likeness.of_member(member)])
        log.record(member.partner_id, "member.changed", "member", member.uuid, {"fields": sorted(given)})
    return member


def erase(member: Member) -> None:
    """Take everything of the person away: what it did stays, and counts, without saying who it was. Raises NotFound when
    somebody else just did."""
    with transaction():
        holding.hold(member)
        likeness.count(member.partner_id, [likeness.of_row(member.id)], [])
        for forget in when_erased:
            forget(member)
        if member.mail is not None:
            outbox.forget(member.partner_id, member.mail)
        blanks.leave(member, erased_at=clock.now())
        log.record(member.partner_id, "member.erased", "member", member.uuid)


def find(partner_id: int, uuid: str) -> Member:
    """The partner's customer by its UUID; who was here twice by either. Raises NotFound."""
    member_id = finding.one(partner_id, uuid=uuid)
    if member_id is None:
        raise NotFound(say("customer"))
    return Member.get_by_id(member_id)


def choose_language(member_id: int, language: str | None) -> None:
    """What the member reads the club in, and is written in, from now on; None leaves it to their browser. Raises Wrong for one that
    there is not."""
    chosen = languages.known(language)
    with transaction():
        Member.update(language=chosen).where(Member.id == member_id, Member.erased_at.is_null()).execute()


def _end_what_another_address_opened(member_id: int) -> None:
    """Whoever chose the password, and signed in by apps, proved the address that was known then."""
    Member.update(password_hash=None).where(Member.id == member_id).execute()
    chains.end_of_member(member_id)


def _written(partner_id: int, kept: dict, write: Callable, but: int = 0):
    try:
        with savepoint():
            return write()
    except IntegrityError:
        raise _taken(partner_id, kept, but) from None


def _taken(partner_id: int, kept: dict, but: int) -> Taken:
    """Who has what the database would not give a second time; whoever had it may be gone meanwhile."""
    for field in _UNIQUE:
        theirs = (Member.partner == partner_id) & (getattr(Member, field) == kept.get(field)) & (Member.id != but)
        if kept.get(field) and (uuid := Member.select(Member.uuid).where(theirs).scalar()):
            return Taken(_TAKEN[field].format(id=uuid), field=field, code=codes.CUSTOMER_TAKEN)
    return Taken(say("Somebody else took it a moment ago. Try again."), code=codes.CUSTOMER_TAKEN)
