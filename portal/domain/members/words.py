"""The words that a customer is found by: each begins one of those that somebody types, in any order.

They are kept beside the customer by whoever writes it, for a hundred thousand names cannot be looked through. Letters alone,
without marks and case: "O’Brien" stands as `o`, `brien` and `obrien`, a phone as its digits with the country's code and without.
"""

import re

from portal.database import Statement
from portal.domain.members import phones
from portal.domain.members.tables import Member, MemberWord
from portal.domain.typed.texts import plain
from portal.letters import alike

LONGEST = 64
MOST_TYPED = 5  # What is typed beyond narrows nothing.
_BETWEEN = re.compile(r"[\W_]+")
_LAST = "\U0010ffff"  # after every word that begins like what stands before it
_DROP = Statement("DELETE FROM member_word WHERE member_id = :member")


def put(member: Member) -> None:
    """Keep the words of a customer, in the transaction that writes it."""
    drop(member)
    rows = [{"member": member, "word": word, "partner": member.partner_id} for word in sorted(of_member(member))]
    MemberWord.insert_many(rows).execute()


def drop(member: Member) -> None:
    """Nothing finds the customer any more."""
    _DROP.run(member=member.id)


def of_member(member: Member) -> set[str]:
    """All words that find a customer."""
    texts = f"{member.first_name} {member.surname or ''} {member.mail or ''} {member.external_user_id or ''}".split()
    parts = [part for text in texts for part in (text, *_BETWEEN.split(text.partition("@")[0]))]
    numbers = phones.looked_for(member.phone) if member.phone else ()
    return {word for word in (*map(_word, parts), *numbers) if word}


def typed(text: str) -> list[str]:
    """What somebody typed as beginnings of words: a phone in any notation is one."""
    if digits := phones.digits_of(text):
        return [digits]
    return [word for word in map(_word, plain(text).split()) if word][:MOST_TYPED]


def condition(count: int, member: str) -> str:
    """The condition that words of the customer begin with as many, `:begins_1` to `:ends_1` and following."""
    found = f"{member} IN (SELECT member_id FROM member_word WHERE partner_id = :partner AND {_between(1)})"
    others = [
        f"EXISTS (SELECT 1 FROM member_word w WHERE w.member_id = {member} AND {_between(number)})"
        for number in range(2, count + 1)
    ]
    return " AND ".join([found, *others])


def parameters(words: list[str]) -> dict[str, str]:
    """The parameters of the condition: the longest first, for fewest begin with it."""
    ordered = sorted(words, key=len, reverse=True)
    begins = {f"begins_{number}": word for number, word in enumerate(ordered, start=1)}
    return begins | {f"ends_{number}": word + _LAST for number, word in enumerate(ordered, start=1)}


def _between(number: int) -> str:
    return f"word >= :begins_{number} AND word < :ends_{number}"


def _word(text: str) -> str:
    word = _BETWEEN.sub("", alike(text))[:LONGEST]
    return word.lstrip("0") or word if word.isdigit() else word
