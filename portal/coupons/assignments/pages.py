"""Assigning coupons: a form that shows what it will cover, the assignment as it stands, changed and taken away."""

from flask import g, render_template, request, url_for

from portal.coupons.assignments import offered, preview
from portal.coupons.assignments.forms import MOST_WINDOWS, NewForm, TermsForm, shown
from portal.coupons.kind_words import KIND_WORDS
from portal.coupons.refusals import beside
from portal.domain.coupons.assignments import assigning, changes
from portal.domain.coupons.assignments.assigning import MOST_COUPONS, Terms
from portal.domain.coupons.assignments.tables import CouponAssignment, CouponOffer
from portal.domain.coupons.batches import batches, later
from portal.domain.coupons.batches.tables import CouponBatch
from portal.domain.coupons.coupons.tables import Coupon
from portal.domain.errors import NotFound
from portal.domain.sentences import counted, say
from portal.web import answers, pickers, thing_pages
from portal.web.addresses import here, row_id
from portal.web.forms import form_page, tried
from portal.worker import wake

PAGE, PART = "coupons/assignments/form.html", "coupons/assignments/_form.html"
MOST_NAMED = 50  # coupons that a page names
_ASKS = ("show", "look", "more")  # buttons that show something, and send nothing
_beside = beside({  # The domain calls some things otherwise than the form.
    "event_ids": "scope", "price_level_ids": "scope", "bundle_ids": "scope", "global": "scope", "end_date": "end",
    "timezone": "time_zone", "coupon_ids": "codes", "is_shared": "shares",
})  # fmt: skip


def new():
    """Assign coupons, or all those of a batch."""
    if "batch" in request.args:
        return _of_batch(batches.find(g.partner.id, request.args["batch"]))
    form = NewForm(data=_asked())
    if not _is_asking() and form.validate_on_submit():
        with tried(form, take=_beside):
            ids = [coupon.id for coupon in form.coupons()]
            offers = assigning.assign([g.partner.id], ids, form.terms())
            said = counted(len(offers), "The coupon is assigned.", "{number} coupons are assigned.")
            return answers.done(_place(offers[0].assignment), said)
    return _shown(form, form.coupons())


def show(assignment_uuid: str):
    """An assignment: what it covers, and how much of it is used."""
    assignment = _find(assignment_uuid)
    coupons = _coupons(assignment)
    terms = changes.of(assignment)
    return render_template(
        "coupons/assignments/show.html",
        assignment=assignment,
        coupons=[(one, thing_pages.link("coupon", str(one.id), one.written)) for one in coupons[:MOST_NAMED]],
        count=CouponOffer.select().where(CouponOffer.assignment == assignment).count(),
        kind_words=KIND_WORDS,
        covers=preview.of(Terms(**terms), coupons),
    )


def edit(assignment_uuid: str):
    """Change it. Uses that were made stay."""
    assignment = _find(assignment_uuid)
    before = changes.of(assignment)
    form = TermsForm(data=shown(before))
    if not _is_asking() and form.validate_on_submit():
        with tried(form, take=_beside):
            changed = changes.change(g.partner.id, assignment.id, form.terms(before)._asdict())
            return answers.done(_place(changed), say("The assignment is changed."))
    return _shown(form, _coupons(assignment), assignment, before)


def ending(assignment_uuid: str):
    """Ask, and take it away."""
    assignment = _find(assignment_uuid)
    if request.method == "GET":
        return render_template("coupons/assignments/ending.html", assignment=assignment)
    changes.end(g.partner.id, assignment.id)
    return answers.done(
        _place(assignment), say("The assignment is taken away. Nobody can use its coupons under it any more.")
    )


def _of_batch(batch: CouponBatch):
    form = TermsForm(data={"time_zone": g.partner.time_zone})
    if not _is_asking() and form.validate_on_submit():
        with tried(form, take=_beside):
            later.assign(g.partner.id, batch.uuid, form.terms())
            wake("coupon codes")
            said = counted(batch.made, "The code is being assigned.", "{number} codes are being assigned.")
            return answers.done(url_for("batches.show", batch_uuid=batch.uuid), said)
    return _shown(form, [later.like(batch)], batch=batch)


def _asked() -> dict:
    """What the address fills in: coupons by their ids, and an event."""
    ids = request.args.getlist("coupon", type=row_id)[:MOST_COUPONS]
    coupons = Coupon.select().where(Coupon.partner == g.partner.id, Coupon.id.in_(ids)).order_by(Coupon.id)
    events = request.args.getlist("event", type=row_id)[:1]
    return {"codes": [one.written for one in coupons], "events": events, "time_zone": g.partner.time_zone}


def _is_asking() -> bool:
    return any(name in request.form for name in _ASKS)


def _shown(
    form: TermsForm, coupons: list[Coupon], assignment: CouponAssignment | None = None, before: dict | None = None,
    batch: CouponBatch | None = None,
):  # fmt: skip
    if "more" in request.form and len(form.windows) < MOST_WINDOWS:
        form.windows.append_entry()
    looked_for = request.form.get("looked_for", "").strip()[:100]
    return form_page(
        PAGE,
        form,
        fragment=PART,
        assignment=assignment,
        batch=batch,
        offered=offered.events(form, looked_for, {one.kind for one in coupons}),
        looked_for=looked_for,
        covers=preview.of(form.terms(before), coupons, before),
        kind_words=KIND_WORDS,
        here=here(),
        **pickers.offered(form),
    )


def _find(uuid: str) -> CouponAssignment:
    found = CouponAssignment.get_or_none(CouponAssignment.uuid == uuid, CouponAssignment.partner == g.partner.id)
    if found is None:
        raise NotFound(say("coupon assignment"))
    return found


def _coupons(assignment: CouponAssignment) -> list[Coupon]:
    found = Coupon.select().join(CouponOffer, on=CouponOffer.coupon == Coupon.id)
    return list(found.where(CouponOffer.assignment == assignment).order_by(Coupon.id).limit(MOST_COUPONS))


def _place(assignment: CouponAssignment) -> str:
    return url_for("assignments.show", assignment_uuid=assignment.uuid)
