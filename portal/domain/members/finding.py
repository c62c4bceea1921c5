"""Members by what programs and people know of them."""

from portal.domain.identifiers import typed_uuid
from portal.domain.members.tables import Member


def one(partner_id: int, *, uuid: str | None = None, mail: str | None = None, phone: str | None = None) -> int | None:
    """The id of the partner's member with all that is given; a member that was merged is the one it became. None when there
    is none."""
    is_it = Member.partner == partner_id
    if uuid is not None:
        is_it &= Member.uuid == (typed_uuid(uuid) or "")
    if mail is not None:
        is_it &= Member.mail == mail.strip().lower()
    if phone is not None:
        is_it &= Member.phone == phone
    found = Member.select(Member.id, Member.merged_into).where(is_it, Member.erased_at.is_null()).first()
    return found and (found.merged_into_id or found.id)
