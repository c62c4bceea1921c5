"""The code and the link that prove an address at sign-up: made from the row by the installation's secret, kept nowhere."""

import hmac
from datetime import timedelta
from unicodedata import decimal

from portal.domain import sealing
from portal.domain.accounts.sign_ups.tables import HalfSignUp
from portal.domain.mail import addresses, outbox
from portal.domain.sentences import say

LASTS = timedelta(minutes=30)
MINUTES = LASTS // timedelta(minutes=1)
_DIGITS = 8


def code_of(row: HalfSignUp) -> str:
    """The code, as it is mailed: two groups of four digits."""
    digits = _digits_of(row)
    return f"{digits[:4]} {digits[4:]}"


def mail(row: HalfSignUp) -> None:
    """In the running transaction: write the mail with both, in the language that was read where it began."""
    outbox.put(
        row.mail, say("Your code to sign up"), "sign_up_code", language=row.language, name=row.name, code=code_of(row),
        link=addresses.full(f"/sign-up/confirmation/{link_of(row)}"), minutes=MINUTES,
    )  # fmt: skip


def fits(row: HalfSignUp, given: str) -> bool:
    """Whether that is the code, on whichever keyboard it was typed and however it was divided."""
    typed = "".join(str(decimal(letter, "")) for letter in given[:100])
    return hmac.compare_digest(typed, _digits_of(row))


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


def _digits_of(row: HalfSignUp) -> str:
    named = int.from_bytes(sealing.mac("code of a sign-up", f"{row.id} {row.key_digest}")[:8], "big")
    return f"{named % 10**_DIGITS:0{_DIGITS}}"
