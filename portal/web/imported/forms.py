"""The shape of what people say about files; a kind of imports adds its own fields."""

from collections.abc import Mapping
from itertools import zip_longest
from typing import Any, TypeVar

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import FieldList, SelectField

from portal.domain.sentences import say
from portal.domain.typed import numbers
from portal.web.inputs import choices

_SIGNS = [
    ("", say("As its rows show")),
    (numbers.POINT, say("{example} – a point before the decimals", example=numbers.EXAMPLES[numbers.POINT])),
    (numbers.COMMA, say("{example} – a comma before the decimals", example=numbers.EXAMPLES[numbers.COMMA])),
]
_FILE_HINT = say(
    "CSV, at most 5 MiB and 50,000 lines. Commas, semicolons or tabs separate the cells; the letters are best UTF-8."
)


F = TypeVar("F", bound="ColumnsForm")


class UploadForm(FlaskForm):
    """One file."""

    file = FileField(say("CSV file"), [FileRequired(say("Choose a file first."))], description=_FILE_HINT)

    def chosen(self, partner_id: int) -> dict[str, Any]:
        """What else was chosen, as the verb takes it. Raises Invalid."""
        return {}


class ColumnsForm(FlaskForm):
    """What each column of the file is."""

    columns = FieldList(SelectField(validate_choice=False), say("Columns"))

    def fields(self) -> list[str | None]:
        """The field of each column; None for one that is not imported."""
        return [entry.data or None for entry in self.columns]

    def chosen(self, partner_id: int) -> dict[str, Any]:
        """What else was chosen, as the verb takes it. Raises Invalid."""
        return {}


def sign_field(label: str, hint: str) -> SelectField:
    """How numbers of the file are written."""
    return SelectField(label, choices=choices(_SIGNS), validate_choice=False, description=hint)


def filled(form_class: type[F], found: Any, plain: Mapping[str, str], wire: Mapping[str, str], **chosen: Any) -> F:
    """The form of a kind for this file, as its columns and what else was `chosen` are taken now."""
    fields = {column: field for field, column in found.mapping.items()}
    form = form_class(data={"columns": [fields.get(number, "") for number in range(len(found.head))]} | chosen)
    named = [(field, say("{said} ({field})", said=plain[field], field=wire[field])) for field in plain]
    for entry, name in zip_longest(form.columns, found.head[: len(form.columns)]):
        entry.choices = choices([("", say("Not imported")), *named])
        entry.label.text = name or say("(a column without a name)")
    return form
