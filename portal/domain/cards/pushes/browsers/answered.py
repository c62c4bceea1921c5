"""What push services answered, kept for each recipient and for each browser."""

from collections.abc import Iterable

from portal import clock
from portal.database import Statement, transaction
from portal.domain.cards.pushes.browsers import keys
from portal.domain.cards.pushes.browsers.outcomes import BROWSER, GONE, REFUSED, TAKEN, Answer

_KEEP = Statement(
    """INSERT INTO push_attempt (recipient_id, channel, subscription, host, status, result, said, at)
    VALUES (:recipient, :channel, :subscription, :host, :status, :result, :said, :now)
    ON CONFLICT (recipient_id, channel, subscription) DO UPDATE SET host = excluded.host, status = excluded.status,
        result = excluded.result, said = excluded.said, at = excluded.at"""
)
_REFUSED = Statement(
    "SELECT recipient_id, channel, subscription FROM push_attempt WHERE recipient_id IN :recipients AND result = 'refused'"
)
_REFUSING = Statement("SELECT id FROM push_subscription WHERE id IN :subscriptions AND refused_at IS NOT NULL")
_TAKES_AGAIN = Statement("UPDATE push_subscription SET refused_at = NULL WHERE id = :subscription")
_GONE = Statement("DELETE FROM push_subscription WHERE id = :subscription")
_OF_OTHER_KEY = Statement("DELETE FROM push_subscription WHERE id = :subscription AND server_key <> :ours")
_REFUSES = Statement("UPDATE push_subscription SET refused_at = COALESCE(refused_at, :now) WHERE id = :subscription")
_LONGEST, _LONGEST_HOST = 500, 255


def keep(answers: Iterable[Answer]) -> None:
    """In the transaction that settles the recipients: what was answered for each."""
    for one in answers:
        _KEEP.run(
            recipient=one.recipient, channel=one.channel, subscription=one.subscription, host=one.host[:_LONGEST_HOST], status=one.status,
            result=one.result, said=one.said[:_LONGEST] or None, now=clock.micros(),
        )  # fmt: skip


def refusals(recipients: Iterable[int]) -> set[tuple[int, str, int]]:
    """Who refused a recipient's push for good: the recipient, the channel, and which of it, by its id."""
    return set(_REFUSED.rows(recipients=list(recipients)))


def tell_browsers(answers: Iterable[Answer]) -> None:
    """What it means for the browsers: those that are gone are forgotten, and so are those of an older key of ours, whose page
    subscribes anew. Each by itself, for others settle the same browsers in another order; of the many that took it, nothing is
    written."""
    known = [one for one in answers if one.channel == BROWSER]
    refusing = set(_REFUSING.values(subscriptions=[one.subscription for one in known if one.result == TAKEN]))
    for one in known:
        if one.result in (GONE, REFUSED) or one.subscription in refusing:
            with transaction():
                _tell(one)


def _tell(one: Answer) -> None:
    if one.result == TAKEN:
        _TAKES_AGAIN.run(subscription=one.subscription)
    elif one.result == GONE:
        _GONE.run(subscription=one.subscription)
    else:
        if one.status in (401, 403):
            _OF_OTHER_KEY.run(subscription=one.subscription, ours=keys.public())
        _REFUSES.run(subscription=one.subscription, now=clock.micros())
