"""Imports of coupons, as the pages of imports need them."""

from functools import partial

from flask import url_for

from portal.coupons.coupon_imports.forms import PLAIN, SHORT, CouponUploadForm, columns_form, lines_form
from portal.coupons.coupon_imports.sentences import WORDS
from portal.domain.coupons.imports import imports, lists
from portal.domain.coupons.imports.files import WIRE
from portal.domain.coupons.imports.tables import TABLES, CouponImport
from portal.domain.importing import undoing
from portal.domain.sentences import say
from portal.web.imported.kinds import Act, Kind
from portal.worker import wake


def _undo(found: CouponImport) -> Act | None:
    """A page that says what goes."""
    if not undoing.may_be(found):
        return None
    return Act(say("Undo the import …"), COUPONS.url("undo", found))


COUPONS = Kind(
    feature="coupon_imports",
    stands_in=(say("Generated codes"), "batches.index"),
    words=WORDS,
    plain=PLAIN,
    short=SHORT,
    wire=WIRE,
    tables=TABLES,
    lines=lists.LINES,
    verbs=imports,
    upload_form=lambda partner_id: CouponUploadForm(),
    columns_form=columns_form,
    lines_form=lines_form,
    wake=partial(wake, "coupon imports"),
    undo=_undo,
    leads=lambda coupon_id: url_for("batches.index"),
    to_mend="coupons-to-mend.csv",
    is_named_by_code=True,
)
