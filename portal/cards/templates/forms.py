"""The shape of a template as people write it; the rules are the domain's."""

from collections.abc import Iterable
from typing import Any

from wtforms import (
    BooleanField,
    ColorField,
    FieldList,
    Form,
    FormField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    URLField,
)
from wtforms.validators import InputRequired, Optional

from portal.domain import money
from portal.domain.cards.templates import fields, kinds, reward_tiers, settings
from portal.domain.cards.templates.kinds import Kind
from portal.domain.cards.templates.tables import CardTemplate
from portal.domain.sentences import say
from portal.domain.values import Check
from portal.web.chosen import of_choice
from portal.web.forms import ToldAtOnce
from portal.web.inputs import NumberField, SumField, choices, percent

MOST_ROWS = 20
ICON_NAMES = {
    "star": say("Star"), "coffee": say("Cup"), "heart": say("Heart"), "check": say("Tick"), "award": say("Rosette"), "badge-check": say("Badge"),
    "gift": say("Present"), "ticket": say("Ticket"), "shopping-cart": say("Shopping cart"), "sun": say("Sun"), "moon": say("Moon"),
    "snowflake": say("Snowflake"), "rocket": say("Rocket"), "house": say("House"), "package": say("Parcel"),
    "calendar-check": say("Appointment"), "coins": say("Coins"),
}  # fmt: skip
_PLAIN = ("stamps_total", "step", "step_gives", "visit_gives", "most_a_day", "most_at_once", "card_days", "lot_days")
_SUMS = ("step", "least_purchase")
_PERCENTS = ("percent", "first_visit_percent")
_GIVES = ("deal_gives", "referrer_gets", "friend_gets")
_RULES = (*_PLAIN, "least_purchase", *_PERCENTS, *_GIVES, "earns_on_points")
_REQUIRED = InputRequired(say("This field is required."))


class Look:
    """How the cards look, and what is told of them."""

    name = StringField(say("Name"), [_REQUIRED])
    background = ColorField(say("Colour of the card"), default=settings.COLOURS["background"])
    foreground = ColorField(say("Colour of what is written"), default=settings.COLOURS["foreground"])
    label_colour = ColorField(say("Colour of labels"), default=settings.COLOURS["label_colour"])
    stamp_icon = RadioField(say("Stamp"), choices=choices(ICON_NAMES.items()), default="star")
    logo = URLField(say("Logo"))
    text_reward = StringField(say("What it brings, in a few words"))
    text_about = TextAreaField(say("About the card"))
    text_how_to_earn = TextAreaField(say("How one earns"))
    text_terms = TextAreaField(say("Terms"))
    text_support = StringField(say("Who helps"))


class Rules:
    """How the cards count, what earns, what ends, and what deals and friends bring."""

    mechanics = RadioField(say("What counts"))
    currency = SelectField(say("Currency"), choices=choices((code, code) for code in sorted(money.EXPONENTS)))
    stamps_total = IntegerField(say("Stamps for a reward"), [Optional()], default=10)
    step = of_choice(SumField, say("Each so much"), "mechanics", kinds.SPEND, [Optional()])
    step_gives = of_choice(IntegerField, say("gives so many"), "mechanics", kinds.SPEND, [Optional()])
    visit_gives = of_choice(IntegerField, say("Points of a visit"), "mechanics", kinds.VISITS, [Optional()])
    percent = NumberField(say("Cashback"), [Optional()])
    first_visit_percent = NumberField(say("Off the first purchase"), [Optional()])
    least_purchase = SumField(say("Least purchase"), [Optional()])
    most_a_day = IntegerField(say("Most times a day"), [Optional()])
    most_at_once = IntegerField(say("Most at once"), [Optional()])
    earns_on_points = BooleanField(say("Earn also on what was paid with points"), default=True)
    card_days = IntegerField(say("A card is good for"), [Optional()])
    lot_days = IntegerField(say("What was earned is good for"), [Optional()])
    catalogs = SelectMultipleField(say("Deals of these catalogs credit cards"))
    deal_gives = SumField(say("Each deal gives"), [Optional()])
    referrer_gets = SumField(say("Who recommends gets"), [Optional()])
    friend_gets = SumField(say("The friend gets"), [Optional()])


