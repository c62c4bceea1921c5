"""What pages of tokens say that depends on the token: whole sentences with named parameters."""

from markupsafe import Markup

from portal.domain.accounts.tokens.permits import PERMITS, WITH_COMPANIES
from portal.web.plurals import counted


def permitted(token) -> list[tuple[str, str]]:
    """What it may do: each permit in words, and as the API calls it."""
    return [(PERMITS.get(permit, permit), permit) for permit in token.permits]


def permits(token) -> str:
    """How many permits it has."""
    return counted(len(token.permits), "1 permit", "{number} permits")


def reach(token) -> str:
    """Whose things it reaches, beside its other facts."""
    return "This partner and its companies" if token.reach == WITH_COMPANIES else "This partner only"


def briefly(token) -> str:
    """Whose things it reaches, in a list."""
    return "With companies" if token.reach == WITH_COMPANIES else "This partner only"


def reaches(token) -> str:
    """Whose things it reaches, as a sentence."""
    if token.reach == WITH_COMPANIES:
        return "Reaches this partner and its companies."
    return "Reaches this partner only."


def made(token, when: str) -> str:
    """When it was made, and by whom where that is known; `when` is a time element."""
    if token.created_by:
        return Markup("Made {when} by {name}.").format(when=when, name=token.created_by.name)
    return Markup("Made {when}.").format(when=when)


def lost(token, last_used: str) -> list[str]:
    """What is lost when it is revoked; `last_used` is how long ago that was."""
    return [
        f"The token that begins with {token.hint}",
        f"Its {permits(token)}: {', '.join(token.permits)}",
        f"It was last used {last_used}." if token.last_used_at else "It was never used.",
    ]
