"""Customers by what programs and people know of them."""

from peewee import Field

from portal.database import Statement
from portal.domain.identifiers import typed_uuid
from portal.domain.members.details import countries, phones
from portal.domain.members.tables import Member
from portal.domain.typed.mail_addresses import normal_mail

_NUMBER = Statement("SELECT COALESCE(merged_into_id, id) FROM member WHERE uuid = :uuid AND partner_id = :partner")
_WAYS = ("uuid", "theirs", "mail", "phone")  # A phone is the loosest of them: any digits may be one.


def number(partner_id: int, uuid: str) -> int | None:
    """The id of whoever had this UUID, also of somebody who was erased since: what they did is still told, without who it was."""
    return _NUMBER.value(uuid=typed_uuid(uuid) or "", partner=partner_id)


def one(
    partner_id: int, *, uuid: str | None = None, mail: str | None = None, phone: str | None = None, theirs: str | None = None
) -> int | None:  # fmt: skip
    """The id of the partner's customer with all that is given: a phone in any notation, a mail address in any case, an id of
    the partner's own software. One that was here twice is whom it became. None when there is none."""
    is_it = Member.partner == partner_id
    for column, text in (
        (Member.uuid, uuid),
        (Member.mail, mail),
        (Member.phone, phone),
        (Member.external_user_id, theirs),
    ):
        if text is not None:
            is_it &= column == _compared(partner_id, column, text)
    found = Member.select(Member.id, Member.merged_into, Member.erased_at).where(is_it).first()
    if found and found.merged_into_id:
        found = found.merged_into
    return found.id if found and not found.erased_at else None


def named(partner_id: int, text: str | None) -> int | None:
    """The id of the partner's customer with this UUID, id of the partner's own, mail address or phone in any notation."""
    text = (text or "").strip()
    if not text:
        return None
    ways = (one(partner_id, **{way: text}) for way in _WAYS)
    return next((found for found in ways if found is not None), None)


def compared(partner_id: int, way: str, text: str) -> str:
    """A mail, phone or uuid as `one` compares it, whoever has it; empty where nobody can."""
    return _compared(partner_id, getattr(Member, way), text)


def _compared(partner_id: int, column: Field, text: str) -> str:
    """A text as the column keeps it; an empty one where nothing can be kept so."""
    if column is Member.uuid:
        return typed_uuid(text) or ""
    if column is Member.phone:
        return phones.known(text, countries.of_partner(partner_id)) or ""
    return normal_mail(text) if column is Member.mail else text
