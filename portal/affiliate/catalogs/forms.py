"""The shape of a catalog as people type it; the rules are the domain's."""

from flask_wtf import FlaskForm
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

from portal.domain.offers.names import COUNTRY_NAMES, LANGUAGE_NAMES
from portal.domain.offers.tables import Catalog
from portal.domain.offers.words import DEVICES, REWARD_TYPES
from portal.web.inputs import LinesField, NumberField, choices, days_and_hours, duration, percent

_MODERATION = [
    ("FREE_ENTRY", "Everybody at once: promoters join by themselves"),
    ("AUTO_MODERATION", "Confirmed partners at once; others once the operator has confirmed them"),
    ("MANUAL_MODERATION", "Nobody until you decide: every application waits for you"),
]
_REWARDS = {
    "RevShare": "Revenue share", "CPA": "Per action", "CPS": "Per sale", "CPL": "Per lead", "COD": "On delivery",
    "CPV": "Per view", "CPO": "Per order", "CPC": "Per click",
}  # fmt: skip
_PLAIN = (
    "title", "catalog_code", "description", "icon", "preview_image", "company_logo", "category", "reward_type",
    "reward_percent", "moderation_type", "is_promocode_allowed", "min_promo_code_percent", "max_promo_code_percent",
    "localizations", "devices", "cookies_storage_days", "rules", "text_rule", "promo_materials",
)  # fmt: skip
_PERCENTS = ("reward_percent", "min_promo_code_percent", "max_promo_code_percent")
_DURATIONS = ("hold_duration", "canceled_duration")


class CatalogForm(FlaskForm):
    """A catalog: every field that the API can set."""

    title = StringField("Title", [InputRequired("This field is required.")])
    catalog_code = StringField("Catalog code")
    description = TextAreaField("Description")
    category = SelectField("Category", default="")
    icon = URLField("Icon")
    preview_image = URLField("Preview image")
    company_logo = URLField("Company logo")
    moderation_type = RadioField("Who may promote it", choices=choices(_MODERATION), default="FREE_ENTRY")
    reward_type = SelectField(
        "Reward type", choices=choices((word, f"{word} – {_REWARDS[word]}") for word in REWARD_TYPES)
    )
    reward_percent = NumberField("Reward", [Optional()])
    hold_duration = IntegerField("Days held", [Optional()], default=30)
    hold_duration_hours = IntegerField("and hours", [Optional()], default=0)
    canceled_duration = IntegerField("Days until canceled", [Optional()], default=14)
    canceled_duration_hours = IntegerField("and hours", [Optional()], default=0)
    cookies_storage_days = IntegerField("A click counts for", [Optional()], default=30)
    is_promocode_allowed = BooleanField("Promoters may have promo codes")
    min_promo_code_percent = NumberField("Smallest discount", [Optional()])
    max_promo_code_percent = NumberField("Largest discount", [Optional()])
    offer_geo = SelectMultipleField("Countries", choices=choices(COUNTRY_NAMES.items()), default=["WW"])
    localizations = SelectMultipleField("Languages", choices=choices(LANGUAGE_NAMES.items()))
    devices = RadioField(
        "Devices", choices=choices([("All", "All devices"), *((word, word) for word in DEVICES[1:])]), default="All"
    )
    rules = LinesField("Rules")
    text_rule = LinesField("Rules for texts")
    promo_materials = LinesField("Promo materials")
    is_published = BooleanField("Publish it at once", default=True)

    def __init__(self, categories: list[str], catalog: Catalog | None = None):
        super().__init__(data=_shown(catalog) if catalog else None)
        self.category.choices = choices([("", "No category"), *((name, name) for name in categories)])
        self.catalog = catalog

    def given(self) -> dict:
        """What was typed, as the domain takes it."""
        given = {name: self[name].data for name in _PLAIN}
        given["category"] = self.category.data or None
        given["offer_geo"] = self.offer_geo.data or None
        for name in _DURATIONS:
            present = getattr(self.catalog, name) if self.catalog else None
            given[name] = duration(self[name].data, self[f"{name}_hours"].data, present)
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
