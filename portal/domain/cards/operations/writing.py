"""Writing operations: the row of the wire, an entry a field, the card as it is then, and the event, in one transaction."""

from dataclasses import dataclass

from portal import clock
from portal.database import Statement
from portal.domain.cards.cards.tables import FIELDS
from portal.domain.cards.moments import lots
from portal.domain.cards.operations import events
from portal.domain.cards.operations.effects import Effect
from portal.domain.cards.operations.refusals import BORNE, refused
from portal.domain.cards.operations.rows import Entry, Held, Operation
from portal.domain.codes import OUT_OF_RANGE
from portal.domain.errors import Refused
from portal.domain.events import log
from portal.domain.sentences import say
from portal.domain.totals import totals

LARGEST = 10**15  # exact as a JSON number in every client
SYSTEM = "system"
_COLUMNS = Operation._fields[1:]
_INSERT = Statement(
    f"""INSERT INTO card_operation ({", ".join(_COLUMNS)}) VALUES ({", ".join(f":{column}" for column in _COLUMNS)})
    ON CONFLICT (partner_id, request) WHERE request IS NOT NULL DO NOTHING RETURNING id"""
)


def _entries(count: int) -> Statement:
    values = ", ".join(f"(:operation, :card, :field{n}, :amount{n}, :before{n}, :after{n})" for n in range(count))
    return Statement(f"INSERT INTO card_entry (operation_id, card_id, field, amount, before, after) VALUES {values}")


_ENTRIES = [_entries(count) for count in range(1, len(FIELDS) + 1)]
_KEPT = (
    *FIELDS, "rewards_earned", "rewards_redeemed", "last_stamp_at", "last_reward_at", "last_redeemed_at",
    "coupon_redeemed_at",
)  # fmt: skip
_KEEP = Statement(
    f"UPDATE card SET {', '.join(f'{column} = :{column}' for column in _KEPT)}, updated_at = :now WHERE id = :id"
)
_OF_REQUEST = Statement(
    f"""SELECT {", ".join(Operation._fields)} FROM card_operation WHERE partner_id = :partner AND request = :request""",
    Operation,
)


@dataclass(frozen=True, slots=True)
class Draft:
    """An operation before it is written: what it does, and who asked for it. `at` is when it happened, microseconds; none is
    now. `undoes` is what gets its lots back, or loses its own first."""

    event: int
    effect: Effect
    source: str
    purchase_sum: int | None = None
    comment: str | None = None
    manager_id: int | None = None
    location_id: int | None = None
    reverses_id: int | None = None
    takes_back_id: int | None = None
    reward_tier_id: int | None = None
    request: str | None = None
    at: int | None = None
    undoes: int | None = None
    carries: int | None = None  # the operation on another card whose lots go on in this one
    counted_with: int | None = None  # whose operations its transaction counts with first


def by_request(partner_id: int, request: str) -> Operation | None:
    """What was booked for this request before."""
    return _OF_REQUEST.row(partner=partner_id, request=request)


def applied(held: Held, draft: Draft) -> list[Entry]:
    """Change the card in memory; what changed, field by field. Raises Refused for what is too large to be kept."""
    entries = []
    for name, amount in draft.effect.deltas.items():
        if not amount:
            continue
        before = getattr(held, name)
        after = before + amount
        if not 0 <= after <= LARGEST:
            raise _too_large(held)
        setattr(held, name, after)
        entries.append(Entry(name, amount, before, after))
    return entries


def write(held: Held, draft: Draft) -> Operation:
    """Book it, inside a transaction that holds the card. What its request had booked on another card is told instead."""
    effect, now = draft.effect, clock.micros()
    at = now if draft.at is None else draft.at
    entries = applied(held, draft)
    operation = Operation(
        0, held.partner_id, held.template_id, held.id, held.member_id, draft.event, effect.field, effect.amount,
        getattr(held, effect.field), draft.purchase_sum, draft.source, draft.comment, draft.manager_id, draft.location_id,
        draft.reverses_id, draft.takes_back_id, draft.reward_tier_id, effect.step, effect.step_gives, draft.request, at,
    )  # fmt: skip
    given = operation._asdict()
    del given["id"]
    number = _INSERT.value(**given)
    if number is None:
        return _OF_REQUEST.rows(partner=held.partner_id, request=draft.request)[0]
    if entries:
        _write_entries(number, held.id, entries)
    _remember(held, draft, entries, at)
    _KEEP.run(**{column: getattr(held, column) for column in _KEPT}, now=now, id=held.id)
    lots.follow(held, entries, number, at, draft.undoes, draft.carries)
    totals.add(held.partner_id, "operations", draft.counted_with or held.member_id, within=held.template_id)
    _tell(held, draft, number)
    return operation._replace(id=number)


def _write_entries(number: int, card_id: int, entries: list[Entry]) -> None:
    given: dict = {"operation": number, "card": card_id}
    for place, entry in enumerate(entries):
        for name, value in zip(("field", "amount", "before", "after"), entry, strict=True):
            given[f"{name}{place}"] = value
    _ENTRIES[len(entries) - 1].run(**given)


def _remember(held: Held, draft: Draft, entries: list[Entry], at: int) -> None:
    """What the card tells of its history beside its fields."""
    effect = draft.effect
    rewards = next((entry.amount for entry in entries if entry.field == "rewards"), 0)
    if effect.field in ("uses", "rewards"):
        held.rewards_earned += rewards
    held.rewards_earned += effect.redeemed  # What is not earned by itself is when it is received.
    held.rewards_redeemed += effect.redeemed
    if draft.reverses_id is None:
        _remember_latest(held, draft, rewards, at)
    if effect.field == "coupon":
        held.coupon_redeemed_at = at if held.coupon else None


def _remember_latest(held: Held, draft: Draft, rewards: int, at: int) -> None:
    if draft.effect.field == "uses" and draft.effect.amount > 0:
        held.last_stamp_at = at
    if rewards > 0 or draft.event in events.EARNED_WHEN_TAKEN:
        held.last_reward_at = at
    if draft.effect.redeemed:
        held.last_redeemed_at = at


_FACTS = {
    events.REWARD_RECEIVED: "card.reward_received",
    events.COUPON_REDEEMED: "card.coupon_redeemed",
    events.REVERSED: "card.operation_reversed",
    events.EXPIRED: "card.points_expired",
    events.PERIOD_BEGAN: "card.period_began",
}


def _tell(held: Held, draft: Draft, number: int) -> None:
    fact = _FACTS.get(draft.event) or ("card.debited" if draft.effect.amount < 0 else "card.credited")
    if draft.source == SYSTEM:
        with log.by_itself():
            log.record(held.partner_id, fact, "card", held.serial, {"operation": number})
    else:
        log.record(held.partner_id, fact, "card", held.serial, {"operation": number})


def _too_large(held: Held) -> Refused:
    sentence = say("The card would have more than can be kept.")
    return refused(held, BORNE, sentence, say("Add less."), OUT_OF_RANGE)
