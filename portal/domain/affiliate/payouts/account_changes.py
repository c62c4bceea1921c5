"""Another account for a promoter's money: an owner proves once more who they are, every owner is told, and nobody else stays
signed in as the one who did it."""

from datetime import datetime, timedelta
from typing import NamedTuple

from portal import clock
from portal.database import transaction
from portal.domain.accounts.people import lists as people_lists
from portal.domain.accounts.sign_ins import proofs, sign_ins
from portal.domain.accounts.tables import Partner, User
from portal.domain.accounts.team import team
from portal.domain.affiliate.payouts import details as payout_details
from portal.domain.affiliate.payouts.details import ACCOUNT_FIELDS
from portal.domain.affiliate.payouts.tables import PayoutDetails
from portal.domain.errors import Refused
from portal.domain.mail import addresses, outbox, words
from portal.domain.sentences import say

RECENT = timedelta(days=7)  # Long enough for every owner to have read the mail.
_PAGE = "/rewards/details"
_WHY = say("It is asked for because another account decides where the money goes.")


class AccountChange(NamedTuple):
    """An account took the place of another one: when, and what the owner who did it was called."""

    at: datetime
    by: str | None


def seen(details: PayoutDetails | None) -> str:
    """What a form carries of the account that its reader saw; empty where there is none yet."""
    return payout_details.mark(details.holder, details.account, details.bank) if details else ""


def recent(changed_at: int | None, by: str | None, at: datetime) -> AccountChange | None:
    """The change (microseconds, a name), when it was less than seven days before the moment."""
    if changed_at is None or clock.from_micros(changed_at) <= at - RECENT:
        return None
    return AccountChange(clock.from_micros(changed_at), by)


def recent_before(sent: dict | None, at: datetime) -> AccountChange | None:
    """The same for the details that a payout of this moment keeps."""
    return recent(sent.get("account_changed_at"), sent.get("account_changed_by"), at) if sent else None


def change(promoter_id: int, given: dict, by: int, sign_in_id: int, password: str, account_seen: str) -> str | None:
    """An owner sets all details. Another account than the one that was `seen` asks for their password, and ends their other
    sign-ins: the new secret for this browser's cookie then.

    Without one the account stays as it is, whoever changes it meanwhile. Raises Invalid with every wrong field, the
    password included; Forbidden unless `by` owns the promoter; Refused when another owner changed the account meanwhile.
    """
    taken = payout_details.taken(given)
    if payout_details.mark(*(taken[field] for field in ACCOUNT_FIELDS)) == account_seen:
        payout_details.keep_terms(promoter_id, given)
        return None
    user, partner = proofs.by_password(by, password, why=_WHY), Partner.get_by_id(promoter_id)
    home = partner.live_partner_id or partner.id
    with transaction():
        proofs.refuse_changed(user)
        team.hold(home, by)  # Of two owners the second finds what the first has written.
        present = payout_details.of(promoter_id)
        if seen(present) != account_seen:
            raise Refused(say("The account was changed a moment ago. Load the page again, and look who did it."))
        changed = {"account_changed_at": clock.now(), "account_changed_by": user.name} if present else {}
        kept = payout_details.write(promoter_id, taken | changed, "payout_details.account_changed")
        _tell(partner, home, user, kept)
        return sign_ins.alone(by, sign_in_id)


def _tell(partner: Partner, home: int, by: User, kept: PayoutDetails) -> None:
    for owner in people_lists.owners_of(home):
        outbox.put(
            owner.mail, say("The payout account of {name} was changed", name=words.line(partner.name)), "payout_account_changed", partner.id,
            name=owner.name, owner=by.name, mail=by.mail, partner=partner.name, ending=kept.account[-4:],
            link=addresses.full_for(partner.slug, _PAGE), reset=addresses.full("/password-reset"),
        )  # fmt: skip
