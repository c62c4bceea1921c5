"""What the search says instead of what it found: whole sentences with named parameters."""

from portal.domain.sentences import joined, say


def nothing(text: str, is_short: bool, shortest: int) -> str:
    """Why nothing is listed; `shortest` is how many characters can be searched for."""
    if is_short:
        return say("Type at least {shortest} characters", shortest=shortest)
    return say("Nothing found") if text else say("What are you looking for?")


_FINDS = say(
    "You find catalogs, offers, landings, promoters and their groups, promotions and the people of your "
    "team by any part of their names; deals by their id, the beginning of it, a click or a customer; "
    "promo codes, uids and short codes; payouts by their number."
)


def finds(is_owner: bool) -> str:
    """What can be searched for, by what."""
    return joined([_FINDS, say("API tokens by their name or beginning.")]) if is_owner else _FINDS
