"""The shape of what people say about files of customers; the rules are the domain's."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import FieldList, SelectField

from portal.domain.cards.imports.files import FIELDS, WIRE
from portal.domain.cards.imports.rows import SKIP, UPDATE
from portal.domain.cards.imports.tables import CardImport
from portal.domain.sentences import say
from portal.web.inputs import choices

NOT_IMPORTED = say("Not imported")
# The columns as the pages call what is in them.
PLAIN = {
    "first_name": say("First name"),
    "surname": say("Surname"),
    "phone": say("Phone"),
    "mail": say("Mail address"),
    "gender": say("Gender: 0 for not known, 1 for male, 2 for female"),
    "date_of_birth": say("Date of birth, such as 1990-09-24"),
    "external_user_id": say("Id in your software"),
    "id": say("Id in this portal, as an export has it"),
}
SHORT = PLAIN | {"gender": say("Gender"), "date_of_birth": say("Date of birth"), "id": say("Id")}
KNOWN = choices([(UPDATE, say("Change what the file says otherwise")), (SKIP, say("Leave them as they are"))])


class UploadForm(FlaskForm):
    """One file, and what becomes of customers that are there."""

    file = FileField(say("CSV file"), [FileRequired(say("Choose a file first."))])
    known = SelectField(say("Customers that are there already"), choices=KNOWN, default=UPDATE)


class ColumnsForm(FlaskForm):
    """What each column of the file is."""

    columns = FieldList(
        SelectField(
            choices=choices(
                [
                    ("", NOT_IMPORTED),
                    *((field, say("{said} ({field})", said=PLAIN[field], field=WIRE[field])) for field in FIELDS),
                ]
            ),
            validate_choice=False,
        ),
        say("Columns"),
    )
    known = SelectField(say("Customers that are there already"), choices=KNOWN)

    def chosen(self) -> list[str | None]:
        """The field of each column; None for one that is not imported."""
        return [entry.data or None for entry in self.columns]


def columns_form(found: CardImport) -> ColumnsForm:
    """The form for this file, as its columns are taken now."""
    fields = {column: field for field, column in found.mapping.items()}
    columns = [fields.get(number, "") for number in range(len(found.head))]
    form = ColumnsForm(data={"columns": columns, "known": found.known})
    for entry, name in zip(form.columns, found.head, strict=False):
        entry.label.text = name or say("(a column without a name)")
    return form
