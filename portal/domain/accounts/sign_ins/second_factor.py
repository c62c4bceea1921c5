"""The second factor of a sign-in: codes of an app, and recovery codes for whoever has lost it."""

from datetime import datetime, timedelta
from typing import NamedTuple

from portal import clock
from portal.database import Statement, transaction
from portal.domain.accounts.sign_ins import app_codes, guesses, notices, proofs, recovery, sign_ins
from portal.domain.accounts.sign_ins.tables import SecondFactor
from portal.domain.accounts.tables import User
from portal.domain.errors import Invalid, Refused
from portal.domain.sealing import Unreadable
from portal.domain.sentences import say

BEGUN_LASTS = timedelta(minutes=15)
_WRONG = say("This code does not fit. Enter the one that your app shows now; each works once.")
_OFF = say("The second factor is off.")

# Whoever signs in meanwhile, by the password alone, is ended with the others or comes too late.
_HOLD = Statement("SELECT id FROM person WHERE id = :user", lock="FOR UPDATE")


class Begun(NamedTuple):
    """What the app is told: the secret, and the same with a name in an address that QR codes carry."""

    secret: str
    address: str


class Renewed(NamedTuple):
    """The new secret for this browser's cookie, and the recovery codes, which are shown this once."""

    key: str
    recovery_codes: list[str]


def since(user_id: int) -> datetime | None:
    """When the person turned it on; None while it is off."""
    factor = app_codes.factor_of(user_id)
    return factor.confirmed_at if factor else None


def holders(user_ids: list[int]) -> set[int]:
    """Those of the people who have it on."""
    on = SecondFactor.select(SecondFactor.user).where(SecondFactor.user.in_(user_ids))
    return {row.user_id for row in on.where(SecondFactor.confirmed_at.is_null(False))}


def begin(user_id: int, sign_in_id: int, password: str) -> None:
    """Make a secret, which this browser may see for fifteen minutes. Raises Invalid, Refused when it is on already."""
    user = proofs.by_password(user_id, password)
    sealed = app_codes.new_secret(user_id)
    fresh = {"secret": sealed, "begun_in": sign_in_id, "begun_at": clock.wall_micros(), "last_step": 0}
    made = SecondFactor.insert(user=user_id, **fresh).on_conflict(
        conflict_target=[SecondFactor.user], update=fresh, where=SecondFactor.confirmed_at.is_null()
    )
    with transaction():
        proofs.refuse_changed(user)
        if not made.as_rowcount().execute():
            raise Refused(say("The second factor is on already. Turn it off first to set it up with another app."))


def begun(user_id: int, sign_in_id: int, issuer: str) -> Begun | None:
    """The secret that this browser began with and has not confirmed, or None."""
    row = _begun(user_id, sign_in_id)
    if row is None:
        return None
    secret = app_codes.secret(user_id, row.secret)
    return Begun(secret, app_codes.address(secret, row.user.mail, issuer))


def confirm(user_id: int, sign_in_id: int, code: str) -> Renewed:
    """Turn it on with the first code of the app; whoever is signed in elsewhere has to come in by it.

    Raises Invalid for a code that does not fit, Refused when nothing was begun in this browser within fifteen minutes.
    """
    row = _begun(user_id, sign_in_id)
    if row is None:
        raise Refused(say("This took longer than fifteen minutes. Begin again with your password."))
    steps = app_codes.steps_of(app_codes.secret(user_id, row.secret), code)
    if not steps:
        raise Invalid(
            "code",
            say("This code does not fit. Check that the clock of your phone is right, then enter the newest one."),
        )
    with transaction():
        _HOLD.value(user=user_id)
        confirmed = SecondFactor.update(confirmed_at=clock.wall_micros(), last_step=steps[-1]).where(
            SecondFactor.id == row.id, SecondFactor.confirmed_at.is_null(), SecondFactor.secret == row.secret
        )
        if not confirmed.execute():
            raise Refused(say("The second factor was set up in another window meanwhile. Look at it again."))
        notices.tell(row.user, "second_factor.on", say("Your second factor is on"), "second_factor_on")
        return Renewed(sign_ins.alone(user_id, sign_in_id), recovery.replace(user_id))


def prove(user: User, given: str) -> bool:
    """Use up a code of the app or a recovery code; whether it was good.

    Raises Unreadable when the codes of the app cannot be checked any more, because SECRET_KEY has changed.
    """
    with transaction():
        return recovery.use(user, given) if recovery.looks_like_one(given) else app_codes.use(user.id, given)


def turn_off(user_id: int, sign_in_id: int, password: str, given: str) -> str:
    """Turn it off; the new secret for this browser's cookie, all others are ended.

    Raises Invalid for a wrong password or code, Refused when it is off, or the password was changed meanwhile.
    """
    user = proofs.by_password(user_id, password)
    with guesses.counted(proofs.codes_of(user_id)), transaction():
        proofs.refuse_changed(user)
        if since(user_id) is None:
            raise Refused(_OFF)
        _refuse_wrong(user, given)
        _forget(user_id)
        notices.tell(user, "second_factor.off", say("Your second factor is off"), "second_factor_off")
        return sign_ins.alone(user_id, sign_in_id)


def new_recovery_codes(user_id: int, sign_in_id: int, password: str, given: str) -> Renewed:
    """Replace the recovery codes; all other sign-ins are ended.

    Raises Invalid for a wrong password or code, Refused when it is off, or the password was changed meanwhile.
    """
    user = proofs.by_password(user_id, password)
    with guesses.counted(proofs.codes_of(user_id)), transaction():
        proofs.refuse_changed(user)
        if since(user_id) is None:
            raise Refused(_OFF)
        _refuse_wrong(user, given)
        notices.tell(user, "recovery_codes.made", say("You have new recovery codes"), "recovery_codes_made")
        return Renewed(sign_ins.alone(user_id, sign_in_id), recovery.replace(user_id))


def remove(user: User, by: int | None = None, password: str = "") -> bool:
    """The operator (`by` with their password, or a command) helps somebody who has lost the app and the recovery codes;
    whether this call did it.

    Every sign-in ends: the lost phone may be signed in. Raises Invalid for a wrong password, Refused for one's own, which
    asks for a code.
    """
    if by == user.id:
        raise Refused(say("This is your own second factor. Turn it off under Second factor, with a code."))
    proof = proofs.by_password(by, password) if by else None
    with transaction():
        if proof:
            proofs.refuse_changed(proof)
        done = _forget(user.id)
        if done:
            sign_ins.end_all(user.id)
            notices.tell(user, "second_factor.removed", say("Your second factor was removed"), "second_factor_removed")
    return done


def _forget(user_id: int) -> bool:
    recovery.forget(user_id)
    on = (SecondFactor.user == user_id) & SecondFactor.confirmed_at.is_null(False)
    return bool(SecondFactor.delete().where(on).execute())


def _refuse_wrong(user: User, given: str) -> None:
    try:
        good = prove(user, given)
    except Unreadable as error:
        raise Invalid("code", error.sentence) from None
    if not good:
        raise Invalid("code", _WRONG)


def _begun(user_id: int, sign_in_id: int) -> SecondFactor | None:
    earliest = clock.wall_micros() - BEGUN_LASTS // clock.MICROSECOND
    row = SecondFactor.get_or_none(SecondFactor.user == user_id, SecondFactor.begun_in == sign_in_id)
    return row if row and row.confirmed_at is None and clock.to_micros(row.begun_at) > earliest else None
