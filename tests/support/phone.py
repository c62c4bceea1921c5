"""A person's phone with an authenticator app, for tests of the second factor."""

import time
from dataclasses import dataclass

import pyotp

from portal.domain.accounts.sign_ins import second_factor, sign_ins
from portal.domain.accounts.sign_ins.tables import SecondFactor
from portal.domain.accounts.tables import SignIn, User
from tests.support.cast import PASSWORD


@dataclass
class Phone:
    """The app, and the recovery codes on a paper beside it."""

    app: pyotp.TOTP
    recovery_codes: list[str]

    def code(self, later: int = 0) -> str:
        """What the app shows, or will show so many seconds later."""
        return self.app.at(int(time.time()) + later)


def turned_on(user: User) -> Phone:
    """The person's second factor is on, and the code of now is still unused."""
    sign_in_id = sign_ins.find(sign_ins.begin(user, "127.0.0.1", "tests")).sign_in_id
    second_factor.begin(user.id, sign_in_id, PASSWORD)
    app = pyotp.TOTP(second_factor.begun(user.id, sign_in_id, "tests").secret)
    open_ones = [row.id for row in sign_ins.open_of(user.id)]
    codes = second_factor.confirm(user.id, sign_in_id, app.now()).recovery_codes
    SignIn.update(ended_at=None).where(SignIn.id.in_(open_ones)).execute()  # They have come in by it since.
    half_a_minute_passes(user)
    return Phone(app, codes)


def half_a_minute_passes(user: User) -> None:
    """The code that was used last is not the present one any more."""
    SecondFactor.update(last_step=0).where(SecondFactor.user == user).execute()
