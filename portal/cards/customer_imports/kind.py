"""Imports of customers, as the pages of imports need them."""

from functools import partial

from flask import url_for

from portal.cards.customer_imports.forms import PLAIN, SHORT, columns_form, upload_form
from portal.cards.customer_imports.sentences import WORDS
from portal.domain.cards.imports import imports, lists
from portal.domain.cards.imports.files import WIRE
from portal.domain.cards.imports.tables import TABLES, CardImport
from portal.domain.importing import undoing
from portal.domain.sentences import say
from portal.web.imported.kinds import Act, Kind
from portal.worker import wake


def _undo(found: CardImport) -> Act | None:
    """A page that says what goes and what stays."""
    if not undoing.may_be(found):
        return None
    return Act(say("Undo the import …"), CUSTOMERS.url("undo", found))


CUSTOMERS = Kind(
    feature="customer_imports",
    stands_in=(say("Customers"), "customers.index"),
    words=WORDS,
    plain=PLAIN,
    short=SHORT,
    wire=WIRE,
    tables=TABLES,
    lines=lists.LINES,
    verbs=imports,
    upload_form=upload_form,
    columns_form=columns_form,
    wake=partial(wake, "customer imports"),
    undo=_undo,
    leads=lambda uuid: url_for("customers.show", customer_id=uuid),
    to_mend="customers-to-mend.csv",
)