class FieldRow(Form):
    """A field that whoever gets a card is asked for; a row without a name is none."""

    name = StringField(say("Name of the field"))
    kind = SelectField(say("Kind"), choices=choices(fields.KINDS.items()), default="text")
    is_required = BooleanField(say("Required"))
    is_unique = BooleanField(say("Different on each card"))

    def is_given(self) -> bool:
        """Whether anything was said in it."""
        return bool((self.name.data or "").strip() or self.is_required.data or self.is_unique.data)

    def given(self) -> dict:
        """What was typed, as the domain takes it."""
        return {name: self[name].data for name in ("name", "kind", "is_required", "is_unique")}


class RewardTierRow(Form):
    """What points are exchanged for."""

    name = StringField(say("Reward"))
    type = SelectField(
        say("What it is"), choices=choices((str(kind), name) for kind, name in reward_tiers.KINDS.items()), default="0"
    )
    value = NumberField(say("Worth"), [Optional()])
    threshold = IntegerField(say("Points that it costs"), [Optional()])
    usageLimit = IntegerField(say("At most so many times"), [Optional()])
    valueLimit = NumberField(say("Worth at most"), [Optional()])

    def is_given(self) -> bool:
        """Whether anything was said in it."""
        return any(value not in (None, "") for name, value in self.data.items() if name not in ("type", "csrf_token"))

    def given(self) -> dict:
        """What was typed; a reward that is worth what its name says needs no number."""
        kind = int(self.type.data)
        worth = self.value.data if self.value.data is not None or kind else 0
        rest = {name: self[name].data for name in ("name", "threshold", "usageLimit", "valueLimit")}
        return {**rest, "type": kind, "value": worth}


class MembershipTierRow(Form):
    """What members of a tier get."""

    name = StringField(say("Tier"))
    visits = IntegerField(say("Visits a period"), [Optional()])

    def is_given(self) -> bool:
        """Whether anything was said in it."""
        return bool((self.name.data or "").strip() or self.visits.data is not None)

    def given(self) -> dict:
        """What was typed."""
        return {"name": self.name.data, "visits": self.visits.data}


class LevelRow(Form):
    """From so many points on so much off."""

    threshold = NumberField(say("From points"), [Optional()])
    percent = NumberField(say("Discount"), [Optional()])

    def is_given(self) -> bool:
        """Whether anything was said in it."""
        return self.threshold.data is not None or self.percent.data is not None

    def given(self) -> dict:
        """What was typed."""
        return {"threshold": self.threshold.data, "percent": self.percent.data}


TIER_ROWS: dict[int, type[Form]] = {
    kinds.REWARD: RewardTierRow, kinds.MEMBERSHIP: MembershipTierRow, kinds.DISCOUNT: LevelRow,
}  # fmt: skip


def _strange_to(kind: Kind, has_catalogs: bool) -> set[str]:
    """The fields that templates of the type have not."""
    taken = frozenset().union(*(kind.settings(way) for way in kind.mechanics))
    unless = {
        "mechanics": len(kind.mechanics) > 1,
        "stamp_icon": kind.number == kinds.STAMP,
        **dict.fromkeys(("catalogs", "deal_gives"), has_catalogs and bool(kind.credited_in)),
    }
    return (set(_RULES) - taken - {"card_days"}) | {name for name, is_there in unless.items() if not is_there}


