"""What the search says besides what it found: whole sentences with named parameters."""

from portal.domain.sentences import Sentence, counted, say


def nothing(text: str, is_short: bool, shortest: int) -> Sentence:
    """Why nothing is listed; `shortest` is how many characters can be searched for."""
    if is_short:
        return counted(shortest, "Type at least 1 character", "Type at least {number} characters")
    return say("Nothing is called “{text}”", text=text)


def found(text: str, count: int) -> Sentence:
    """What is read out: how many were found, and how they are reached."""
    if not text:
        return say("Type, or use the arrow keys.")
    return (
        counted(count, "1 found. Use the arrow keys.", "{number} found. Use the arrow keys.")
        if count
        else say("Nothing found.")
    )


_THINGS = say(
    "Looked through are catalogs, offers, landings, promoters and their groups, promo codes, links, imports and the people of your "
    "team by the words of their names; deals by their id or its beginning, a click or a customer; customers by their name, phone, mail address or card; payouts by their number; and every "
    "page of the portal."
)
_THINGS_AND_TOKENS = say(
    "Looked through are catalogs, offers, landings, promoters and their groups, promo codes, links, imports, API tokens and the people "
    "of your team by the words of their names; deals by their id or its beginning, a click or a customer; customers by their name, phone, mail address or card; payouts by their number; and "
    "every page of the portal."
)


def finds(finds_things: bool, is_owner: bool) -> Sentence:
    """What is looked through, by what."""
    if not finds_things:
        return say("Looked through is every page of the portal that you may open.")
    return _THINGS_AND_TOKENS if is_owner else _THINGS
