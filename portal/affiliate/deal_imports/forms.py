"""The shape of what people say about files of deals; the rules are the domain's."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import FieldList, SelectField

from portal.domain.affiliate.imports.files import FIELDS
from portal.domain.affiliate.imports.tables import DealImport
from portal.domain.sentences import say
from portal.domain.typed import numbers
from portal.web.inputs import choices

NOT_IMPORTED = say("Not imported")
# The columns as the pages call what is in them, and in a word.
PLAIN = {
    "deal_id": say("Deal id, your own number"),
    "status": say("Status"),
    "offer": say("Offer, by its name"),
    "catalog_code": say("Catalog, by its code"),
    "cost": say("Sale: what the customer paid"),
    "currency": say("Currency"),
    "promo_code": say("Promo code"),
    "another_data": say("What came with the link, such as its id"),
    "is_returned": say("Whether the goods came back"),
    "comment": say("Comment"),
}
SHORT = PLAIN | {
    "deal_id": say("Deal id"),
    "offer": say("Offer"),
    "catalog_code": say("Catalog"),
    "cost": say("Sale"),
    "another_data": say("With the link"),
    "is_returned": say("Came back"),
}
SIGNS = [
    (numbers.POINT, say("{example} – a point before the decimals", example=numbers.EXAMPLES[numbers.POINT])),
    (numbers.COMMA, say("{example} – a comma before the decimals", example=numbers.EXAMPLES[numbers.COMMA])),
]


class UploadForm(FlaskForm):
    """One file."""

    file = FileField(say("CSV file"), [FileRequired(say("Choose a file first."))])


class ColumnsForm(FlaskForm):
    """What each column of the file is."""

    columns = FieldList(
        SelectField(
            choices=choices(
                [
                    ("", NOT_IMPORTED),
                    *((field, say("{said} ({field})", said=PLAIN[field], field=field)) for field in FIELDS),
                ]
            ),
            validate_choice=False,
        ),
        say("Columns"),
    )
    decimal_sign = SelectField(
        say("How sums are written"), choices=choices([("", say("As its rows show")), *SIGNS]), validate_choice=False
    )

    def chosen(self) -> list[str | None]:
        """The field of each column; None for one that is not imported."""
        return [entry.data or None for entry in self.columns]


def columns_form(found: DealImport) -> ColumnsForm:
    """The form for this file, as its columns are taken now."""
    fields = {column: field for field, column in found.mapping.items()}
    columns = [fields.get(number, "") for number in range(len(found.head))]
    form = ColumnsForm(data={"columns": columns, "decimal_sign": found.decimal_sign or ""})
    for entry, name in zip(form.columns, found.head, strict=False):
        entry.label.text = name or say("(a column without a name)")
    return form
