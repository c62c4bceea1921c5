"""Imports of deals, as the pages of imports need them."""

from functools import partial
from typing import Any

from flask import url_for

from portal.affiliate.deal_imports.forms import PLAIN, SHORT, WIRE, columns_form
from portal.affiliate.deal_imports.sentences import WORDS
from portal.domain.affiliate.imports import imports, lists
from portal.domain.affiliate.imports.tables import TABLES, DealImport
from portal.domain.sentences import say
from portal.web.imported.forms import UploadForm
from portal.web.imported.kinds import Act, Kind
from portal.worker import wake


def _undo(found: DealImport) -> Act | None:
    """Canceling the deals that it made, while there are any."""
    if found.state not in imports.ENDED or not lists.made(found.partner_id, found.uuid, 1):
        return None
    made: dict[str, Any] = {"which": "imported", "import": found.uuid}
    return Act(say("Undo: cancel its new deals …"), url_for("deals.rounds.cancellation", **made))


DEALS = Kind(
    feature="deal_imports",
    stands_in=(say("Deals"), "deals.index"),
    words=WORDS,
    plain=PLAIN,
    short=SHORT,
    wire=WIRE,
    tables=TABLES,
    lines=lists.LINES,
    verbs=imports,
    upload_form=lambda partner_id: UploadForm(),
    columns_form=columns_form,
    wake=partial(wake, "imports"),
    undo=_undo,
    leads=lambda uuid: url_for("deals.show", uuid=uuid),
    to_mend="deals-to-mend.csv",
    is_named_by_code=True,
)
