"""Codes of an authenticator app (TOTP, RFC 6238), from a secret that is kept encrypted.

A code works once: the time step of the last one taken is kept, and only a later one is taken after it.
"""

from unicodedata import decimal

import pyotp

from portal import clock
from portal.database import Statement
from portal.domain import sealing
from portal.domain.accounts.sign_ins.tables import SecondFactor
from portal.domain.sealing import Unreadable
from portal.domain.sentences import say
from portal.domain.typed.texts import plain

_STEP = 30  # seconds
_TAKE = Statement(
    "UPDATE second_factor SET last_step = :step WHERE user_id = :user AND confirmed_at IS NOT NULL AND last_step < :step"
)


def new_secret(user_id: int) -> str:
    """A secret for the person's app, encrypted."""
    return sealing.sealed(_purpose(user_id), pyotp.random_base32())


def secret(user_id: int, sealed: str) -> str:
    """The secret as the app is told it. Raises Unreadable."""
    return sealing.opened(_purpose(user_id), sealed)


def address(of_secret: str, mail: str, issuer: str) -> str:
    """The secret with a name, in an address that QR codes carry."""
    return pyotp.TOTP(of_secret).provisioning_uri(name=mail, issuer_name=issuer)


def factor_of(user_id: int) -> SecondFactor | None:
    """The factor that the person has turned on; None while it is off."""
    return SecondFactor.get_or_none(SecondFactor.user == user_id, SecondFactor.confirmed_at.is_null(False))


def use(user_id: int, code: str) -> bool:
    """Use a code up, in the running transaction; whether it was good.

    Raises Unreadable when codes cannot be checked any more, because SECRET_KEY has changed.
    """
    factor = factor_of(user_id)
    if factor is None:
        return False
    try:
        of_secret = secret(user_id, factor.secret)
    except Unreadable:
        raise Unreadable(
            say(
                "The portal cannot check the codes of your app any more, because its SECRET_KEY was changed. Use a recovery "
                "code, or ask the operator to remove your second factor."
            )
        ) from None
    return any(_TAKE.run(step=step, user=user_id) for step in steps_of(of_secret, code))


def steps_of(of_secret: str, code: str) -> list[int]:
    """The time steps, the present one and one to either side, whose code this is; oldest first."""
    totp, said = pyotp.TOTP(of_secret, interval=_STEP), _digits(code)
    now = clock.wall_micros() // 1_000_000 // _STEP
    return [step for step in (now - 1, now, now + 1) if pyotp.utils.strings_equal(totp.generate_otp(step), said)]


def _digits(code: str) -> str:
    """The code as it was typed, on whichever keyboard, without what divides it."""
    return "".join(str(decimal(letter, letter)) for letter in "".join(plain(code).replace("-", "").split()))


def _purpose(user_id: int) -> str:
    return f"second factor of {user_id}"
