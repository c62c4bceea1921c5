"""Who may be there twice: how many of a partner's customers are alike, counted by whoever writes one.

A hundred thousand customers cannot be compared with each other while somebody waits for a page.
"""

from collections import Counter
from collections.abc import Container, Mapping, Sequence
from typing import Any, NamedTuple

from portal.database import Statement
from portal.domain.typed import likeness

_ROW = "(:partner, :key_{0}, :is_by_name_{0}, 1)"
_ADD = [
    Statement(
        f"""INSERT INTO member_likeness (partner_id, "key", is_by_name, customers) VALUES {", ".join(map(_ROW.format, range(count)))}
        ON CONFLICT (partner_id, "key") DO UPDATE SET customers = member_likeness.customers + 1"""
    )
    for count in (1, 2)
]
_TAKE = Statement(
    """UPDATE member_likeness SET customers = customers - 1 WHERE partner_id = :partner AND "key" = :key RETURNING customers"""
)
_DROP = Statement("""DELETE FROM member_likeness WHERE partner_id = :partner AND "key" = :key AND customers = 0""")


class Keys(NamedTuple):
    """What a customer is compared by: None where there is nothing."""

    name_key: str | None
    mail_key: str | None


_OF = Statement("SELECT name_key, mail_key FROM member WHERE id = :member", Keys)


def of_person(person: Mapping[str, Any]) -> Keys:
    """Of somebody with these columns of a customer."""
    name = likeness.of_name(person["first_name"], person.get("surname"), person.get("date_of_birth"))
    return Keys(name, likeness.of_mail(person.get("mail")))


def of_member(member: Any) -> Keys:
    """Of a customer as the row was read."""
    return Keys(member.name_key, member.mail_key)


def of_row(member_id: int) -> Keys:
    """Of a customer that is there, as the row is now, in a transaction that holds it."""
    return _OF.rows(member=member_id)[0]


def count(partner_id: int, before: Sequence[Keys], now: Sequence[Keys]) -> None:
    """In the transaction that writes customers: they are compared by the ones no more, and by the others instead. Before anything
    else is counted, and in one order, so that nobody waits for each other."""
    names = {keys.name_key for keys in now}
    if not before:
        return _add(partner_id, sorted(key for keys in now for key in keys if key), names)
    more, fewer = _each(now), _each(before)
    come, gone = more - fewer, fewer - more
    for key in sorted((come + gone).elements()):
        _add(partner_id, [key], names) if key in come else _take(partner_id, key)


def _each(every: Sequence[Keys]) -> Counter[str]:
    return Counter(key for keys in every for key in keys if key)


def _add(partner_id: int, keys: list[str], names: Container[str | None]) -> None:
    if keys:
        given: dict[str, Any] = {f"key_{place}": key for place, key in enumerate(keys)}
        given |= {f"is_by_name_{place}": key in names for place, key in enumerate(keys)}
        _ADD[len(keys) - 1].run(partner=partner_id, **given)


def _take(partner_id: int, key: str) -> None:
    if not _TAKE.value(partner=partner_id, key=key):
        _DROP.run(partner=partner_id, key=key)
