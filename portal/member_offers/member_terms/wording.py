"""What an offer gives to members, in plain words."""

from portal.domain.member_offers.terms.tables import MemberTerms
from portal.domain.member_offers.words import DAY, HOUR, INFORMATIONAL, MINUTE, MONTH, WEEK, YEAR
from portal.domain.sentences import counted, forms, say

_WITHIN = {
    MINUTE: forms("Each member once a minute.", "Each member {number} times a minute."),
    HOUR: forms("Each member once an hour.", "Each member {number} times an hour."),
    DAY: forms("Each member once a day.", "Each member {number} times a day."),
    WEEK: forms("Each member once a week.", "Each member {number} times a week."),
    MONTH: forms("Each member once a month.", "Each member {number} times a month."),
    YEAR: forms("Each member once a year.", "Each member {number} times a year."),
}


def limits(terms: MemberTerms) -> list[str]:
    """How often it may be used."""
    if terms.scope == INFORMATIONAL:
        return [say("It is read, and not used.")]
    said: list[str] = []
    if terms.period and terms.period_limit:
        said.append(counted(terms.period_limit, *_WITHIN[terms.period]))
    if terms.member_limit:
        said.append(
            counted(terms.member_limit, "Each member once altogether.", "Each member {number} times altogether.")
        )
    if terms.global_limit:
        said.append(counted(terms.global_limit, "Once in all, by whoever comes first.", "{number} times in all."))
    return said or [say("As often as members like.")]
