"""Coupons as a file that spreadsheets leave as it is, and that the import reads whole."""

import csv
import io
from decimal import Decimal

from flask import g

from portal import clock
from portal.coupons.coupons import filters
from portal.domain import money
from portal.domain.coupons.coupons import export
from portal.domain.coupons.coupons.export import ExportedCoupon
from portal.domain.coupons.coupons.kinds import KINDS
from portal.domain.coupons.coupons.tables import PERCENTAGE
from portal.domain.coupons.imports.files import FIELDS, WIRE, cell_of
from portal.web import spreadsheets
from portal.web.inputs import percent

HEAD = [*(WIRE[field] for field in FIELDS), "uses", "spent"]


def coupons():
    """All that is filtered, newest first. A code that a spreadsheet would take for a number has an apostrophe in front."""
    name = spreadsheets.file_name("coupons", clock.now(), g.partner.time_zone)
    own = g.partner.currency
    rows = (_cells(row, tags, own) for row, tags in export.each(g.partner.id, filters.read()))
    return spreadsheets.download(name, HEAD, rows)


def _cells(row: ExportedCoupon, tags: list[str], own: str) -> list:
    return [
        cell_of(row.written), row.name, KINDS[row.kind].word, _amount(row), row.amount_type, row.currency,
        _sum(row.threshold, row.currency or own), _sum(row.budget, row.currency), row.customer_limit, row.minimum_tickets,
        _flag(row.opens), _flag(row.is_alone), row.rank, _joined(tags), _flag(row.ended_at is None), row.uses,
        _sum(row.spent, row.currency),
    ]  # fmt: skip


def _amount(row: ExportedCoupon) -> Decimal | None:
    return percent(row.amount) if row.amount_type == PERCENTAGE else _sum(row.amount, row.currency)


def _sum(minor: int | None, currency: str | None) -> Decimal | None:
    return None if minor is None or currency is None else money.to_decimal(minor, currency)


def _flag(is_so: bool) -> str:
    return "yes" if is_so else "no"


def _joined(tags: list[str]) -> str:
    """One text, as the cells of a line: a tag may have a comma."""
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(tags)
    return line.getvalue()
