"""When pushes keep quiet, how many a card gets by itself, and whether phones can be reached at all."""

from datetime import time

from flask import current_app, g, url_for
from flask_wtf import FlaskForm
from wtforms import BooleanField, IntegerField, TimeField
from wtforms.validators import InputRequired, Optional

from portal.domain.cards.pushes import quiet, settings
from portal.domain.cards.pushes.browsers import keys
from portal.domain.sentences import say
from portal.web import answers
from portal.web.forms import form_page, tried

_USUAL_FROM, _USUAL_TO = 21 * 60, 8 * 60


class SettingsForm(FlaskForm):
    """Quiet hours as times of day, and a number."""

    is_quiet = BooleanField(say("Quiet hours"))
    quiet_from = TimeField(say("From"), [Optional()])
    quiet_to = TimeField(say("To"), [Optional()])
    weekly_most = IntegerField(
        say("Most that a card gets by itself in seven days"), [InputRequired(say("This field is required."))]
    )

    def hours(self) -> tuple[int, int]:
        """Minutes of the day; the same twice where there are no quiet hours."""
        if not self.is_quiet.data:
            return 0, 0
        return _minutes(self.quiet_from.data, _USUAL_FROM), _minutes(self.quiet_to.data, _USUAL_TO)


def edit():
    """Show and change them."""
    kept = quiet.settings(g.partner.id)
    is_quiet = kept.quiet_from != kept.quiet_to
    begin, end = (kept.quiet_from, kept.quiet_to) if is_quiet else (_USUAL_FROM, _USUAL_TO)
    shown = {"quiet_from": _time(begin), "quiet_to": _time(end), "weekly_most": kept.weekly_most, "is_quiet": is_quiet}
    form = SettingsForm(data=shown)
    if form.validate_on_submit():
        with tried(form):
            settings.change(g.partner.id, *form.hours(), form.weekly_most.data or 0)
            return answers.done(url_for("pushes.settings.edit"), say("The settings of pushes are saved."))
    contact = current_app.config["SETTINGS"].push_contact
    has_contact = contact.startswith(("mailto:", "https://"))
    return form_page(
        "cards/pushes/settings.html", form, contact=contact, has_contact=has_contact, key=keys.public(), is_test=g.partner.is_test
    )  # fmt: skip


def _time(minutes: int) -> time:
    return time(minutes // 60, minutes % 60)


def _minutes(of: time | None, otherwise: int) -> int:
    return otherwise if of is None else of.hour * 60 + of.minute
