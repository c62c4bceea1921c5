"""Is this promo code, or this uid, good for something in the merchant's catalogs? (contract: affiliate, `check_promo`)."""

from portal.database import Statement
from portal.domain.errors import NotFound
from portal.domain.identifiers import is_uuid, normal_code
from portal.domain.steps import Steps

KNOWN, IN_CATALOG, PUBLISHED, ALLOWED, APPROVED, RUNNING = (
    "code known", "catalog matches", "catalog published", "codes allowed", "promoter approved", "code not ended",
)  # fmt: skip
_CODE = Statement(
    """SELECT k.percent_discounts, k.ended_at, m.state, c.uuid, c.short_code, c.is_published, c.is_promocode_allowed
    FROM promo_code k JOIN promotion m ON m.id = k.promotion_id JOIN catalog c ON c.id = m.catalog_id
    WHERE k.merchant_id = ? AND k.code = ?"""
)
_UID = Statement(
    """SELECT m.percent_discounts FROM promotion m JOIN catalog c ON c.id = m.catalog_id
    WHERE m.uid = ? AND c.partner_id = ? AND m.state = 'approved' AND c.is_published"""
)


class Unusable(NotFound):
    """The code cannot be used, with the steps that tell why."""

    def __init__(self, steps: Steps, about: tuple | None = None):
        super().__init__("promo code")
        self.steps, self.about = steps.as_list(), about
        failed = next(step for step in self.steps if step["outcome"] == "failed")
        self.sentence = f"{failed['detail']}. {failed['fix']}"


def code_discount(merchant: int, code: str, catalog_reference: str | None = None) -> int:
    """The discount of a code in hundredths of a percent. Raises Unusable with the check that failed."""
    steps = Steps(KNOWN, IN_CATALOG, PUBLISHED, ALLOWED, APPROVED, RUNNING)
    row = _CODE.row(merchant, code.strip().upper())
    if row is None:
        steps.failed(KNOWN, "No promoter of yours has this code", "Check its spelling with the customer.")
        raise Unusable(steps)
    for check, passes, detail, fix in (
        (KNOWN, True, "", ""),
        (
            IN_CATALOG,
            _is_of(row, catalog_reference),
            "This code belongs to another catalog",
            "Ask with the catalog_id it was made for.",
        ),
        (PUBLISHED, row[5], "The catalog of this code is not published", "Publish the catalog."),
        (ALLOWED, row[6], "The catalog does not allow promo codes", "Allow promo codes in the catalog."),
        (APPROVED, row[2] == "approved", "The promoter of this code is not approved", "Approve the promoter."),
        (RUNNING, row[1] is None, "This code was ended", "Ask the promoter for the present one."),
    ):
        if not passes:
            steps.failed(check, detail, fix)
            raise Unusable(steps, (merchant, "promo code", code.strip().upper()[:64]))
        steps.passed(check)
    return row[0]


def uid_discount(merchant: int, uid: str) -> int:
    """The standing discount of a promoter's uid in hundredths of a percent. Raises NotFound."""
    code = normal_code(uid)
    row = _UID.row(code, merchant) if code else None
    if row is None:
        raise NotFound("promoter uid")
    return row[0]


def _is_of(row: tuple, reference: str | None) -> bool:
    if not reference:
        return True
    return row[3] == reference.lower() if is_uuid(reference) else row[4] == normal_code(reference)
