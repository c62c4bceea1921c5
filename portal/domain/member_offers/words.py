"""The words of member offers, as their documentation lists them (contract: member-offers)."""

from portal.domain.sentences import say

CLUB = "club"  # the area that a partner switches on and off

STANDARD, INFORMATIONAL, PARKING, CARBON_OFFSET, REWARD = (
    "standard", "informational", "parking", "carbon_offset", "reward",
)  # fmt: skip
SCOPES: dict[str, str] = {
    STANDARD: say("For general use"),
    INFORMATIONAL: say("To be read, not used"),
    PARKING: say("For parking"),
    CARBON_OFFSET: say("For carbon offset check-ins"),
    REWARD: say("For rewards"),
}

REGULAR, EXCLUSIVE, BIRTHDAY, WELCOME = "REGULAR", "EXCLUSIVE", "BIRTHDAY", "WELCOME"
TYPES: dict[str, str] = {
    REGULAR: say("For every member"),
    EXCLUSIVE: say("For members to whom it was granted"),
    BIRTHDAY: say("In the week of the member’s birthday"),
    WELCOME: say("Within 30 days of joining"),
}

MINUTE, HOUR, DAY, WEEK, MONTH, YEAR = "MINUTE", "HOUR", "DAY", "WEEK", "MONTH", "YEAR"
TIMESPANS: dict[str, str] = {
    MINUTE: say("Minute"), HOUR: say("Hour"), DAY: say("Day"), WEEK: say("Week"), MONTH: say("Month"), YEAR: say("Year"),
}  # fmt: skip
