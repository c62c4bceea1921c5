"""What the worker does of recipients that wait: it takes some of one partner's, to post to them.

Whoever wants none, is deleted or has neither browser nor wallet is settled as soon as it is looked at; the others are posted to outside of any
transaction, under one lease that outlasts the whole batch, and settled after it (`settling`). What a dead worker had taken is taken
again when its lease ends.
"""

from collections import defaultdict
from collections.abc import Container, Sequence
from datetime import timedelta
from typing import NamedTuple

from portal import clock
from portal.database import Statement, transaction
from portal.domain.cards.pushes import ending, in_wallets, quiet, words
from portal.domain.cards.pushes.ahead import Ahead
from portal.domain.cards.pushes.browsers import answered, outcomes, payloads
from portal.domain.cards.pushes.in_wallets import Place, WalletPost
from portal.domain.turns import Turns

LOOKED_AT, AT_ONCE = 200, 25  # at once: looked at, and posted to
LASTS = timedelta(minutes=3)  # a lease
_SHARE = 3 * AT_ONCE  # of one partner's
_TURNS = Turns("push_recipient", "partner_id", _SHARE)
_AHEAD = Ahead("push_recipient")
_SOON = timedelta(seconds=61)  # The worker looks once a minute by itself.


class Waiting(NamedTuple):
    """A recipient that is due, with its card, holder and push."""

    id: int
    push_id: int
    attempts: int
    muted_at: int | None
    deleted_at: int | None
    shown_at: int | None
    card_id: int
    member_id: int
    card_key: str
    uuid: str
    message: str
    state: str
    keeps_quiet: bool


class Browser(NamedTuple):
    """Where a push goes, and how it is encrypted."""

    id: int
    member_id: int
    endpoint: str
    p256dh: str
    auth: str


class Post(NamedTuple):
    """One message to one browser."""

    recipient: int
    browser: Browser
    payload: bytes
    topic: str


class Batch(NamedTuple):
    """What is to be posted, and until when (microseconds) it is nobody else's."""

    lease: int
    clock_offset: int
    recipients: list[Waiting]
    posts: list[Post]
    partner_id: int = 0
    in_wallets: Sequence[WalletPost] = ()


class _Whose(NamedTuple):
    name: str
    slug: str
    clock_offset: int
    is_test: bool


_DUE = Statement(
    """SELECT id, push_id FROM push_recipient WHERE partner_id = :partner AND due_at IS NOT NULL AND due_at <= :now
    ORDER BY due_at LIMIT :most"""
)
_WAITING = Statement(
    """SELECT r.id, r.push_id, r.attempts, c.muted_at, c.deleted_at, r.shown_at, r.card_id, c.member_id, c."key" AS card_key, p.uuid,
        p.message, p.state, p.keeps_quiet FROM push_recipient r JOIN push p ON p.id = r.push_id JOIN card c ON c.id = r.card_id
    WHERE r.id IN :recipients AND r.due_at <= :now ORDER BY r.due_at, r.id""",
    Waiting,
)
_WHOSE = Statement(
    "SELECT name, slug, clock_offset, live_partner_id IS NOT NULL AS is_test FROM partner WHERE id = :partner", _Whose
)
_BROWSERS = Statement(
    "SELECT id, member_id, endpoint, p256dh, auth FROM push_subscription WHERE member_id IN :members ORDER BY id",
    Browser,
)
_LEASE = Statement(
    """UPDATE push_recipient SET state = 'sending', due_at = :ends, lease_ends = :ends, attempts = attempts + 1
    WHERE id IN :recipients"""
)
_POSTPONE = Statement(
    """UPDATE push_recipient SET state = 'queued', due_at = :until, lease_ends = NULL
    WHERE push_id = :push AND due_at IS NOT NULL AND due_at < :until AND (state = 'queued' OR due_at <= :now)"""
)
_IS_ANY_SOON = Statement(
    """SELECT 1 FROM push_recipient WHERE due_at IS NOT NULL AND due_at <= :soon UNION ALL
    SELECT 1 FROM push WHERE due_at IS NOT NULL AND state = 'sending' LIMIT 1"""
)


def take() -> Batch | None:
    """What is to be posted next, of whose turn it is; its posts may be none, for what was due is settled by now. None when nothing is
    due."""
    if not _TURNS.is_any(clock.wall_micros()) and not _AHEAD.pull():
        return None
    now = clock.wall_micros()
    with transaction():
        partner = _TURNS.next(now)
        return None if partner is None else _taken(partner, now)


