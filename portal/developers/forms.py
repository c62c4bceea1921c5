"""The shape of what people type about tokens; the rules are the domain's."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask_wtf import FlaskForm
from markupsafe import Markup
from wtforms import DateField, IntegerField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from portal.domain.accounts.tokens.permits import PERMITS, REACHES
from portal.domain.accounts.tokens.tokens import FIELDS
from portal.domain.sentences import joined, say
from portal.web.forms import ToldAtOnce

_REQUIRED = InputRequired(say("This field is required."))
_NAME = Markup('<br><span class="soft small mono">{}</span>')
_LAST_MOMENT = time(23, 59, 59)
MODES = {"live": say("Live: your real data"), "test": say("Test mode: data and a clock of its own")}
OVERLAPS = {"0": say("Stop at once"), "1": say("1 hour"), "24": say("24 hours"), "168": say("7 days")}


def _choices(words: Mapping[str, str]) -> list[SelectChoice]:
    return [SelectChoice(word, sentence) for word, sentence in words.items()]


class TokenForm(ToldAtOnce):
    """What may be changed of a token."""

    checks = {name: FIELDS[name] for name in ("name", "rate_limit")}

    name = StringField(say("Name"), [_REQUIRED])
    permits = SelectMultipleField(
        say("What may it do?"),
        choices=[SelectChoice(name, joined([sentence, _NAME.format(name)], "")) for name, sentence in PERMITS.items()],
    )
    rate_limit = IntegerField(say("Requests a minute"), [Optional()])
    expires_at = DateField(say("Last day"), [Optional()])

    def end(self, zone: str, present: datetime | None = None) -> datetime | None:
        """The last second of the last day, or the present end when its day was left as it is."""
        day = self.expires_at.data
        if day is None or (present and day == present.astimezone(ZoneInfo(zone)).date()):
            return present if day else None
        return datetime.combine(day, _LAST_MOMENT, ZoneInfo(zone))


class NewTokenForm(TokenForm):
    """A token to be made."""

    reach = RadioField(say("Whose data does it open?"), choices=_choices(REACHES))
    mode = RadioField(say("Mode"), choices=_choices(MODES))


class RotateForm(FlaskForm):
    """How long the old token goes on working."""

    overlap = SelectField(say("The old token goes on working for"), choices=_choices(OVERLAPS))

    def length(self) -> timedelta:
        """The overlap."""
        return timedelta(hours=int(self.overlap.data))
