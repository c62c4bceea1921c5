"""What pages of templates say that depends on the template: whole sentences with named parameters."""

from decimal import Decimal

from portal.domain import money
from portal.domain.cards.templates import kinds
from portal.domain.cards.templates.facts import FIELDS
from portal.domain.cards.templates.kinds import KINDS
from portal.domain.cards.templates.reward_tiers import AMOUNT, PERCENT
from portal.domain.cards.templates.tables import CardTemplate, RewardTier
from portal.domain.sentences import counted, joined, say
from portal.web import formats

_SHOWN = (
    "stamps_total", "visit_gives", "percent", "first_visit_percent", "least_purchase", "most_a_day", "most_at_once",
    "card_days", "lot_days", "deal_gives", "referrer_gets", "friend_gets",
)  # fmt: skip


def touches(number: int) -> str:
    """How many cards a change of the rules touches."""
    return counted(
        number,
        "1 card is counted by these rules. What is on it stays; from the next operation on the new rules hold.",
        "{number} cards are counted by these rules. What is on them stays; from the next operation on the new rules hold.",
    )


def names(changed: list[str]) -> str:
    """What of the rules would change."""
    return joined([FIELDS[name] for name in changed], ", ")


def rules(template: CardTemplate) -> list[tuple[str, str]]:
    """The rules that are set, each with what it is called."""
    kind = KINDS[template.kind]
    told: list[tuple[str, str | None]] = [(FIELDS["mechanics"], kind.mechanics[template.mechanics])]
    if template.step:
        told.append(
            (
                FIELDS["step"],
                say("{sum}: {number}", sum=formats.money(template.step, template.currency), number=template.step_gives),
            )
        )
    told += [(FIELDS[name], _written(template, name)) for name in _SHOWN]
    if not template.earns_on_points:
        told.append((FIELDS["earns_on_points"], say("No")))
    return [(name, value) for name, value in told if value is not None]


def _written(template: CardTemplate, name: str) -> str | None:
    value = getattr(template, name)
    if value is None:
        return None
    if name in ("percent", "first_visit_percent"):
        return formats.share(value)
    if name == "least_purchase":
        return formats.money(value, template.currency)
    if name in ("card_days", "lot_days"):
        return counted(value, "1 day", "{number} days")
    return (
        credited(template, value) if name in ("deal_gives", "referrer_gets", "friend_gets") else formats.number(value)
    )


def credited(template: CardTemplate, value: int) -> str:
    """What a deal or a friend brings, as the card counts."""
    counted_in = KINDS[template.kind].credited_in
    if counted_in == kinds.SUM:
        return formats.money(value, template.currency)
    return formats.number(Decimal(value).scaleb(-2).normalize() if counted_in == kinds.HUNDREDTHS else value)


def worth(tier: RewardTier, currency: str) -> str:
    """What a reward is worth, in the template's currency."""
    if tier.kind == AMOUNT:
        return say("{sum} off", sum=_money(tier.value, currency))
    if tier.kind != PERCENT:
        return _money(tier.value, currency) if tier.value else formats.NOTHING
    if tier.value_limit is None:
        return say("{percent} off", percent=formats.share(tier.value))
    most = _money(tier.value_limit, currency)
    return say("{percent} off, at most {most}", percent=formats.share(tier.value), most=most)


def _money(hundredths: int, currency: str) -> str:
    return formats.money(money.portion(hundredths, 10 ** money.exponent(currency), 100), currency)


def used(tier: RewardTier) -> str:
    """How often it was given, and may be."""
    if tier.usage_limit is None:
        return formats.number(tier.used)
    return say("{used} of {most}", used=formats.number(tier.used), most=formats.number(tier.usage_limit))
