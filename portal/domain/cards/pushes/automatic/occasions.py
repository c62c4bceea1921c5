"""What the worker does of automatic pushes: it looks for their occasions, some cards at a time, and tells each once.

A look goes through the cards in the order of their ids. What is found is a push to the one card, written while the card is held,
so that neither an occasion is told twice nor a card gets more than its most of a week, however many look.
"""

from datetime import UTC, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from portal import clock, languages
from portal.database import Statement, transaction
from portal.domain.cards.companies import limits
from portal.domain.cards.operations import words as operation_words
from portal.domain.cards.pushes import quiet, words
from portal.domain.cards.pushes.ahead import Ahead
from portal.domain.cards.pushes.automatic import automatic, looking
from portal.domain.cards.pushes.automatic.automatic import BIRTHDAY, EXPIRING, KINDS, LEFT
from portal.domain.cards.pushes.automatic.looking import BY_THE_MINUTE, Found, look
from portal.domain.cards.pushes.pushes import KIND, THING
from portal.domain.cards.pushes.tables import AutomaticPush, Push
from portal.domain.cards.templates.tables import CardTemplate
from portal.domain.errors import DomainError
from portal.domain.events import log
from portal.domain.sentences import Sentence
from portal.domain.totals import totals
from portal.domain.turns import Pieces

AT_ONCE = 100
_HOUR = time(10)  # when the kinds of a day are looked for, where the company is
_MINUTE = timedelta(minutes=1)
_WEEK = timedelta(days=7)
_NEARLY_A_YEAR = timedelta(days=365 - looking.MOST_DAYS_BACK)  # Who was told late has the next one on its day.
_PIECES = Pieces("automatic_push", timedelta(minutes=2))
_AHEAD = Ahead("automatic_push")


class _Told(NamedTuple):
    card_id: int
    number: int


_HOLD = Statement("SELECT id FROM card WHERE id IN :cards AND deleted_at IS NULL ORDER BY id", lock="FOR UPDATE")
_LATELY = Statement(
    """SELECT card_id, COUNT(*) AS number FROM push WHERE kind = 'auto' AND card_id IN :cards AND created_at > :since GROUP BY card_id""",
    _Told,
)
_ALREADY = Statement("SELECT card_id, occasion FROM push WHERE automatic_id = :automatic AND card_id IN :cards")
_THIS_YEAR = Statement(
    "SELECT card_id FROM push WHERE automatic_id = :automatic AND card_id IN :cards AND created_at > :since"
)


def work_due() -> bool:
    """Look for some occasions of the automatic push whose turn it is; whether there was one. Repeated until there is none."""
    return _PIECES.work(_work) or _AHEAD.pull()


def next_look(zone: ZoneInfo, moment: datetime) -> datetime:
    """When the kinds of a day are looked for next, after a moment: at ten of the company's day."""
    day = moment.astimezone(zone).date()
    today = datetime.combine(day, _HOUR, zone).astimezone(UTC)
    return today if today > moment else datetime.combine(day + timedelta(days=1), _HOUR, zone).astimezone(UTC)


def _work(automatic_id: int) -> None:
    kept, now = AutomaticPush.get_by_id(automatic_id), clock.now()
    if not kept.is_on:
        return _keep(kept, due_at=None)
    zone, wall = ZoneInfo(kept.partner.time_zone), clock.from_micros(clock.wall_micros())
    later = wall + _MINUTE if kept.kind in BY_THE_MINUTE else next_look(zone, now)
    if _is_early(kept, zone, now) or not _may(kept.partner_id):
        return _keep(kept, due_at=later)
    began = now if kept.looked_to is None else kept.began_at
    found, came_to = look(kept, zone, began, AT_ONCE)
    tell(kept, found, zone)
    if came_to is None:
        return _keep(kept, due_at=later, looked_at=began, began_at=None, looked_to=None)
    return _keep(kept, due_at=wall, began_at=began, looked_to=came_to)


