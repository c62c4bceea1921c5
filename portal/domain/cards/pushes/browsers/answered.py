"""What push services answered, kept for each recipient and for each browser."""

from collections.abc import Iterable

from portal import clock
from portal.database import Statement, transaction
from portal.domain.cards.pushes.browsers import keys
from portal.domain.cards.pushes.browsers.outcomes import GONE, REFUSED, TAKEN, Answer

_KEEP = Statement(
    """INSERT INTO push_attempt (recipient_id, subscription, host, status, result, said, at)
    VALUES (:recipient, :subscription, :host, :status, :result, :said, :now)
    ON CONFLICT (recipient_id, subscription) DO UPDATE SET host = excluded.host, status = excluded.status,
        result = excluded.result, said = excluded.said, at = excluded.at"""
)
_REFUSED = Statement(
    "SELECT recipient_id, subscription FROM push_attempt WHERE recipient_id IN :recipients AND result = 'refused'"
)
_TAKEN = Statement(
    "UPDATE push_subscription SET accepted_at = :now, refused_at = NULL, refusal = NULL WHERE id = :subscription"
)
_GONE = Statement("DELETE FROM push_subscription WHERE id = :subscription")
_OF_OTHER_KEY = Statement("DELETE FROM push_subscription WHERE id = :subscription AND server_key <> :ours")
_SAID_NO = Statement(
    """UPDATE push_subscription SET refused_at = COALESCE(refused_at, :now), refusal = :said WHERE id = :subscription"""
)
_LONGEST, _LONGEST_HOST = 500, 255


def keep(answers: Iterable[Answer]) -> None:
    """In the transaction that settles the recipients: what was answered for each."""
    for one in answers:
        _KEEP.run(
            recipient=one.recipient, subscription=one.subscription, host=one.host[:_LONGEST_HOST], status=one.status,
            result=one.result, said=one.said[:_LONGEST] or None, now=clock.micros(),
        )  # fmt: skip


def refusals(recipients: Iterable[int]) -> set[tuple[int, int]]:
    """Browsers, by their ids, that refused a recipient's push for good: pairs of both."""
    return set(_REFUSED.rows(recipients=list(recipients)))


def tell_browsers(answers: Iterable[Answer]) -> None:
    """What it means for the browsers: those that are gone are forgotten, and so are those of an older key of ours, whose page
    subscribes anew. Each by itself, for others settle the same browsers in another order."""
    ours = keys.public()
    for one in answers:
        with transaction():
            _tell(one, ours)


def _tell(one: Answer, ours: str) -> None:
    if one.result == TAKEN:
        _TAKEN.run(subscription=one.subscription, now=clock.micros())
    elif one.result == GONE:
        _GONE.run(subscription=one.subscription)
    elif one.result == REFUSED:
        if one.status in (401, 403):
            _OF_OTHER_KEY.run(subscription=one.subscription, ours=ours)
        _SAID_NO.run(subscription=one.subscription, said=one.said[:_LONGEST], now=clock.micros())
