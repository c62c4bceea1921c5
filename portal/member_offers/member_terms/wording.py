"""What an offer gives to members, in plain words."""

from portal.domain.member_offers.terms import settings
from portal.domain.member_offers.terms.tables import MemberTerms
from portal.domain.member_offers.words import DAY, EXCLUSIVE, HOUR, INFORMATIONAL, MINUTE, MONTH, WEEK, YEAR
from portal.domain.sentences import Sentence, counted, forms, say

_WITHIN = {
    MINUTE: forms("Each member once a minute.", "Each member {number} times a minute."),
    HOUR: forms("Each member once an hour.", "Each member {number} times an hour."),
    DAY: forms("Each member once a day.", "Each member {number} times a day."),
    WEEK: forms("Each member once a week.", "Each member {number} times a week."),
    MONTH: forms("Each member once a month.", "Each member {number} times a month."),
    YEAR: forms("Each member once a year.", "Each member {number} times a year."),
}


_TIMES = (
    (3600, forms("1 hour", "{number} hours")),
    (60, forms("1 minute", "{number} minutes")),
)
_SECONDS = (10, 20, 35, 60, 120, 300, 600, 1800, 3600, 4 * 3600, 12 * 3600, 86_400)


def durations(partner_id: int, terms: MemberTerms | None) -> list[tuple[str, Sentence]]:
    """How long a use may be shown, to choose from: as the club has it, what is usual, and what the offer has."""
    usual = say("As all offers of your club: {time}", time=lasts(settings.active_seconds(partner_id)))
    known = seconds_to_choose(terms.active_seconds if terms else None)
    return [("", usual), *((str(seconds), lasts(seconds)) for seconds in known)]


def seconds_to_choose(present: int | None) -> list[int]:
    """What is usual, and what is there already."""
    return sorted({*_SECONDS, *([] if present is None else [present])})


def lasts(seconds: int) -> Sentence:
    """A time in the words that fit it; 0: a use is not shown at all."""
    if seconds == 0:
        return say("not at all")
    for size, words in _TIMES:
        if seconds % size == 0:
            return counted(seconds // size, *words)
    return counted(seconds, "1 second", "{number} seconds")


def told_seen(terms: MemberTerms, name: str) -> Sentence:
    """What is said once members see it: of an exclusive one also that it is of use only once it is granted."""
    if terms.type == EXCLUSIVE:
        return say("Members see “{name}” now. Only those to whom you grant it can use it.", name=name)
    return say("Members see “{name}” now.", name=name)


def limits(terms: MemberTerms) -> list[str]:
    """How often it may be used."""
    if terms.scope == INFORMATIONAL:
        return [say("It is read, and not used.")]
    said = _often(terms)
    if terms.type == EXCLUSIVE:
        return [
            say("Only members to whom you grant it can use it."),
            *(said or [say("They use it as often as they like.")]),
        ]
    return said or [say("As often as members like.")]


def _often(terms: MemberTerms) -> list[str]:
    said: list[str] = []
    if terms.period and terms.period_limit:
        said.append(counted(terms.period_limit, *_WITHIN[terms.period]))
    if terms.member_limit:
        said.append(
            counted(terms.member_limit, "Each member once altogether.", "Each member {number} times altogether.")
        )
    if terms.global_limit:
        said.append(counted(terms.global_limit, "Once in all, by whoever comes first.", "{number} times in all."))
    return said
