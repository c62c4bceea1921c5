"""The shape of what people say of an assignment; the rules are the domain's."""

from datetime import date, time

from flask import g
from wtforms import (
    DateField,
    FieldList,
    Form,
    FormField,
    IntegerField,
    RadioField,
    SelectMultipleField,
    StringField,
    TimeField,
)
from wtforms.validators import InputRequired, Optional, ValidationError

from portal.domain.coupons.assignments.assigning import CHECKS, MOST_COUPONS, Terms
from portal.domain.coupons.coupons.tables import Coupon
from portal.domain.sentences import say
from portal.domain.typed.texts import mended
from portal.web import pickers
from portal.web.addresses import row_id
from portal.web.chosen import Searched
from portal.web.forms import ToldAtOnce
from portal.web.inputs import LinesField, choices

EVERYWHERE, CHOSEN = "everywhere", "chosen"
EACH, TOGETHER = "each", "together"
WEEKDAYS = (
    (2, say("Monday")), (3, say("Tuesday")), (4, say("Wednesday")), (5, say("Thursday")), (6, say("Friday")),
    (7, say("Saturday")), (1, say("Sunday")),
)  # fmt: skip
_REQUIRED = InputRequired(say("This field is required."))
_TIMES, _WHOLE_DAY = ("start_time", "end_time"), ("00:00", "23:59")
MOST_WINDOWS = 30  # that a form has room for


class WindowForm(Form):
    """Days on which nothing counts, whole or between two times."""

    start = DateField(say("From"), [Optional()])
    end = DateField(say("To"), [Optional()])
    days = SelectMultipleField(say("On"), coerce=int, choices=choices(WEEKDAYS))
    begins = TimeField(say("Between"), [Optional()])
    ends = TimeField(say("and"), [Optional()])

    def kept(self, first: str, last: str) -> dict | None:
        """The window as a blackout has it; days that were not typed are those of the assignment. None where nothing was typed."""
        if not any(field.data for field in self):
            return None
        has_hours = self.days.data or self.begins.data or self.ends.data
        on = (self.days.data or [day for day, _ in WEEKDAYS]) if has_hours else []
        return _kept(
            str(self.start.data or first[:10]), str(self.end.data or last[:10]), on, self.begins.data, self.ends.data
        )


class TermsForm(ToldAtOnce):
    """For what, when and how often."""

    checks = {"limit": CHECKS["limit"], "ticket_limit": CHECKS["ticket_limit"], "time_zone": CHECKS["timezone"]}

    shares = RadioField(
        say("Uses are counted"),
        choices=choices([(EACH, say("For each code by itself")), (TOGETHER, say("For all codes together"))]),
        default=EACH,
    )
    limit = IntegerField(say("Uses"), [_REQUIRED], default=1)
    ticket_limit = IntegerField(say("Tickets for one use"), [Optional()], description=say("Empty: any number."))
    start = DateField(say("From"), [_REQUIRED])
    start_time = TimeField(say("From this time on"), [Optional()])
    end = DateField(say("To"), [_REQUIRED])
    end_time = TimeField(say("Until this time"), [Optional()])
    time_zone = StringField(say("Time zone"), [_REQUIRED, Searched(pickers.time_zones)])
    scope = RadioField(
        say("What they are for"),
        choices=choices([(CHOSEN, say("Events that I choose")), (EVERYWHERE, say("Every event, past and to come"))]),
        default=CHOSEN,
    )
    events = SelectMultipleField(say("Events"), coerce=row_id, validate_choice=False)
    levels = SelectMultipleField(say("Price levels"), coerce=row_id, validate_choice=False)
    bundles = SelectMultipleField(say("Bundles"), coerce=row_id, validate_choice=False)
    windows = FieldList(FormField(WindowForm), say("Blackout days"), min_entries=1, max_entries=MOST_WINDOWS)

    @property
    def has_times(self) -> bool:
        """Whether something was said of the times of day."""
        return any(one.data for one in (self.start_time, self.end_time)) or bool(self.time_zone.errors)

    @property
    def has_windows(self) -> bool:
        """Whether something was said of days when nothing counts."""
        said = any(field.data for window in self.windows for field in window.form)
        return said or bool(self.windows.errors) or len(self.windows) > 1

    def terms(self, before: dict | None = None) -> Terms:
        """What was said. Times that a form does not show whole stay as they were `before`, where nobody touched them."""
        shown = before or {}
        start = _written(self.start.data, self.start_time.data, shown.get("start"))
        end = _written(self.end.data, self.end_time.data, shown.get("end"))
        return Terms(
            start, end, self.limit.data or 0, is_shared=self.shares.data == TOGETHER, timezone=self.time_zone.data or "",
            ticket_limit=self.ticket_limit.data, is_everywhere=self.scope.data == EVERYWHERE,
            taggable=shown.get("taggable", False), event_ids=self.events.data or (),
            price_level_ids=self.levels.data or (), bundle_ids=self.bundles.data or (),
            blackout=self._blackout(start, end, shown.get("blackout") or []),
        )  # fmt: skip

    def _blackout(self, start: str, end: str, before: list[dict]) -> list[dict]:
        """The windows, or what stood `before` where they are still its own."""
        said = [kept for window in self.windows if (kept := window.form.kept(start, end))]
        return before if said == [_kept(**window) for window in _windows(before)] else said


