"""What the points of a reward card are exchanged for (contract: cards, `rewardTiers`)."""

from collections.abc import Sequence
from decimal import Decimal

from peewee import fn

from portal import clock
from portal.database import transaction
from portal.domain import codes as domain_codes
from portal.domain import money, values
from portal.domain.cards import codes
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.templates import kinds, templates
from portal.domain.cards.templates.settings import LARGEST, over_zero, whole
from portal.domain.cards.templates.tables import CardTemplate, RewardTier
from portal.domain.errors import Invalid, NotFound, Refused
from portal.domain.identifiers import typed_id
from portal.domain.sentences import counted, say
from portal.domain.values import Wrong, checked

MOST = 50
CUSTOM, AMOUNT, PERCENT = range(3)
KINDS = {CUSTOM: say("Something of yours"), AMOUNT: say("A sum off"), PERCENT: say("A percentage off")}


def _kind(value) -> int:
    if value not in KINDS:
        raise Wrong(say("Send 0 (custom), 1 (amount) or 2 (percent)."), domain_codes.NOT_LISTED)
    return value


def _value(value: Decimal | None) -> int | None:
    """Zero is right for a reward that is worth what its name says."""
    if value is None:
        raise Wrong(say("This field is required."), domain_codes.REQUIRED)
    if value < 0:
        raise Wrong(
            say("Give a number of zero or more, at most {largest}.", largest=f"{LARGEST:,}"), domain_codes.OUT_OF_RANGE
        )
    return 0 if value == 0 else over_zero(2)(value)


def _threshold(value: Decimal | int | None) -> int:
    """A reward that costs nothing could be received without an end."""
    if value is None:
        raise Wrong(say("Say how many points it costs, at least 1."), domain_codes.REQUIRED)
    return whole(1, LARGEST)(value) or 0


FIELDS = {
    "name": values.name(120),
    "type": _kind,
    "value": _value,
    "threshold": _threshold,
    "usageLimit": whole(1, LARGEST),
    "valueLimit": over_zero(2),
}


def create(template: CardTemplate, given: dict) -> RewardTier:
    """A new tier; fields as on the wire, numbers as decimals. Raises Invalid with every wrong value, Refused for a template of
    another type than reward."""
    with transaction():
        template = templates.locked(template.id)
        tier = insert(template, given)
        templates.touched(template, "reward_tiers")
    return tier


def insert(template: CardTemplate, given: dict) -> RewardTier:
    """As `create`, in the transaction that makes or has locked the template, and tells of it."""
    taken = checked({"name": None, "type": None, "value": None, "threshold": None, **given}, FIELDS)
    _refuse_wrong(taken, template.currency)
    if template.kind != kinds.REWARD:
        raise Refused(say("Only reward cards have reward tiers."), code=codes.NO_REWARD_TIERS)
    if len(of(template)) >= MOST:
        raise Refused(say("A template has {most} tiers at most. Remove one first.", most=MOST))
    return RewardTier.create(
        template=template, name=taken["name"], kind=taken["type"], value=taken["value"],
        threshold=taken["threshold"], usage_limit=taken.get("usageLimit"), value_limit=taken.get("valueLimit"),
    )  # fmt: skip


def rename(template: CardTemplate, tier_id: int | str, name: str | None) -> RewardTier:
    """Call it otherwise from now on. Raises Invalid for what is no name, and NotFound."""
    taken = checked({"name": name}, FIELDS)
    with transaction():
        template = templates.locked(template.id)
        tier = find(template, tier_id)
        RewardTier.update(**taken).where(RewardTier.id == tier.id).execute()
        templates.touched(template, "reward_tiers")
    return find(template, tier_id)


def remove(template: CardTemplate, tier_id: int | str) -> RewardTier:
    """Have it received no more. Raises Refused while a card that is not deleted has the points for it, unless it is used up or the
    template is archived."""
    with transaction():
        template = templates.locked(template.id)
        tier = find(template, tier_id)
        if template.archived_at is None and (number := within_reach(tier)):
            raise Refused(
                counted(number, "1 card has enough points for this tier.", "{number} cards have enough points for this tier."),
                code=codes.TIER_IN_USE,
            )  # fmt: skip
        RewardTier.update(removed_at=clock.now()).where(RewardTier.id == tier.id).execute()
        templates.touched(template, "reward_tiers")
    return tier


def find(template: CardTemplate, tier_id: int | str) -> RewardTier:
    """One of its tiers. Raises NotFound."""
    its = (RewardTier.template == template, RewardTier.id == typed_id(tier_id), RewardTier.removed_at.is_null())
    tier = RewardTier.get_or_none(*its)
    if tier is None:
        raise NotFound(say("reward tier"))
    return tier


def of(template: CardTemplate) -> list[RewardTier]:
    """Its tiers, the nearest first."""
    return of_each([template.id])[template.id]


def of_each(template_ids: Sequence[int]) -> dict[int, list[RewardTier]]:
    """The same of some templates, by their ids."""
    found: dict[int, list[RewardTier]] = {one: [] for one in template_ids}
    theirs = (RewardTier.template.in_(template_ids), RewardTier.removed_at.is_null())
    for tier in RewardTier.select().where(*theirs).order_by(RewardTier.threshold, RewardTier.id):
        found[tier.template_id].append(tier)
    return found


def within_reach(tier: RewardTier) -> int:
    """How many cards could receive it."""
    if tier.usage_limit is not None and tier.used >= tier.usage_limit:
        return 0
    its = (Card.template == tier.template_id, Card.deleted_at.is_null(), Card.bonus >= tier.threshold)
    return Card.select(fn.COUNT(Card.id)).where(*its).scalar()


def _refuse_wrong(taken: dict, currency: str) -> None:
    errors: list[tuple[str, str]] = []
    if taken["type"] == PERCENT and taken["value"] > 10_000:
        errors.append(("value", say("Give a percentage of at most 100.")))
    if taken["type"] != CUSTOM and not taken["value"]:
        errors.append(("value", say("Give a number over zero, at most {largest}.", largest=f"{LARGEST:,}")))
    if taken["type"] != PERCENT and taken.get("valueLimit") is not None:
        errors.append(("valueLimit", say("Only a percentage has a most that it is worth. Leave this empty.")))
    if errors:
        raise Invalid(*errors[0], errors, of_fields=dict.fromkeys(dict(errors), domain_codes.OUT_OF_RANGE))
    _refuse_fractions("value", None if taken["type"] == PERCENT else taken["value"], currency)
    _refuse_fractions("valueLimit", taken.get("valueLimit"), currency)


def _refuse_fractions(field: str, hundredths: int | None, currency: str) -> None:
    """Money has no more decimals than its currency."""
    try:
        money.to_minor(Decimal(hundredths or 0).scaleb(-2), currency)
    except money.BadAmount as error:
        raise Invalid(field, error.sentence, code=error.code) from None
