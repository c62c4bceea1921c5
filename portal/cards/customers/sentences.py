"""What pages of customers say that depends on them: whole sentences with named parameters."""

from datetime import UTC, date, datetime, time

from portal.domain.cards.customers.lists import MOST_COUNTED
from portal.domain.members.tables import Member
from portal.domain.sentences import counted, say
from portal.web import formats


def name(member: Member) -> str:
    """What a customer is called."""
    return f"{member.first_name} {member.surname or ''}".strip()


def day(born: date | None) -> str | None:
    """A day, wherever it is read."""
    return formats.date(datetime.combine(born, time(), UTC), "UTC") if born else None


def count(number: int) -> int | str:
    """How many a list has; of those that are narrowed down the first thousand are counted."""
    return number if number <= MOST_COUNTED else say("over {most}", most=f"{MOST_COUNTED:,}")


def lost(cards: int, operations: bool) -> list[str]:
    """What erasing a person takes."""
    of_cards = counted(
        cards,
        "1 card is deleted, with what is on it: it takes no operation any more",
        "{number} cards are deleted, with what is on them: they take no operation any more",
    )
    return [
        say("Name, phone, mail address, date of birth and all answers on cards are gone; nobody can bring them back"),
        *([of_cards] if cards else []),
        *(
            [say("What happened stays and counts, without saying who it was, and without what was written to it")]
            if operations
            else []
        ),
    ]
