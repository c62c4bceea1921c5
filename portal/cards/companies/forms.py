"""The shape of what is typed about companies; the rules are the domain's."""

from wtforms import DateField, EmailField, PasswordField, SelectField, StringField, TelField, TextAreaField, URLField
from wtforms.validators import InputRequired, Optional

from portal.domain.cards.companies import changes, companies, countries, periods
from portal.domain.cards.companies.tariffs import sold_for
from portal.domain.sentences import say
from portal.languages import NAMES
from portal.web.forms import ToldAtOnce
from portal.web.inputs import choices

REQUIRED = InputRequired(say("This field is required."))
_NONE = ("", say("Choose one"))


class TariffForm(ToldAtOnce):
    """A tariff and for how long."""

    tariffId = SelectField(say("Tariff"), [REQUIRED])
    tariffPeriod = SelectField(say("For"), [REQUIRED], choices=choices(periods.PERIODS.items()))

    def __init__(self, tariffs, *args, **more):
        super().__init__(*args, **more)
        self.tariffId.choices = choices((str(row.id), row.name) for row in tariffs)
        sold = {str(row.id): sold_for(row) for row in tariffs}
        if not self.tariffId.raw_data and self.tariffId.data not in sold:
            self.tariffId.data = next(iter(sold), None)
        chosen = sold.get(self.tariffId.data or "", list(periods.PERIODS))
        if not self.tariffPeriod.raw_data and self.tariffPeriod.data not in chosen:
            self.tariffPeriod.data = chosen[-1]
        self._sold = chosen

    def narrow(self) -> None:
        """Offer what the chosen tariff is sold for alone: where a script follows the choice."""
        self.tariffPeriod.choices = choices((period, periods.PERIODS[period]) for period in self._sold)
        if self.tariffPeriod.data not in self._sold:
            self.tariffPeriod.data = self._sold[-1]


class CompanyForm(TariffForm):
    """A new company with its owner."""

    checks = companies.CHECKS

    name = StringField(say("Name"), [REQUIRED])
    phone = TelField(say("Phone"), [REQUIRED])
    country = SelectField(say("Country"), [REQUIRED], choices=choices([_NONE, *countries.NAMES.items()]))
    userName = StringField(say("First name"), [REQUIRED])
    userSurname = StringField(say("Family name"), [REQUIRED])
    email = EmailField(say("Mail address"), [REQUIRED])
    password = PasswordField(say("Password"), [REQUIRED])
    language = SelectField(
        say("Language"), choices=choices([("", say("What the browser asks for")), *NAMES.items()]), default=""
    )


class DetailsForm(ToldAtOnce):
    """What is known of a company, and until when its tariff lasts."""

    checks = changes.FIELDS

    name = StringField(say("Name"), [REQUIRED])
    last_day = DateField(say("Tariff until"), [Optional()])
    note = TextAreaField(say("Note"))
    street = StringField(say("Street and number"))
    postal_code = StringField(say("Postal code"))
    city = StringField(say("Town"))
    state = StringField(say("State or region"))
    state_code = StringField(say("Its code"))
    country = SelectField(say("Country"), [REQUIRED], choices=choices([_NONE, *countries.NAMES.items()]))
    website = URLField(say("Website"))
