"""The shape of what people say about files of customers; the rules are the domain's."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import FieldList, SelectField

from portal.domain.cards.imports.files import FIELDS, WIRE
from portal.domain.cards.imports.rows import SKIP, UPDATE
from portal.domain.cards.imports.tables import CardImport
from portal.domain.cards.templates.tables import CardTemplate
from portal.domain.errors import Invalid
from portal.domain.sentences import say
from portal.domain.typed import numbers
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
    "template": say("Template of the card, by its name or id"),
    "serial": say("Number of the card, 12 digits; empty for a new one"),
    "uses": say("Stamps"),
    "rewards": say("Rewards that were not taken"),
    "balance": say("Money or visits left on the card"),
    "bonus": say("Points"),
    "visits": say("Visits made, of a membership without limits"),
    "spent": say("Money spent so far"),
}
SHORT = PLAIN | {
    "gender": say("Gender"), "date_of_birth": say("Date of birth"), "id": say("Id"),
    "template": say("Template"), "serial": say("Card"), "rewards": say("Rewards"), "balance": say("Balance"), "visits": say("Visits"),
    "spent": say("Spent"),
}  # fmt: skip
KNOWN = choices([(UPDATE, say("Change what the file says otherwise")), (SKIP, say("Leave them as they are"))])


SIGNS = [
    (numbers.POINT, say("{example} – a point before the decimals", example=numbers.EXAMPLES[numbers.POINT])),
    (numbers.COMMA, say("{example} – a comma before the decimals", example=numbers.EXAMPLES[numbers.COMMA])),
]


class UploadForm(FlaskForm):
    """One file, and what becomes of customers that are there."""

    file = FileField(say("CSV file"), [FileRequired(say("Choose a file first."))])
    known = SelectField(say("Customers that are there already"), choices=KNOWN, default=UPDATE)
    template = SelectField(say("A card for each"), validate_choice=False)


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
    template = SelectField(say("A card for each"), validate_choice=False)
    decimal_sign = SelectField(
        say("How numbers are written"), choices=choices([("", say("As its rows show")), *SIGNS]), validate_choice=False
    )

    def chosen(self) -> list[str | None]:
        """The field of each column; None for one that is not imported."""
        return [entry.data or None for entry in self.columns]


def upload_form(partner_id: int) -> UploadForm:
    """The form for a file, with the partner's templates."""
    form = UploadForm()
    form.template.choices = templates(partner_id)
    return form


def templates(partner_id: int) -> list:
    """The templates that cards are issued of."""
    its = CardTemplate.select().where(CardTemplate.partner == partner_id, CardTemplate.archived_at.is_null())
    named = [(str(one.id), one.name) for one in its.order_by(CardTemplate.name, CardTemplate.id)]
    return choices([("", say("None, unless a column names one")), *named])


def template(partner_id: int, chosen: str | None) -> CardTemplate | None:
    """The template that was chosen, if it is the partner's. Raises Invalid."""
    if not chosen:
        return None
    is_it = (CardTemplate.partner == partner_id) & CardTemplate.archived_at.is_null()
    found = CardTemplate.get_or_none(is_it, CardTemplate.id == int(chosen)) if chosen.isdecimal() else None
    if found is None:
        raise Invalid("template", say("Choose one of the list."))
    return found


def columns_form(found: CardImport) -> ColumnsForm:
    """The form for this file, as its columns are taken now."""
    fields = {column: field for field, column in found.mapping.items()}
    columns = [fields.get(number, "") for number in range(len(found.head))]
    chosen = {"known": found.known, "template": str(found.template_id or ""), "decimal_sign": found.decimal_sign or ""}
    form = ColumnsForm(data={"columns": columns} | chosen)
    form.template.choices = templates(found.partner_id)
    for entry, name in zip(form.columns, found.head, strict=False):
        entry.label.text = name or say("(a column without a name)")
    return form
