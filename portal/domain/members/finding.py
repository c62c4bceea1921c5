"""Customers by what programs and people know of them."""

from portal.database import Statement
from portal.domain.identifiers import typed_uuid
from portal.domain.members import countries, phones
from portal.domain.members.tables import Member
from portal.domain.typed.mail_addresses import normal_mail

_NUMBER = Statement("SELECT COALESCE(merged_into_id, id) FROM member WHERE uuid = :uuid AND partner_id = :partner")


def number(partner_id: int, uuid: str) -> int | None:
    """The id of whoever had this UUID, also of somebody who was erased since: what they did is still told, without who it was."""
    return _NUMBER.value(uuid=typed_uuid(uuid) or "", partner=partner_id)


def one(
    partner_id: int, *, uuid: str | None = None, mail: str | None = None, phone: str | None = None, theirs: str | None = None
) -> int | None:  # fmt: skip
    """The id of the partner's customer with all that is given: a phone in any notation, a mail address in any case, an id of
    the partner's own software. One that was here twice is whom it became. None when there is none."""
    is_it = Member.partner == partner_id
    if uuid is not None:
        is_it &= Member.uuid == (typed_uuid(uuid) or "")
    if mail is not None:
        is_it &= Member.mail == normal_mail(mail)
    if phone is not None:
        is_it &= Member.phone == (phones.known(phone, countries.of_partner(partner_id)) or "")
    if theirs is not None:
        is_it &= Member.external_user_id == theirs
    found = Member.select(Member.id, Member.merged_into, Member.erased_at).where(is_it).first()
    if found and found.merged_into_id:
        found = found.merged_into
    return found.id if found and not found.erased_at else None