class NewForm(TermsForm):
    """The same, and of which coupons."""

    codes = LinesField(say("Codes"), [_REQUIRED], description=say("One a line, at most {most}.", most=MOST_COUPONS))

    def coupons(self) -> list[Coupon]:
        """The partner's coupons among the codes."""
        keys = {mended(code)[:64] for code in (self.codes.data or [])[:MOST_COUPONS]}
        its = (Coupon.partner == g.partner.id, Coupon.code.in_(list(keys)))
        return list(Coupon.select().where(*its).order_by(Coupon.id)) if keys else []

    def validate_codes(self, field) -> None:
        """Raises ValidationError for too many, and for a code that no coupon has."""
        if len(field.data) > MOST_COUPONS:
            raise ValidationError(say("Give at most {most} codes at once.", most=MOST_COUPONS))
        known = {coupon.code for coupon in self.coupons()}
        unknown = next((code for code in field.data if mended(code) not in known), None)
        if unknown is not None:
            raise ValidationError(say("There is no coupon with the code “{code}” here.", code=unknown[:64]))


def shown(terms: dict) -> dict:
    """The fields of a TermsForm for terms that stand."""
    return {
        "shares": TOGETHER if terms["is_shared"] else EACH, "limit": terms["limit"], "ticket_limit": terms["ticket_limit"],
        "start": date.fromisoformat(terms["start"][:10]), "start_time": _time(terms["start"]),
        "end": date.fromisoformat(terms["end"][:10]), "end_time": _time(terms["end"]), "time_zone": terms["timezone"],
        "scope": EVERYWHERE if terms["is_everywhere"] else CHOSEN, "events": terms["event_ids"],
        "levels": terms["price_level_ids"], "bundles": terms["bundle_ids"],
        "windows": _windows(terms["blackout"]),
    }  # fmt: skip


def _windows(blackout: list[dict] | None) -> list[dict]:
    """A blackout as windows: of each range one for its whole days, or one for each pair of times."""
    windows = []
    for each in blackout or ():
        days = {"start": date.fromisoformat(each["start"]), "end": date.fromisoformat(each["end"])}
        times: dict[tuple, list[int]] = {} if each["days"] else {(None, None): []}
        for hours in each["days"]:
            times.setdefault(tuple(time.fromisoformat(hours[name]) for name in _TIMES), []).append(hours["day"])
        windows += [days | {"days": on, "begins": begins, "ends": ends} for (begins, ends), on in times.items()]
    return windows


def _kept(start, end, days: list[int], begins: time | None, ends: time | None) -> dict:
    """A window as a blackout has it; without times on some days it is all of these days."""
    written = [f"{one:%H:%M}" if one else default for one, default in zip((begins, ends), _WHOLE_DAY, strict=True)]
    hours = dict(zip(_TIMES, written, strict=True))
    return {"start": str(start), "end": str(end), "days": [{"day": day, **hours} for day in sorted(days)]}


def _time(written: str) -> time | None:
    return time.fromisoformat(written[11:]) if written[11:] else None


def _written(day: date | None, moment: time | None, before: str | None) -> str:
    if day is None:
        return ""
    written = f"{day} {moment:%H:%M}" if moment else str(day)
    if before is not None and before[:16] == written:
        return before
    return f"{written}:00" if moment else written
