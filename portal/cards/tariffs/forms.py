"""The shape of a tariff as people type it; the rules are the domain's."""

from wtforms import BooleanField, IntegerField, RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Optional

from portal.domain.cards.companies import countries, tariffs
from portal.domain.cards.companies.tariffs import KINDS, PRICES
from portal.domain.cards.companies.words import LIMITS, OPTIONS
from portal.domain.currency_names import CURRENCY_NAMES
from portal.domain.sentences import say
from portal.domain.values import Check
from portal.web.forms import ToldAtOnce
from portal.web.inputs import SumField, choices

REQUIRED = InputRequired(say("This field is required."))


class TariffForm(ToldAtOnce):
    """What a company may use, and what it costs."""

    @property
    def checks(self) -> dict[str, Check]:  # type: ignore[override]
        """The domain's, for the currency that is chosen."""
        return tariffs.checks(self.currency.data)

    name = StringField(say("Name"), [REQUIRED])
    kind = RadioField(say("Kind"), choices=choices(KINDS.items()), default="paid")
    country = SelectField(
        say("Sold in"), choices=choices([("", say("Everywhere")), *countries.NAMES.items()]), default=""
    )
    currency = SelectField(
        say("Currency"),
        [REQUIRED],
        choices=choices([(code, f"{name} ({code})") for code, name in CURRENCY_NAMES.items()]),
    )
    month_price = SumField(PRICES["month_price"], [Optional()])
    quarter_price = SumField(PRICES["quarter_price"], [Optional()])
    year_price = SumField(PRICES["year_price"], [Optional()])
    templates = IntegerField(LIMITS["templates"], [REQUIRED])
    managers = IntegerField(LIMITS["managers"], [REQUIRED])
    locations = IntegerField(LIMITS["locations"], [REQUIRED])
    integrations = IntegerField(LIMITS["integrations"], [REQUIRED])
    push = BooleanField(OPTIONS["push"][0], default=True)
    auto_push = BooleanField(OPTIONS["auto_push"][0], default=True)
    custom_auto_push = BooleanField(OPTIONS["custom_auto_push"][0], default=True)
    custom_fields = BooleanField(OPTIONS["custom_fields"][0], default=True)
    duplicates_check = BooleanField(OPTIONS["duplicates_check"][0], default=True)
    may_integrate = BooleanField(OPTIONS["may_integrate"][0], default=True)
    referral_program = BooleanField(OPTIONS["referral_program"][0], default=True)
    reports = BooleanField(OPTIONS["reports"][0], default=True)
    white_label = BooleanField(OPTIONS["white_label"][0], default=True)
