"""What pages of tokens say that depends on the token: whole sentences with named parameters."""

from portal.domain.accounts.tokens.permits import PERMITS, WITH_COMPANIES
from portal.domain.sentences import counted, say


def permitted(token) -> list[tuple[str, str]]:
    """What it may do: each permit in words, and as the API calls it."""
    return [(PERMITS.get(permit, permit), permit) for permit in token.permits]


def permits(token) -> str:
    """How much it may do."""
    return counted(len(token.permits), "1 kind of request", "{number} kinds of requests")


def reach(token) -> str:
    """Whose things it reaches, beside its other facts."""
    return say("Of this partner and its companies") if token.reach == WITH_COMPANIES else say("Of this partner only")


def briefly(token) -> str:
    """Whose things it reaches, in a list."""
    return say("With companies") if token.reach == WITH_COMPANIES else say("This partner only")


def reaches(token) -> str:
    """Whose things it reaches, as a sentence."""
    if token.reach == WITH_COMPANIES:
        return say("Opens data of this partner and its companies.")
    return say("Opens data of this partner only.")


def made(token, when: str) -> str:
    """When it was made, and by whom where that is known; `when` is a time element."""
    if token.created_by:
        return say("Made {when} by {name}.", when=when, name=token.created_by.name)
    return say("Made {when}.", when=when)


def lost(token, last_used: str) -> list[str]:
    """What is lost when it is revoked; `last_used` is how long ago that was."""
    return [
        say("The token that begins with {hint}", hint=token.hint),
        say("What it may do: {permits}", permits=permits(token)),
        say("It was last used {last_used}.", last_used=last_used) if token.last_used_at else say("It was never used."),
    ]
