"""What the operator's pages say that depends on the person, the partner or the mail: whole sentences with named parameters."""

from typing import NamedTuple

from portal.domain.sentences import counted, say
from portal.web.formats import number


class Nothing(NamedTuple):
    """What stands in place of an empty list."""

    icon: str
    title: str
    text: str


_NO_PARTNERS = {
    "": Nothing("building-2", say("No partners yet"), say("A partner appears here as soon as somebody signs up. Send people to the sign-up page.")),
    "waiting": Nothing("badge-check", say("Nobody waits"), say("Partners who sign up wait here until you confirm them, unless the setting CONFIRM_PARTNERS does it "
"at once.")),
    "disabled": Nothing("ban", say("No partner is disabled"), say("A partner that you keep out stands here until you let it in again. It is done on the partner’s page.")),
}  # fmt: skip
_NOBODY_DISABLED = Nothing("users", say("Nobody is disabled"), say("Whoever you keep out stands here until you let them in again. It is done on the person’s page."))  # fmt: skip
_NO_MAIL = Nothing("mail", say("No mail here"), say("Links to set a new password, and whatever else the portal writes to people, are listed here with "
"what became of them."))  # fmt: skip


def second_factor(since: str | None) -> str:
    """Whether it is on; `since` is the moment in words."""
    return say("on since {since}", since=since) if since else say("off")


def signed_in(browsers: int, seen: str) -> str:
    """In how many browsers somebody is signed in; `seen` is the moment of the latest, in words."""
    if not browsers:
        return say("nowhere")
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


def cards_reached(most: int) -> str:
    """That so many cards were asked for by forms in one hour that others were refused."""
    return counted(most, "The bound of 1 card an hour was reached", "The bound of {number} cards an hour was reached")


def asked_for(now: int, most: int) -> str:
    """How many cards strangers asked for by forms in the present hour, and how many may be."""
    return counted(
        now,
        "1 card was asked for by a form; {most} may be.",
        "{number} cards were asked for by forms; {most} may be.",
        most=number(most),
    )


def no_partners(search: str, state: str) -> Nothing:
    """That no partner fits the search, or is in the state."""
    if search:
        found = say("Nothing has “{search}” in its name, its slug or a mail address. Try fewer letters.", search=search)
        return Nothing("search", say("No partner fits"), found)
    return _NO_PARTNERS.get(state, _NO_PARTNERS[""])


def no_people(search: str) -> Nothing:
    """That nobody fits the search; without one, that nobody is kept out."""
    if search:
        found = say("Nobody has “{search}” in the mail address or the name. Try fewer letters.", search=search)
        return Nothing("search", say("Nobody fits"), found)
    return _NOBODY_DISABLED


def no_mail(to: str, state: str | None) -> Nothing:
    """That an address has no mail, or none of a state; without an address, that there is none."""
    if not to:
        return _NO_MAIL
    what = say("Nothing that is {lower}", lower=state.lower()) if state else say("Nothing")
    return Nothing(
        "search",
        say("No mail to this address"),
        say("{what} was written to “{to}”. Type the whole address.", what=what, to=to),
    )


def lost_by_a_person(owned_alone: list[str]) -> list[str]:
    """What is lost when somebody is disabled; `owned_alone` are partners without another owner."""
    return [
        say("Every sign-in of theirs, in every browser"),
        say("Links to set a new password that were mailed to them"),
        *(
            say(
                "{name} has no other owner: nobody can manage its team and its API tokens until you let them in again",
                name=name,
            )
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
        say("It is told nothing by mail"),
    ]
