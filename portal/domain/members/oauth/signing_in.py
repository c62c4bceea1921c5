"""Signing in to an app by a password: whose it is, how often one may try, and the tokens that come of it (contract: member-offers,
"Member tokens").

Nobody learns whom the club knows: an unknown member and a wrong password are the same, in the answer and in its time. Tries are
counted by what is typed, as it is compared, and by network: strangers use up their own, and a count tells neither whether an
identifier is anybody's nor which two are one member's.
"""

from portal.database import transaction
from portal.domain.accounts.sign_ins import guesses, passwords
from portal.domain.accounts.sign_ins.guesses import Counter
from portal.domain.errors import NotFound
from portal.domain.identifiers import typed_id
from portal.domain.members import finding
from portal.domain.members.oauth import chains
from portal.domain.members.oauth.chains import Pair
from portal.domain.members.tables import Member

BY_ID, BY_MAIL, BY_PHONE = KINDS = ("id", "email", "msisdn")
_WAYS = {BY_MAIL: "mail", BY_PHONE: "phone"}
_MOST, _WHILE = 10, 600  # of one network at an identifier
_MOST_A_DAY, _DAY = 200, 86_400  # of all networks: a code that is mailed lets the member in after that


def by_password(
    partner_id: int, app_id: int | None, token_id: int, kind: str, identifier: str, password: str, network: str
) -> Pair | None:
    """A pair of tokens for the member with this identifier and password; None where they do not fit.

    Raises TooMany after too many tries from this network, Banned.
    """
    member = _named(partner_id, kind, identifier)
    whose = f"{partner_id} {kind} {_compared(partner_id, kind, identifier)}"
    counters = (
        Counter("password of a member by network", f"{whose} {network}", _MOST, _WHILE),
        Counter("password of a member", whose, _MOST_A_DAY, _DAY),
    )
    guesses.take(*counters)
    if not passwords.matches(member.password_hash if member else None, password) or member is None:
        return None
    guesses.give_back(*counters)
    return _begun(member, app_id, token_id)


def _begun(member: Member, app_id: int | None, token_id: int) -> Pair | None:
    with transaction():
        try:
            present = chains.hold(member.id, app_id)
        except NotFound:
            return None
        if present.password_hash != member.password_hash:  # It was changed a moment ago.
            return None
        return chains.begin(present.partner_id, present.id, app_id, token_id)[1]


def _named(partner_id: int, kind: str, identifier: str) -> Member | None:
    if kind == BY_ID:
        number = typed_id(identifier)
        theirs = (Member.partner == partner_id) & Member.erased_at.is_null() & Member.merged_into.is_null()
        return Member.get_or_none(Member.id == number, theirs) if number else None
    found = finding.one(partner_id, **{_WAYS[kind]: identifier})
    return Member.get_by_id(found) if found else None


def _compared(partner_id: int, kind: str, identifier: str) -> str:
    """The same for all notations of one identifier, whoever has it; of what can be nobody's as it was typed."""
    if kind == BY_ID:
        return str(typed_id(identifier) or identifier)
    return finding.compared(partner_id, _WAYS[kind], identifier) or identifier
