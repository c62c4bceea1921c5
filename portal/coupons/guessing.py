"""Codes that are tried without the seller's token: counted, so that nobody finds one by trying (contract: coupons, "Validation").
Checks, uses and the demo shop count together: one counter of an address, and one of a reservation."""

from typing import NamedTuple

from flask import current_app, request

from portal.server.limits import Policy, Verdict, network

POLICY = Policy("guesses", 60, 60)


class TooMany(Exception):  # As the domain calls its own.
    """There were too many wrong ones in the minute until now; the verdict says when one more is looked at."""

    def __init__(self, verdict: Verdict):
        super().__init__(verdict.seconds)
        self.verdict = verdict


class Guess(NamedTuple):
    """A code that is counted, by a name, at a moment."""

    name: str
    moment: int


def count(reservation_id: int | None = None, by_address: bool = True) -> list[Guess]:
    """Count a code before it is looked up: by the address that asks, and by the reservation. Raises TooMany, whatever the code is,
    and then it counts for neither."""
    names = [f"address:{network(request.remote_addr)}"] if by_address else []
    names += [] if reservation_id is None else [f"reservation:{reservation_id}"]
    counted: list[Guess] = []
    for name in names:
        verdict = current_app.extensions["guesses"].take(name, POLICY)
        if not verdict.allowed:
            forget(counted)
            raise TooMany(verdict)
        counted.append(Guess(name, verdict.moment))
    return counted


def forget(counted: list[Guess]) -> None:
    """It was no guess: it is not counted."""
    for guess in counted:
        current_app.extensions["guesses"].give_back(guess.name, POLICY, guess.moment)
