"""The words that a customer is found by: each begins with one of those that somebody types, in any order.

They are kept beside the customer by whoever writes it, for a hundred thousand names cannot be looked through.
"""

from dataclasses import dataclass
from functools import cache, cached_property

from portal.database import Statement
from portal.domain.members.details import phones
from portal.domain.members.tables import PHONE_END, Member
from portal.domain.typed import beginnings, ends

# The plus keeps the partner's indexes out: that of ends finds few.
BY_END = f"""SELECT e.id FROM member e WHERE {PHONE_END} BETWEEN {ends.between(":phone_end")} AND +e.partner_id = :partner
    AND e.phone LIKE :ends_like AND e.erased_at IS NULL"""
_TOGETHER = 16
FEW = 50  # as many as a page has
_MANY = 20_000  # words that begin so: whoever is looked through in order has one of them soon
# Asked of one customer after the other: PostgreSQL would list all who have it for an EXISTS.
_HAS = "(SELECT 1 FROM member_word o WHERE o.member_id = {} AND {} LIMIT 1) IS NOT NULL"


@dataclass(frozen=True)
class Asked:
    """Words that somebody typed, as queries look for the partner's customers by them: how many there are, and their parameters. A
    phone is looked for where they hold what one can end with: what finds nobody is planned all the same."""

    number: int
    given: dict

    @cached_property
    def are_many(self) -> bool:
        """Whether more words begin as the first does than are looked up."""
        named = {name: self.given[name] for name in ("partner", "begins_1", "ends_1")}
        return _BEGUN.value(skipped=_MANY, **named) is not None

    def few(self, others: str = "", **given) -> list[int] | None:
        """The ids of those whom they find, or a query of `others` does; None where they are many. What asks for ids alone
        PostgreSQL plans once, and what finds them anew for each text, for it cannot tell how many that will be."""
        ways = " UNION ALL ".join(filter(None, (self.found(), others)))
        found = _first(ways, FEW + 1).values(**self.given, **given)
        return list(dict.fromkeys(found)) if len(found) <= FEW else None

    def found(self) -> str:
        """The query of the ids of those whose words begin so, or whose phone ends so."""
        by_end = [f"{way}{_others('e.id', self.number)}" for way in self._by_end]
        return " UNION ALL ".join([begun(self.number), *by_end])

    def fitting(self, member: str, others: str = "") -> str:
        """The condition on a customer's number that they find it, or a query of `others` does. The few who are found are looked
        up; many are not listed, for whoever is looked through in order is one of them soon."""
        if not self.are_many:
            return f"{member} IN ({' UNION '.join(filter(None, (self.found(), others)))})"
        first, *more = [_HAS.format(member, _between("o", place)) for place in range(1, self.number + 1)]
        first = " OR ".join([first, *(f"{member} IN ({way})" for way in self._by_end)])
        fits = " AND ".join([f"({first})", *more])
        return f"({fits} OR {member} IN ({others}))" if others else fits

    @property
    def _by_end(self) -> tuple[str, ...]:
        return (BY_END,) if self.given["phone_end"] != beginnings.NO_END else ()


@cache
def _first(found: str, most: int) -> Statement:
    return Statement(f"SELECT * FROM ({found}) found LIMIT {most}")


def _rows(count: int) -> Statement:
    rows = ", ".join(f"(:member, :partner, :word_{place})" for place in range(count))
    return Statement(f"INSERT INTO member_word (member_id, partner_id, word) VALUES {rows}")


_ADD = [_rows(count) for count in range(1, _TOGETHER + 1)]
_DROP = Statement("DELETE FROM member_word WHERE member_id = :member")


def put(member: Member) -> None:
    """Keep the words of a customer, in the transaction that writes it."""
    drop(member)
    add(member)


def add(member: Member) -> None:
    """The same of a customer who has none yet."""
    words = sorted(of_member(member))
    for first in range(0, len(words), _TOGETHER):
        some = words[first : first + _TOGETHER]
        given = {f"word_{place}": word for place, word in enumerate(some)}
        _ADD[len(some) - 1].run(member=member.id, partner=member.partner_id, **given)


def drop(member: Member) -> None:
    """Nothing finds the customer any more."""
    _DROP.run(member=member.id)


def of_member(member: Member) -> set[str]:
    """All words that find a customer: of the names, the mail address, the partner's own id and the phone."""
    texts = f"{member.first_name} {member.surname or ''} {member.mail or ''} {member.external_user_id or ''}".split()
    parts = [part for text in texts for part in (text, *beginnings.parts(text.partition("@")[0]))]
    numbers = phones.looked_for(member.phone) if member.phone else ()
    return {word for word in (*map(beginnings.kept, parts), *numbers) if word}


def typed(text: str) -> list[str]:
    """What somebody typed as beginnings of words: a number in any notation is one."""
    number = beginnings.number(text)
    return [number] if number else beginnings.words(text)


def asked(partner_id: int, text: str) -> Asked | None:
    """How the partner's customers are looked for by a text; None where it has no words."""
    if not (found := typed(text)):
        return None
    return Asked(len(found), {"partner": partner_id} | beginnings.parameters(found) | beginnings.ending(text))


def begun(count: int) -> str:
    """The query of the ids of those whose words begin with as many."""
    first = f"SELECT w.member_id FROM member_word w WHERE w.partner_id = :partner AND {_between('w', 1)}"
    return f"{first}{_others('w.member_id', count)}"


def _others(member: str, count: int) -> str:
    return "".join(
        f" AND EXISTS (SELECT 1 FROM member_word o WHERE o.member_id = {member} AND {_between('o', place)})"
        for place in range(2, count + 1)
    )


def _between(letter: str, place: int) -> str:
    return f"{letter}.word >= :begins_{place} AND {letter}.word < :ends_{place}"


_BEGUN = Statement(
    f"SELECT 1 FROM member_word w WHERE w.partner_id = :partner AND {_between('w', 1)} LIMIT 1 OFFSET :skipped"
)