class _OfKind(ToldAtOnce):
    """A form that has what its type of card takes, and nothing else."""

    kind: Kind

    @property
    def checks(self) -> dict[str, Check]:  # type: ignore[override]
        """Those of the name and the rules."""
        every = settings.checks(self.kind, self["currency"].data if "currency" in self else None)
        return {name: every[name] for name in ("name", *_RULES)}

    def of_kind(self, kind: Kind, catalogs: Iterable[tuple[str, str]] = ()) -> None:
        """Leave out what the type has not."""
        self.kind = kind
        offered = list(catalogs)
        for name in _strange_to(kind, bool(offered)) & set(self._fields):
            del self[name]
        if "mechanics" in self:
            self["mechanics"].choices = choices(kind.mechanics.items())
        if "catalogs" in self:
            self["catalogs"].choices = choices(offered)

    def rules(self) -> dict[str, Any]:
        """What was typed of the rules, as the domain takes it."""
        told = {name: self[name].data for name in (*_RULES, "mechanics", "currency", "catalogs") if name in self}
        # What hangs on other mechanics was refused where it was typed.
        return told | {"mechanics": told.get("mechanics") or next(iter(self.kind.mechanics))}

    def look(self) -> dict[str, Any]:
        """What was typed of the looks, but the logo."""
        names = ("name", *settings.COLOURS, *(["stamp_icon"] if "stamp_icon" in self else []))
        texts = {name: self[f"text_{name}"].data for name in settings.TEXTS}
        return {name: self[name].data for name in names} | {"texts": texts}


class LookForm(Look, _OfKind):
    """A template's looks, when they are changed."""


class RulesForm(Rules, _OfKind):
    """A template's rules, when they are changed."""


class DesignerForm(Look, Rules, _OfKind):
    """A new template: its looks, its rules, and the fields that it asks for."""

    asked = FieldList(FormField(FieldRow), min_entries=1, max_entries=MOST_ROWS)

    def given(self) -> dict[str, Any]:
        """What was typed of looks and rules, but the logo."""
        return self.look() | self.rules()

    def rows(self, name: str) -> list[dict]:
        """What was typed in the rows of fields or tiers that have something in them."""
        return [row.form.given() for row in self.given_rows(name)]

    def given_rows(self, name: str) -> list:
        """Those rows."""
        return [row for row in self[name] if row.form.is_given()] if name in self else []


class RewardDesignerForm(DesignerForm):
    """With reward tiers."""

    tiers = FieldList(FormField(RewardTierRow), min_entries=2, max_entries=MOST_ROWS)


class MembershipDesignerForm(DesignerForm):
    """With membership tiers."""

    tiers = FieldList(FormField(MembershipTierRow), min_entries=2, max_entries=MOST_ROWS)


class DiscountDesignerForm(DesignerForm):
    """With levels."""

    tiers = FieldList(FormField(LevelRow), min_entries=3, max_entries=MOST_ROWS)


_DESIGNERS = {
    kinds.REWARD: RewardDesignerForm, kinds.MEMBERSHIP: MembershipDesignerForm, kinds.DISCOUNT: DiscountDesignerForm,
}  # fmt: skip


def designer(kind: Kind, catalogs: Iterable[tuple[str, str]], currency: str) -> DesignerForm:
    """The form of a new template of the type."""
    fresh = {
        "currency": currency, "mechanics": next(iter(kind.mechanics)),
        "asked": [{"name": fields.STANDARD["FName"], "kind": "FName", "is_required": True}, {"name": fields.STANDARD["phone"], "kind": "phone"}],
    }  # fmt: skip
    made = _DESIGNERS.get(kind.number, DesignerForm)(data=fresh)
    made.of_kind(kind, catalogs)
    return made


def shown_look(template: CardTemplate, logo: str | None) -> dict[str, Any]:
    """A template's looks as their form shows them."""
    shown = {name: getattr(template, name) for name in ("name", *settings.COLOURS, "stamp_icon")}
    return shown | {"logo": logo} | {f"text_{name}": template.texts.get(name, "") for name in settings.TEXTS}


def shown_rules(template: CardTemplate, kind: Kind, catalogs: list[str]) -> dict[str, Any]:
    """A template's rules as their form shows them."""
    shown: dict[str, Any] = {
        name: getattr(template, name) for name in (*_PLAIN, "earns_on_points", "mechanics", "currency")
    }
    shown |= {name: percent(getattr(template, name)) for name in _PERCENTS}
    for name in (*_SUMS, *_GIVES):
        kept = getattr(template, name)
        if kept is None:
            shown[name] = None
        elif name in _SUMS or kind.credited_in == kinds.SUM:
            shown[name] = money.to_decimal(kept, template.currency)
        else:
            shown[name] = percent(kept) if kind.credited_in == kinds.HUNDREDTHS else kept
    return shown | {"catalogs": catalogs}
