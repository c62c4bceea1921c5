"""The shape of a catalog as people type it; the rules are the domain's."""

from wtforms import (
    BooleanField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    URLField,
)
from wtforms.validators import InputRequired, Optional

from portal.domain.offers import catalog_fields
from portal.domain.offers.names import COUNTRY_NAMES, LANGUAGE_NAMES
from portal.domain.offers.tables import Catalog
from portal.domain.offers.words import DEVICES, REWARD_TYPES
from portal.domain.sentences import say
from portal.web.chosen import Searched
from portal.web.forms import ToldAtOnce
from portal.web.inputs import LinesField, NumberField, choices, days_and_hours, duration, percent

_MODERATION = [
    ("FREE_ENTRY", say("Everybody at once: promoters join by themselves")),
    ("AUTO_MODERATION", say("Confirmed partners at once; others once the operator has confirmed them")),
    ("MANUAL_MODERATION", say("Nobody until you decide: every application waits for you")),
]
_REWARDS = {
    "RevShare": say("RevShare – Revenue share"), "CPA": say("CPA – Per action"), "CPS": say("CPS – Per sale"),
    "CPL": say("CPL – Per lead"), "COD": say("COD – On delivery"), "CPV": say("CPV – Per view"), "CPO": say("CPO – Per order"),
    "CPC": say("CPC – Per click"),
}  # fmt: skip
_DEVICES = {"Desktop": say("Desktop only"), "Mobile": say("Mobile only")}
_PLAIN = (
    "title", "catalog_code", "description", "icon", "preview_image", "company_logo", "category", "reward_type",
    "reward_percent", "moderation_type", "is_promocode_allowed", "min_promo_code_percent", "max_promo_code_percent",
    "localizations", "devices", "cookies_storage_days", "rules", "text_rule", "promo_materials",
)  # fmt: skip
_PERCENTS = ("reward_percent", "min_promo_code_percent", "max_promo_code_percent")
_DURATIONS = ("hold_duration", "canceled_duration")


class CatalogForm(ToldAtOnce):
    """A catalog: every field that the API can set."""

    checks = {name: catalog_fields.FIELDS[name] for name in (*_PLAIN, *_DURATIONS)}

    title = StringField(say("Title"), [InputRequired(say("This field is required."))])
    catalog_code = StringField(say("Catalog code"))
    description = TextAreaField(say("Description"))
    category = SelectField(say("Category"), default="")
    icon = URLField(say("Icon"))
    preview_image = URLField(say("Preview image"))
    company_logo = URLField(say("Company logo"))
    moderation_type = RadioField(say("Who may promote it"), choices=choices(_MODERATION), default="FREE_ENTRY")
    reward_type = SelectField(say("Reward type"), choices=choices((word, _REWARDS[word]) for word in REWARD_TYPES))
    reward_percent = NumberField(say("Reward"), [Optional()])
    hold_duration = IntegerField(say("Days held"), [Optional()], default=30)
    hold_duration_hours = IntegerField(say("and hours"), [Optional()], default=0)
    canceled_duration = IntegerField(say("Days until canceled"), [Optional()], default=14)
    canceled_duration_hours = IntegerField(say("and hours"), [Optional()], default=0)
    cookies_storage_days = IntegerField(say("A click counts for"), [Optional()], default=30)
    is_promocode_allowed = BooleanField(say("Promoters may have promo codes"))
    min_promo_code_percent = NumberField(say("Smallest discount"), [Optional()])
    max_promo_code_percent = NumberField(say("Largest discount"), [Optional()])
    offer_geo = SelectMultipleField(
        say("Countries"), [Searched(COUNTRY_NAMES.items)], choices=choices(COUNTRY_NAMES.items()), default=["WW"]
    )
    localizations = SelectMultipleField(
        say("Languages"), [Searched(LANGUAGE_NAMES.items)], choices=choices(LANGUAGE_NAMES.items())
    )
    devices = RadioField(
        say("Devices"),
        choices=choices([("All", say("All devices")), *((word, _DEVICES[word]) for word in DEVICES[1:])]),
        default="All",
    )
    rules = LinesField(say("Rules"))
    text_rule = LinesField(say("Rules for texts"))
    promo_materials = LinesField(say("Promo materials"))
    is_published = BooleanField(say("Publish it at once"), default=True)

    def __init__(self, categories: list[str], catalog: Catalog | None = None):
        super().__init__(data=_shown(catalog) if catalog else None)
        self.category.choices = choices([("", say("No category")), *((name, name) for name in categories)])
        self.catalog = catalog

    def typed(self) -> dict:
        """A duration stands in two fields; a catalog that is there has a code."""
        whole = {name: self._duration(name) for name in _DURATIONS if self.is_typed(name, f"{name}_hours")}
        code = {"catalog_code": self.catalog_code.data} if self.catalog else {}
        return {name: value for name, value in super().typed().items() if name not in _DURATIONS} | whole | code

    def _duration(self, name: str) -> int | None:
        present = getattr(self.catalog, name) if self.catalog else None
        return duration(self[name].data, self[f"{name}_hours"].data, present)

    def given(self) -> dict:
        """What was typed, as the domain takes it."""
        given = {name: self[name].data for name in _PLAIN}
        given["category"] = self.category.data or None
        given["offer_geo"] = self.offer_geo.data or None
        given |= {name: self._duration(name) for name in _DURATIONS}
        if self.catalog is None:
            given["is_published"] = self.is_published.data
        return given


def _shown(catalog: Catalog) -> dict:
    shown = {name: getattr(catalog, name) for name in _PLAIN} | {"offer_geo": catalog.offer_geo}
    shown["category"] = catalog.category.name if catalog.category else ""
    for name in _PERCENTS:
        shown[name] = percent(shown[name])
    for name in _DURATIONS:
        shown[name], shown[f"{name}_hours"] = days_and_hours(getattr(catalog, name))
    return shown
