"""What was set in the name of a mail address before it was proved. Whoever proves it by a mailed link alone need not have set it."""

from portal.domain.accounts.partners import disabling, partners
from portal.domain.accounts.people import people
from portal.domain.accounts.people.people import Home
from portal.domain.accounts.roles import OWNER
from portal.domain.accounts.sign_ins import recovery
from portal.domain.accounts.sign_ins.tables import SecondFactor
from portal.domain.accounts.tables import Membership, Partner, User
from portal.domain.errors import Invalid
from portal.domain.events import log
from portal.domain.sentences import say


def doubtful(user: User) -> list[Home]:
    """The partners that somebody belongs to whose address is not proved; none of anybody else's."""
    return people.partners_of(user.id) if user.proved_at is None else []


def settle(user: User, keeps: bool | None) -> None:
    """In the transaction that proves the address by a mailed link and sets another password: the second factor goes, and so
    do the partners unless the reader says that they are theirs.

    Raises Invalid when there are partners and nothing is said of them.
    """
    recovery.forget(user.id)
    SecondFactor.delete().where(SecondFactor.user == user).execute()
    memberships = list(Membership.select().where(Membership.user == user).order_by(Membership.partner))
    if memberships and keeps is None:
        raise Invalid("keeps", say("Say whether this is yours."))
    for membership in memberships if not keeps else ():
        _leave(membership)


def _leave(membership: Membership) -> None:
    """A partner that nobody owns any more is disabled: whoever founded it may still hold its tokens."""
    partners.hold(membership.partner_id)
    Membership.delete().where(Membership.id == membership.id).execute()
    log.record(membership.partner_id, "team.left", "user", membership.user_id, {"role": membership.role})
    owned = (Membership.partner == membership.partner_id) & (Membership.role == OWNER)
    if not Membership.select().where(owned).exists():
        disabling.disable(Partner.get_by_id(membership.partner_id))