def is_any_soon() -> bool:
    """Whether one becomes due before the worker looks by itself, or more are being fixed."""
    return _IS_ANY_SOON.value(soon=clock.wall_micros() + _SOON // clock.MICROSECOND) is not None


def _taken(partner: int, now: int) -> Batch:
    due = _DUE.rows(partner=partner, now=now, most=LOOKED_AT)
    ending.hold(push for _, push in due)
    rows = _WAITING.rows(recipients=[recipient for recipient, _ in due], now=now)
    whose = _WHOSE.rows(partner=partner)[0]
    with clock.acting(whose.clock_offset):
        rows = _without_quiet(partner, _without_passed_over(rows), now)
        asked = [] if whose.is_test else rows
        browsers, places = _browsers(asked), in_wallets.places(partner, [row.card_id for row in asked])
        posted = _reached(rows, browsers, places)[:AT_ONCE]
        in_wallets.show((row.push_id, row.card_id) for row in posted if row.card_id in places)
    lease = now + LASTS // clock.MICROSECOND
    _LEASE.run(recipients=[row.id for row in posted], ends=lease)
    refused = answered.refusals([row.id for row in posted if row.attempts])
    posts = _posts(whose, posted, browsers, refused)
    return Batch(lease, whose.clock_offset, posted, posts, partner, _wallet_posts(whose.name, posted, places, refused))


def _reached(rows: list[Waiting], browsers: Container[int], places: Container[int]) -> list[Waiting]:
    """Those whom a browser or a wallet shows it; the others have ended by it, for their inbox has it."""
    reached = [row for row in rows if row.member_id in browsers or row.card_id in places]
    ending.end(sorted({row.id for row in rows} - {row.id for row in reached}), words.SENT)
    return reached


def _without_passed_over(rows: list[Waiting]) -> list[Waiting]:
    """Those that are sent to; the others have ended by it."""
    passed_over: dict[tuple[str, str | None], list[int]] = defaultdict(list)
    left = []
    for row in rows:
        ended = _ended(row)
        if ended is None:
            left.append(row)
        else:
            passed_over[ended].append(row.id)
    for (state, reason), recipients in passed_over.items():
        ending.end(recipients, state, reason)
    return left


def _ended(row: Waiting) -> tuple[str, str | None] | None:
    """How a recipient has ended before it is posted to, and why; None where it is posted to."""
    if row.state != words.SENDING:  # It was cancelled while a worker that died had this one.
        return (words.SENT, None) if row.shown_at else (words.CANCELLED, words.WITHDRAWN)
    if row.deleted_at is not None:
        return words.CANCELLED, words.DELETED
    if row.muted_at is not None:
        return words.CANCELLED, words.MUTED
    return (words.FAILED, words.TRIED_OUT) if row.attempts >= outcomes.MOST_TRIES else None


def _without_quiet(partner: int, rows: list[Waiting], now: int) -> list[Waiting]:
    """Those whose push does not keep the quiet that there is; all others of such a push wait until its end."""
    keeping = {row.push_id for row in rows if row.keeps_quiet}
    until = quiet.until(partner) if keeping else None
    if until is None:
        return rows
    for push in sorted(keeping):
        _POSTPONE.run(push=push, until=clock.to_micros(until), now=now)
    return [row for row in rows if row.push_id not in keeping]


def _browsers(rows: list[Waiting]) -> dict[int, list[Browser]]:
    """The browsers of their holders."""
    found: dict[int, list[Browser]] = defaultdict(list)
    for browser in _BROWSERS.rows(members={row.member_id for row in rows}) if rows else ():
        found[browser.member_id].append(browser)
    return found


def _posts(
    whose: _Whose, rows: list[Waiting], browsers: dict[int, list[Browser]], refused: set[tuple[int, str, int]]
) -> list[Post]:
    """To each browser of theirs, but for those that refused it for good before."""
    posts = []
    for row in rows:
        payload = payloads.of(row.id, row.uuid, f"/club/{whose.slug}/c/{row.card_key}", whose.name, row.message)
        for browser in browsers[row.member_id]:
            if (row.id, outcomes.BROWSER, browser.id) not in refused:
                posts.append(Post(row.id, browser, payload, payloads.topic(row.uuid)))
    return posts


def _wallet_posts(
    title: str, rows: list[Waiting], places: dict[int, list[Place]], refused: set[tuple[int, str, int]]
) -> list[WalletPost]:
    """The same to each wallet that keeps their cards."""
    return [
        WalletPost(row.id, place, row.uuid, title, row.message, row.attempts > 0)
        for row in rows
        for place in places.get(row.card_id, ())
        if (row.id, place.wallet, place.id) not in refused
    ]
