"""Asking for a mailed link: one row for every address, so that neither the time nor the work tells whether it is anybody's.

The worker reads them (password_resets).
"""

from portal import clock
from portal.database import after_commit, transaction
from portal.domain.accounts.sign_ins.tables import AskedLink
from portal.domain.events import log

RESET, SIGN_UP = "reset", "sign-up"
_LONGEST = 254


def ask(mail: str, reason: str, in_known_browser: bool = False, half_sign_up: int | None = None) -> None:
    """Have a link mailed to the address (in its normal form), if it is anybody's; for half a sign-up whosever it is.

    Asked for in a browser that its owner has come in with, it is sent however often strangers have asked.
    """
    with transaction():
        now = clock.from_micros(clock.wall_micros())
        AskedLink.create(
            mail=mail[:_LONGEST], reason=reason, in_known_browser=in_known_browser, half_sign_up=half_sign_up, at=now
        )
        after_commit(log.tell)
