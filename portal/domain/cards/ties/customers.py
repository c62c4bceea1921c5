"""Which customer a deal names (`customer=` in `another_data`), by whatever the shop knows of them, and by what deals name one."""

from portal.domain.members import finding
from portal.domain.members.tables import Member

_WAYS = ("uuid", "theirs", "mail", "phone")  # A phone is the loosest of them: any digits may be one.


def named(partner_id: int, text: str | None) -> int | None:
    """The id of the partner's customer with this UUID, id of the partner's own, mail address or phone in any notation."""
    text = (text or "").strip()
    if not text:
        return None
    ways = (finding.one(partner_id, **{way: text}) for way in _WAYS)
    return next((found for found in ways if found is not None), None)


def names(member: Member) -> list[str]:
    """What shops may call the customer, as far as it is written alike each time."""
    phone = member.phone or ""
    known = (member.uuid, member.external_user_id, member.mail, phone, phone.removeprefix("+"), member.phone_typed)
    return sorted({name for name in known if name})
