"""Who served when an operation was made: what a phone kept while it had no connection is booked as theirs, whoever is signed in
by the time it arrives. A page has the proof, signed here; what a phone says of itself is not believed."""

from datetime import timedelta

from portal import clock
from portal.domain import sealing
from portal.domain.accounts.tables import User
from portal.domain.errors import Refused
from portal.domain.sentences import say

LASTS = timedelta(days=31)  # A phone that lay in a drawer for longer is no till any more.
_PURPOSE = "who served at a counter"


def proof_of(partner_id: int, user_id: int) -> str:
    """What proves that the person served at the partner's counter at this moment."""
    said = f"{partner_id}.{user_id}.{clock.micros()}"
    return f"{said}.{sealing.signature(_PURPOSE, said)}"


def who_served(partner_id: int, proof: str) -> int:
    """The id of the person whom the proof names. Raises Refused for one that is not ours, another partner's, or too old."""
    said, _, signature = proof.rpartition(".")
    if not sealing.is_signed(_PURPOSE, said, signature):
        raise Refused(say("It is not known who made this operation. Book it anew."))
    partner, user, at = map(int, said.split("."))
    if partner != partner_id or not User.select().where(User.id == user).exists():
        raise Refused(say("It is not known who made this operation. Book it anew."))
    if clock.from_micros(at) < clock.now() - LASTS:
        raise Refused(
            say("This operation was kept for more than a month. Look whether it was booked since, and book it anew.")
        )
    return user
