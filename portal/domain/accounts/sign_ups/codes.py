"""The code and the link that prove an address at sign-up: made from the row by the installation's secret, kept nowhere."""

from datetime import timedelta

from portal.domain import mailed_codes, sealing
from portal.domain.accounts.sign_ups.tables import HalfSignUp
from portal.domain.mail import addresses, outbox
from portal.domain.sentences import say

LASTS = timedelta(minutes=30)
MINUTES = LASTS // timedelta(minutes=1)
_PURPOSE = "code of a sign-up"


def code_of(row: HalfSignUp) -> str:
    """The code, as it is mailed: two groups of four digits."""
    return mailed_codes.code(_PURPOSE, _named(row))


def mail(row: HalfSignUp) -> None:
    """In the running transaction: write the mail with both, in the language that was read where it began."""
    outbox.put(
        row.mail, say("Your code to sign up"), "sign_up_code", language=row.language, name=row.name, code=code_of(row),
        link=addresses.full(f"/sign-up/confirmation/{link_of(row)}"), minutes=MINUTES,
    )  # fmt: skip


def fits(row: HalfSignUp, given: str) -> bool:
    """Whether that is the code, on whichever keyboard it was typed and however it was divided."""
    return mailed_codes.fits(_PURPOSE, _named(row), given)


def link_of(row: HalfSignUp) -> str:
    """The last part of the link's address."""
    return f"{row.id}_{_signature(row.id)}"


def number_in(link: str) -> int | None:
    """Which row a link names; None unless it was written here."""
    number, _, claimed = link.partition("_")
    is_ours = number.isascii() and number.isdecimal() and sealing.is_signed("link of a sign-up", number, claimed)
    return int(number) if is_ours else None


def _signature(number: int) -> str:
    return sealing.signature("link of a sign-up", str(number))


def _named(row: HalfSignUp) -> str:
    return f"{row.id} {row.key_digest}"
