"""Forms of pages: the page that shows one, and what the domain refused beside the fields it came in."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from flask import Response, make_response, render_template
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import PasswordField
from wtforms.meta import DefaultMeta

from portal.domain import values
from portal.domain.accounts.sign_ins.guesses import TooMany
from portal.domain.errors import DomainError, Invalid
from portal.domain.sentences import Sentence, say
from portal.domain.values import Check
from portal.web.answers import page_or_part

# What is said of values that are not of a field's kind, by what the forms' library would say.
_OF_FIELDS: dict[str, Sentence] = {
    "Not a valid choice.": say("Choose one from the list."),
    "Not a valid integer value.": say("Write a whole number, such as 3."),
    "Not a valid decimal value.": say("Write a number, such as 12.50."),
    "Not a valid date value.": say("Write a day as year-month-day, one that the calendar has, such as 2026-09-24."),
    "Not a valid datetime value.": say("Write a day and a time, such as 2026-01-31T12:00."),
    "This field is required.": say("This field is required."),
}


class _FieldSentences:
    """Stands where the forms' library looks for its translations."""

    def gettext(self, text: str) -> str:
        return _OF_FIELDS.get(text, text)

    def ngettext(self, one: str, several: str, number: int) -> str:
        return one if number == 1 else several


_field_sentences = _FieldSentences()
for _meta in (FlaskForm.Meta, DefaultMeta):  # The latter is that of forms inside of forms.
    _meta.get_translations = lambda meta, form: _field_sentences


_as_sent = FlaskForm.Meta.wrap_formdata


def _without_blanks(meta, form, formdata):
    """What was sent; of a field with nothing but spaces nothing was typed. The forms' library holds it for something where it asks
    whether a required field was given, and lets it pass for a choice. A password may be of spaces."""
    given = _as_sent(meta, form, formdata)
    pairs = [] if given is None else list(given.items(multi=True))
    if not any(_is_blank(value) for _, value in pairs):
        return given
    secret = {field.name for field in form if isinstance(field, PasswordField)}
    return MultiDict([(name, "" if _is_blank(value) and name not in secret else value) for name, value in pairs])


def _is_blank(value) -> bool:
    return isinstance(value, str) and value.isspace()


FlaskForm.Meta.wrap_formdata = _without_blanks


def form_page(template: str, form, *, fragment: str | None = None, **context) -> Response:
    """The page with its form, or the fragment of it that htmx asks for; 422 when something must be corrected, 429 after too
    many tries."""
    shown = page_or_part(template, fragment or template)
    response = make_response(render_template(shown, form=form, **context), status(form))
    if response.status_code == 429:
        response.headers["Retry-After"] = str(form.wait_seconds)
    return response


def status(*forms) -> int:
    """What a page with these forms answers: 422 when something in one of them must be corrected, 429 after too many tries."""
    if any(hasattr(form, "wait_seconds") for form in forms):
        return 429
    return 422 if any(form.errors for form in forms) else 200


def take_errors(form, error: DomainError) -> None:
    """Put what the domain refused beside the fields it came in, or on top of the form."""
    if isinstance(error, TooMany):
        form.wait_seconds = error.seconds
    for field, sentence in (
        error.errors if isinstance(error, Invalid) else [(getattr(error, "field", None), error.sentence)]
    ):
        name = (field or "").split(".")[0]
        if name in form and form[name].type != "CSRFTokenField":
            form[name].errors = [*form[name].errors, sentence]
        else:
            form.form_errors.append(sentence)


class ToldAtOnce(FlaskForm):
    """A form whose fields have `checks` of the domain. Where something is missing or is not of its field's kind, the domain is not
    asked: what breaks a rule of its own is told together with that, and not once it is mended."""

    checks: Mapping[str, Check] = {}
    take = staticmethod(take_errors)

    def validate(self, extra_validators=None) -> bool:
        """Whether all fields are as their kinds want them; the domain judges the rest."""
        is_of_its_kind = super().validate(extra_validators)
        if not is_of_its_kind:
            with tried(self, Invalid):
                values.checked(self.typed(), dict(self.checks))
        return is_of_its_kind

    def typed(self) -> dict[str, Any]:
        """What was typed in the fields that have checks, where it is of its field's kind."""
        return {name: self[name].data for name in self.checks if self.is_typed(name)}

    def is_typed(self, *names: str) -> bool:
        """Whether something is typed in all of these fields, and is of their kinds."""
        return all(name in self and not self[name].errors and self[name].data not in (None, "", []) for name in names)


@contextmanager
def tried(form, *refusals: type[DomainError], take: Callable | None = None) -> Iterator[None]:
    """Run a verb of the domain: what it refuses goes beside its fields, and the lines after the block show the form.

    Whatever follows a verb that worked, the answer above all, stands in the block. Only the `refusals` are taken, when
    some are named; others go on to the error page. `take` puts them beside their fields; without it the form does, where it
    knows how.
    """
    taken = refusals or (DomainError,)
    try:
        yield
    except taken as error:
        of_form: Callable = getattr(form, "take", take_errors)
        (take or of_form)(form, error)
