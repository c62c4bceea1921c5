"""The shape of what people say about files of deals; the rules are the domain's."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import FieldList, SelectField

from portal.domain.affiliate.imports.files import FIELDS
from portal.domain.affiliate.imports.tables import DealImport
from portal.domain.typed import numbers
from portal.web.inputs import choices

NOT_IMPORTED = "Not imported"
# The columns as the pages call what is in them.
PLAIN = {
    "deal_id": "Deal id, your own number", "status": "Status", "offer": "Offer, by its name", "catalog_code": "Catalog, by its code",
    "cost": "Cost", "currency": "Currency", "promo_code": "Promo code", "another_data": "Further data, such as the link’s uid",
    "is_returned": "Whether the goods came back", "comment": "Comment",
}  # fmt: skip
SIGNS = [
    (numbers.POINT, f"{numbers.EXAMPLES[numbers.POINT]} – a point before the decimals"),
    (numbers.COMMA, f"{numbers.EXAMPLES[numbers.COMMA]} – a comma before the decimals"),
]


class UploadForm(FlaskForm):
    """One file."""

    file = FileField("CSV file", [FileRequired("Choose a file first.")])


class ColumnsForm(FlaskForm):
    """What each column of the file is."""

    columns = FieldList(
        SelectField(
            choices=choices([("", NOT_IMPORTED), *((field, f"{PLAIN[field]} ({field})") for field in FIELDS)]),
            validate_choice=False,
        ),
        "Columns",
    )
    decimal_sign = SelectField(
        "How sums are written", choices=choices([("", "As its rows show"), *SIGNS]), validate_choice=False
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
        entry.label.text = name or "(a column without a name)"
    return form
