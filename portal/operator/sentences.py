"""What the operator's pages say that depends on the person, the partner or the mail: whole sentences with named parameters."""

from portal.web.formats import number
from portal.web.plurals import counted


def second_factor(since: str | None) -> str:
    """Whether it is on; `since` is the moment in words."""
    return f"on since {since}" if since else "off"


def signed_in(browsers: int, seen: str) -> str:
    """In how many browsers somebody is signed in; `seen` is the moment of the latest, in words."""
    if not browsers:
        return "nowhere"
    return counted(browsers, "1 browser, last seen {seen}", "{number} browsers, last seen {seen}", seen=seen)


def accepted(by: int, partners: int | None = None) -> str:
    """How many partners accepted a version; of the one in force, of how many."""
    if partners is None:
        return counted(by, "1 partner", "{number} partners")
    return counted(partners, "{by} of 1 partner", "{by} of {number} partners", by=number(by))


def reached(most: int) -> str:
    """That so many invitations went out in one hour that others were refused."""
    return counted(
        most, "The bound of 1 invitation an hour was reached", "The bound of {number} invitations an hour was reached"
    )


def invited(now: int, most: int) -> str:
    """How many invitations went out in the present hour, and how many may."""
    return counted(
        now,
        "1 invitation went out in this hour; {most} may.",
        "{number} invitations went out in this hour; {most} may.",
        most=number(most),
    )


def no_mail(to: str, state: str | None) -> str:
    """That an address has no mail, or none of a state."""
    if state:
        return f"Nothing that is {state.lower()} was written to “{to}”. Type the whole address."
    return f"Nothing was written to “{to}”. Type the whole address."


def lost_by_a_person(owned_alone: list[str]) -> list[str]:
    """What is lost when somebody is disabled; `owned_alone` are partners without another owner."""
    return [
        "Every sign-in of theirs, in every browser",
        "Links to set a new password that were mailed to them",
        *(
            f"{name} has no other owner: nobody can manage its team and its API tokens until you let them in again"
            for name in owned_alone
        ),
    ]


def lost_by_a_partner(at_stake) -> list[str]:
    """What stops while a partner is disabled."""
    return [
        counted(
            at_stake.people,
            "Its pages open for nobody: 1 person works for it",
            "Its pages open for nobody: {number} people work for it",
        ),
        counted(
            at_stake.tokens,
            "Its API tokens are refused: 1 token. Its shop can report no deals",
            "Its API tokens are refused: {number} tokens. Its shop can report no deals",
        ),
        counted(
            at_stake.catalogs,
            "Its catalogs leave the marketplace, and nobody new can join them: 1 catalog is published",
            "Its catalogs leave the marketplace, and nobody new can join them: {number} catalogs are published",
        ),
        "It is told nothing by mail",
    ]