def _is_early(kept: AutomaticPush, zone: ZoneInfo, now: datetime) -> bool:
    """Whether it was switched on after today's look: what is of a day is looked for at ten, from the next one on."""
    is_first = kept.looked_at is None and kept.looked_to is None and kept.kind not in BY_THE_MINUTE
    return is_first and next_look(zone, kept.since) > now


def _may(partner_id: int) -> bool:
    try:
        limits.refuse_expired(partner_id)
        limits.refuse_without(partner_id, "push")
        limits.refuse_without(partner_id, "auto_push")
    except DomainError:
        return False
    return True


def tell(kept: AutomaticPush, found: list[Found], zone: ZoneInfo) -> None:
    """Write a push for each that was not told of it yet, while its card may get one more in its week."""
    with transaction():
        held = set(_HOLD.values(cards=[one.card_id for one in found]))
        ids = sorted(held)
        already = set(_ALREADY.rows(automatic=kept.id, cards=ids))
        since = clock.micros() - _WEEK // clock.MICROSECOND
        lately = {row.card_id: row.number for row in _LATELY.rows(cards=ids, since=since)}
        had, most = _had_this_year(kept, ids), quiet.settings(kept.partner_id).weekly_most
        text = _text(kept)
        for one in found:
            is_new = (one.card_id, one.occasion) not in already and one.card_id not in had
            if one.card_id in held and is_new and lately.get(one.card_id, 0) < most:
                lately[one.card_id] = lately.get(one.card_id, 0) + 1
                language = _language(kept, one, text)
                _write(kept, one, automatic.filled(_in(text, language), values(kept, one, zone, language)))


def _text(kept: AutomaticPush) -> str:
    """The company's own as it was typed, where its tariff has that still; else the usual one, a Sentence."""
    is_own = not automatic.is_usual(kept.kind, kept.message) and limits.offers(kept.partner_id, "custom_auto_push")
    return kept.message if is_own else KINDS[kept.kind].text


def _language(kept: AutomaticPush, one: Found, text: str) -> str:
    """What the company typed stays in its own; the usual one comes in the holder's, where they chose one."""
    of_holder = languages.known(one.language) if isinstance(text, Sentence) else None
    return of_holder or languages.known(kept.partner.language) or languages.ENGLISH


def _in(text: str, language: str) -> str:
    return text.said(language) if isinstance(text, Sentence) else text


def _had_this_year(kept: AutomaticPush, cards: list[int]) -> set[int]:
    """Whose birthday was: one that is changed comes no sooner for it."""
    if kept.kind != BIRTHDAY:
        return set()
    since = clock.micros() - _NEARLY_A_YEAR // clock.MICROSECOND
    return set(_THIS_YEAR.values(automatic=kept.id, cards=cards, since=since))


def values(kept: AutomaticPush, one: Found, zone: ZoneInfo, language: str) -> dict[str, str]:
    """What the words of a text in this language are filled with."""
    template: CardTemplate = kept.template
    told = {"name": one.first_name}
    if kept.kind == LEFT:
        told["left"] = str(one.number)
    if kept.kind == EXPIRING:
        amount = operation_words.said(
            template.kind, template.mechanics, template.currency, one.field or "bonus", one.number or 0
        )
        told["amount"] = _in(amount, language)
        told["day"] = automatic.day(clock.from_micros(one.at or 0).astimezone(zone).date(), language)
    return told


def _write(kept: AutomaticPush, one: Found, message: str) -> None:
    push = Push.create(
        partner=kept.partner_id, template=kept.template_id, audience=words.CARD, card=one.card_id, automatic=kept, occasion=one.occasion,
        operation=one.operation_id, kind=words.AUTO, message=message, keeps_quiet=kept.keeps_quiet, due_at=clock.from_micros(clock.wall_micros()), made_by=log.SYSTEM,
    )  # fmt: skip
    totals.add(kept.partner_id, KIND, push.id)
    log.record(kept.partner_id, "push.written", THING, push.uuid)


def _keep(kept: AutomaticPush, **given) -> None:
    AutomaticPush.update(lease_ends=None, **given).where(AutomaticPush.id == kept.id).execute()
