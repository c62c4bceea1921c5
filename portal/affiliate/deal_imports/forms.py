"""The shape of what people say about files of deals; the rules are the domain's."""

from typing import Any

from portal.domain.affiliate.imports.files import FIELDS
from portal.domain.affiliate.imports.tables import DealImport
from portal.domain.sentences import say
from portal.web.imported.forms import ColumnsForm, filled, sign_field

WIRE = {field: field for field in FIELDS}  # The API names them as the domain does.
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


class DealColumnsForm(ColumnsForm):
    """What each column of the file is, and how its sums are written."""

    decimal_sign = sign_field(
        say("How sums are written"), say("For files whose sums could be read in two ways, such as 1.500.")
    )

    def chosen(self, partner_id: int) -> dict[str, Any]:
        """What else was chosen."""
        return {"decimal_sign": self.decimal_sign.data or None}


def columns_form(found: DealImport) -> DealColumnsForm:
    """The form for this file, as its columns are taken now."""
    return filled(DealColumnsForm, found, PLAIN, WIRE, decimal_sign=found.decimal_sign or "")
