"""What happened to a person's password or second factor: written into the logs of their partners, and mailed to them."""

from portal.domain.accounts.tables import User
from portal.domain.events import log
from portal.domain.mail import addresses, outbox


def tell(user: User, fact: str, subject: str, text: str, **values) -> None:
    """In the running transaction."""
    note(user, fact)
    outbox.put(user.mail, subject, text, name=user.name, reset=addresses.full("/password-reset"), **values)


def note(user: User, fact: str) -> None:
    """In the running transaction; nobody is told by mail."""
    for membership in user.memberships:
        log.record(membership.partner_id, fact, "user", user.id)
