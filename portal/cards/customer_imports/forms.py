"""The shape of what people say about files of customers; the rules are the domain's."""

from typing import Any

from wtforms import SelectField

from portal.domain.cards.imports.files import WIRE
from portal.domain.cards.imports.rows import SKIP, UPDATE
from portal.domain.cards.imports.tables import CardImport
from portal.domain.cards.templates.tables import CardTemplate
from portal.domain.errors import Invalid
from portal.domain.identifiers import typed_id
from portal.domain.sentences import say
from portal.web.imported.forms import ColumnsForm, UploadForm, filled, sign_field
from portal.web.inputs import choices

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
    "bonus": say("Points, or the money on a cashback card"),
    "visits": say("Visits made, of a membership without limits"),
    "spent": say("Money spent so far"),
}
SHORT = PLAIN | {
    "gender": say("Gender"), "date_of_birth": say("Date of birth"), "id": say("Id"),
    "template": say("Template"), "serial": say("Card"), "rewards": say("Rewards"), "balance": say("Balance"), "bonus": say("Points or cashback"), "visits": say("Visits"),
    "spent": say("Spent"),
}  # fmt: skip
KNOWN = choices([(UPDATE, say("Change what the file says otherwise")), (SKIP, say("Leave them as they are"))])

_KNOWN = say("Customers that are there already")
_TEMPLATE = say("A card for each")


class CustomerUploadForm(UploadForm):
    """One file, and what becomes of customers that are there."""

    known = SelectField(_KNOWN, choices=KNOWN, default=UPDATE)
    template = SelectField(
        _TEMPLATE,
        validate_choice=False,
        description=say(
            "With what the columns say is on it: stamps, points, money. It begins with one operation, “Opening balance”."
        ),
    )

    def chosen(self, partner_id: int) -> dict[str, Any]:
        """What else was chosen. Raises Invalid for another's template."""
        return {"known": self.known.data, "template": template(partner_id, self.template.data)}


class CustomerColumnsForm(ColumnsForm):
    """What each column of the file is, and what else was chosen when it was uploaded."""

    known = SelectField(_KNOWN, choices=KNOWN)
    template = SelectField(
        _TEMPLATE,
        validate_choice=False,
        description=say("With what the columns say is on it. A column with the template goes before."),
    )
    decimal_sign = sign_field(
        say("How numbers are written"), say("For files whose numbers could be read in two ways, such as 1.500.")
    )

    def chosen(self, partner_id: int) -> dict[str, Any]:
        """What else was chosen. Raises Invalid for another's template."""
        chosen = {"known": self.known.data, "template": template(partner_id, self.template.data)}
        return chosen | {"decimal_sign": self.decimal_sign.data or None}


def upload_form(partner_id: int) -> CustomerUploadForm:
    """The form for a file, with the partner's templates."""
    form = CustomerUploadForm()
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
    number = typed_id(chosen)
    found = CardTemplate.get_or_none(is_it, CardTemplate.id == number) if number else None
    if found is None:
        raise Invalid("template", say("Choose one of the list."))
    return found


def columns_form(found: CardImport) -> CustomerColumnsForm:
    """The form for this file, as its columns are taken now."""
    chosen = {"known": found.known, "template": str(found.template_id or ""), "decimal_sign": found.decimal_sign or ""}
    form = filled(CustomerColumnsForm, found, PLAIN, WIRE, **chosen)
    form.template.choices = templates(found.partner_id)
    return form
