"""Tags of coupons: what the coupons of each did, as a page and as a file; renamed and removed."""

from flask import g, render_template, request, url_for
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import InputRequired

from portal import clock
from portal.coupons.coupon_fields import REQUIRED
from portal.domain import money
from portal.domain.coupons.coupons import tag_totals, tags
from portal.domain.sentences import say
from portal.web import answers, spreadsheets
from portal.web.forms import form_page, tried

HEAD = ["tag", "coupons", "uses", "currency", "taken_off", "sales"]


class TagForm(FlaskForm):
    """What a tag is called."""

    name = StringField(say("Name"), [InputRequired(REQUIRED)])


def index():
    """All of them, with their totals."""
    return render_template("coupons/tags/index.html", rows=tag_totals.of(g.partner.id))


def csv():
    """The same as a file: a line for each tag and currency."""
    name = spreadsheets.file_name("tags", clock.now(), g.partner.time_zone)
    return spreadsheets.download(name, HEAD, (cells for row in tag_totals.of(g.partner.id) for cells in _cells(row)))


def new():
    """Make one."""
    form = TagForm()
    if form.validate_on_submit():
        with tried(form):
            tag = tags.add(g.partner.id, form.name.data)
            said = say(
                "The tag “{name}” is there. Choose it beside a coupon, or for several in the list.", name=tag.name
            )
            return answers.done(url_for("coupons.tag_pages.index"), said)
    return form_page("coupons/tags/edit.html", form, tag=None)


def edit(tag_id: int):
    """Call it otherwise."""
    tag = tags.find(g.partner.id, tag_id)
    form = TagForm(name=tag.name)
    if form.validate_on_submit():
        with tried(form):
            tags.rename(g.partner.id, tag.id, form.name.data)
            return answers.done(url_for("coupons.tag_pages.index"), say("Saved."))
    return form_page("coupons/tags/edit.html", form, tag=tag)


def removal(tag_id: int):
    """Ask, and forget it."""
    tag = tags.find(g.partner.id, tag_id)
    if request.method == "GET":
        return render_template("coupons/tags/removal.html", tag=tag)
    tags.remove(g.partner.id, tag.id)
    return answers.done(url_for("coupons.tag_pages.index"), say("The tag “{name}” is removed.", name=tag.name))


def _cells(row: tag_totals.TagTotals) -> list[list]:
    counts = [row.name, row.coupons, row.uses]
    sums = [
        [one.currency, *(money.to_decimal(sum_, one.currency) for sum_ in (one.taken_off, one.sales))]
        for one in row.sums
    ]
    return [[*counts, *cells] for cells in sums or [["", None, None]]]
