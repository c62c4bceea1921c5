"""The shape of events and of what is sold of them as people type it; the rules are the domain's."""

from datetime import datetime
from zoneinfo import ZoneInfo

from flask_wtf import FlaskForm
from wtforms import BooleanField, DateTimeLocalField, IntegerField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, ValidationError

from portal.domain import money
from portal.domain.coupons.assignments import moments
from portal.domain.coupons.ticketed_events import events
from portal.domain.errors import Invalid
from portal.domain.sentences import say
from portal.domain.values import Wrong
from portal.web import pickers
from portal.web.addresses import row_id
from portal.web.chosen import Searched
from portal.web.forms import ToldAtOnce
from portal.web.inputs import SumField, choices

REQUIRED = InputRequired(say("This field is required."))


class EventForm(ToldAtOnce):
    """An event, and when it begins where it happens."""

    checks = {"name": events.EVENT_CHECKS["name"], "time_zone": moments.zone}

    name = StringField(say("Name"), [REQUIRED])
    starts_at = DateTimeLocalField(say("Begins"), [REQUIRED], format="%Y-%m-%dT%H:%M")
    time_zone = StringField(say("Time zone"), [REQUIRED, Searched(pickers.time_zones)])
    currency = StringField(say("Currency"), [REQUIRED, Searched(pickers.currencies)])

    def given(self) -> dict:
        """What was typed, as the domain takes it. Raises Invalid for a time zone or a year that there is not."""
        try:
            zone = ZoneInfo(moments.zone(self.time_zone.data or ""))
        except Wrong as wrong:
            raise Invalid("time_zone", wrong.sentence) from None
        return {
            "name": self.name.data,
            "starts_at": self._moment(zone),
            "timezone": zone.key,
            "currency": self.currency.data,
        }

    def _moment(self, zone: ZoneInfo) -> datetime:
        local = self.starts_at.data
        if local is None or not 1970 < local.year <= 9000:
            raise Invalid("starts_at", say("Choose a year from 1971 to 9000."))
        return moments.earlier(local, zone)


class _Priced(ToldAtOnce):
    """Something with a price in the event's currency."""

    checks = {name: events.LEVEL_CHECKS[name] for name in ("name", "capacity")}

    name = StringField(say("Name"), [REQUIRED])
    price = SumField(say("Price"), [REQUIRED], currency=lambda form: form.in_currency)

    def __init__(self, currency: str, **shown):
        self.in_currency = currency
        super().__init__(**shown)

    def validate_price(self, field) -> None:
        """Raises ValidationError for a price that is none, or that the currency does not have."""
        if field.data is None:
            return  # That it is no number is told already.
        if field.data < 0:
            raise ValidationError(say("A price is 0 or more."))
        try:
            self.minor()
        except Invalid as error:
            raise ValidationError(error.sentence) from None

    def minor(self) -> int:
        """The price in minor units."""
        return money.to_minor(self.price.data, self.in_currency)


class LevelForm(_Priced):
    """A price level."""

    capacity = IntegerField(say("Tickets there are"), [REQUIRED])
    is_locked = BooleanField(
        say("Locked"),
        description=say("Sold only to whoever has a coupon that opens it. The shop hides it from others."),
    )


class _OfLevels(FlaskForm):
    price_level_ids = SelectMultipleField(say("Price levels"), coerce=row_id, validate_choice=False)

    def offer(self, levels) -> None:
        """The event's price levels to choose from."""
        self.price_level_ids.choices = choices((level.id, level.name) for level in levels)


class BundleForm(_Priced, _OfLevels):
    """One ticket of each price level, for a price of its own."""


class ListingForm(_OfLevels):
    """A place where price levels are sold."""

    is_open = BooleanField(
        say("Open its demo shop to everybody"), description=say("Off: your team alone sees it. It can be opened later.")
    )
