"""Customers by what programs and people know of them."""

from itertools import chain, combinations

from portal.database import Statement
from portal.domain.identifiers import typed_uuid
from portal.domain.members.details import countries, phones
from portal.domain.typed.mail_addresses import normal_mail

_NUMBER = Statement("SELECT COALESCE(merged_into_id, id) FROM member WHERE uuid = :uuid AND partner_id = :partner")
_COLUMNS = {"uuid": "uuid", "mail": "mail", "phone": "phone", "theirs": "external_user_id"}
_WAYS = ("uuid", "theirs", "mail", "phone")  # A phone is the loosest of them: any digits may be one.


def _found(ways: tuple[str, ...]) -> Statement:
    is_it = " AND ".join(["a.partner_id = :partner", *(f"a.{_COLUMNS[way]} = :{way}" for way in ways)])
    return Statement(
        f"""SELECT m.id FROM member a JOIN member m ON m.id = COALESCE(a.merged_into_id, a.id) AND m.erased_at IS NULL
        WHERE {is_it} LIMIT 1"""
    )


_FOUND = {ways: _found(ways) for ways in chain(*(combinations(_COLUMNS, count) for count in range(1, 5)))}


def number(partner_id: int, uuid: str) -> int | None:
    """The id of whoever had this UUID, also of somebody who was erased since: what they did is still told, without who it was."""
    return _NUMBER.value(uuid=typed_uuid(uuid) or "", partner=partner_id)


def one(
    partner_id: int, *, uuid: str | None = None, mail: str | None = None, phone: str | None = None, theirs: str | None = None
) -> int | None:  # fmt: skip
    """The id of the partner's customer with all that is given: a phone in any notation, a mail address in any case, an id of
    the partner's own software. One that was here twice is whom it became. None when there is none."""
    texts = {"uuid": uuid, "mail": mail, "phone": phone, "theirs": theirs}
    given = {way: compared(partner_id, way, text) for way, text in texts.items() if text is not None}
    return _FOUND[tuple(given)].value(partner=partner_id, **given)


def named(partner_id: int, text: str | None) -> int | None:
    """The id of the partner's customer with this UUID, id of the partner's own, mail address or phone in any notation."""
    text = (text or "").strip()
    if not text:
        return None
    ways = (one(partner_id, **{way: text}) for way in _WAYS)
    return next((found for found in ways if found is not None), None)


def compared(partner_id: int, way: str, text: str) -> str:
    """A text as `one` compares it, whoever has it; empty where nobody can."""
    if way == "uuid":
        return typed_uuid(text) or ""
    if way == "phone":
        return phones.known(text, countries.of_partner(partner_id)) or ""
    return normal_mail(text) if way == "mail" else text
