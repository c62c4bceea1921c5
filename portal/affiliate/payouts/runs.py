"""Runs: looking at what would be paid, recording exactly that, its file for the bank, and what a run holds."""

from collections.abc import Iterable
from typing import NamedTuple

from flask import g, make_response, render_template, request, session, url_for

from portal.affiliate.payouts import sentences
from portal.affiliate.payouts.pages import MOST_LINES
from portal.domain import money
from portal.domain.affiliate.payouts import lists as payout_lists
from portal.domain.affiliate.payouts import payables, payouts, sending
from portal.domain.affiliate.payouts.account_changes import recent_before
from portal.domain.affiliate.payouts.tables import Payout
from portal.domain.errors import Refused
from portal.domain.events import timeline
from portal.domain.identifiers import typed_id
from portal.domain.sentences import say
from portal.web import answers, formats, spreadsheets
from portal.web.addresses import place_asked, with_arguments

_BANK_HEAD = ["Holder", "Account", "Bank", "Amount", "Currency", "Reference", "Warning"]
_LONGEST_ADDRESS = 2000  # of a preview; a longer choice is kept as other answers to forms are
_LEFT_OUT = "left out of the run"


class Total(NamedTuple):
    """What a run would pay in one currency, in minor units."""

    currency: str
    amount: int
    payouts: int
    deals: int


def preview():
    """Everything that the chosen lines would pay, as it is now. Without a choice: all that can be sent to somewhere.

    The choice stands in the address, so that whoever comes back to it sees what is still to be paid.
    """
    keys = dict.fromkeys(key for key in map(_key, request.values.getlist("chosen")) if key)
    if request.method == "POST":
        if not keys:
            return answers.done(url_for("payouts.index"), say("Choose at least one promoter to pay."), "warning")
        place = url_for("payouts.runs.preview", chosen=[f"{promoter}.{currency}" for promoter, currency in keys])
        if len(place) <= _LONGEST_ADDRESS:
            return answers.done(place)
    lines = payables.preview(g.partner.id)
    if keys:
        return _preview_of(lines, keys)
    others = [(line, payables.why_not_chosen(line)) for line in lines if not line.is_chosen]
    return _preview_page([line for line in lines if line.is_chosen], others)


def make():
    """Record what was seen; what has changed since is left out, and the run's page tells why."""
    seen = [one for one in map(_seen, request.form.getlist("seen")) if one][:MOST_LINES]
    try:
        run, left_out = payouts.run(g.partner.id, seen)
    except Refused as refusal:
        return _preview_of(payables.preview(g.partner.id), {one[:2]: None for one in seen}, refusal.sentence)
    if left_out:
        session[_LEFT_OUT] = [run.uuid, sentences.left_out(left_out)]
    return answers.done(url_for("payouts.runs.show", run_uuid=run.uuid), sentences.recorded(run.payouts.count()))


def index():
    """The runs, newest first."""
    before, after = place_asked()
    page = payout_lists.runs(g.partner.id, before, after)
    actors = timeline.names({run.actor for run in page.rows})
    return render_template(
        "affiliate/payouts/runs.html", page=page, actors=actors, sentences=sentences, page_url=with_arguments
    )


def show(run_uuid: str):
    """One run and its payouts."""
    run = payout_lists.run(g.partner.id, run_uuid)
    before, after = place_asked()
    return render_template(
        "affiliate/payouts/run.html",
        run=run,
        page=payout_lists.of_run(g.partner.id, run_uuid, before, after),
        actor=timeline.names({run.actor}).get(run.actor),
        left_out=_left_out_of(run.uuid),
        sentences=sentences,
        page_url=with_arguments,
    )


def bank(run_uuid: str):
    """What of the run is to be sent, for the bank, as CSV: nobody is paid twice by a file that is taken again."""
    sending.take_file(g.partner.id, run_uuid)
    unsent = payout_lists.each_unsent(g.partner.id, run_uuid)
    name = spreadsheets.file_name("payouts", payout_lists.run(g.partner.id, run_uuid).made, g.time_zone)
    return spreadsheets.download(name, _BANK_HEAD, map(_bank_cells, unsent))


def _preview_of(lines: list[payables.Payable], keys: Iterable[tuple[int, str]], refused: str | None = None):
    """The page for the chosen lines, with those that cannot be paid and why."""
    open_now = {(line.promoter_id, line.currency): line for line in lines}
    found = [open_now[key] for key in keys if key in open_now]
    hindered = [(line, payables.hindrance(line, line.currency, line.amount)) for line in found if not line.may_be_paid]
    return _preview_page([line for line in found if line.may_be_paid], hindered, refused)


def _preview_page(lines: list[payables.Payable], hindered: list, refused: str | None = None):
    lines = lines[:MOST_LINES]
    currencies = formats.own_first({line.currency for line in lines})
    page = render_template(
        "affiliate/payouts/preview.html",
        lines=lines,
        hindered=hindered,
        refused=refused,
        sentences=sentences,
        totals=[_total([line for line in lines if line.currency == code]) for code in currencies],
    )
    return make_response(page, 422 if refused else 200)


def _total(lines: list[payables.Payable]) -> Total:
    return Total(
        currency=lines[0].currency,
        amount=sum(line.amount for line in lines),
        payouts=sum(line.payouts for line in lines),
        deals=sum(line.items for line in lines),
    )


def _key(text: str) -> tuple[int, str] | None:
    """A chosen line as its box names it: "12.EUR"."""
    promoter, _, currency = text.partition(".")
    known = typed_id(promoter)
    return (known, currency) if known is not None and currency in money.EXPONENTS else None


def _seen(text: str) -> tuple[int, str, int] | None:
    """A line as it was seen: "12.EUR.3000"."""
    named, _, said = text.rpartition(".")
    key, amount = _key(named), typed_id(said)  # An amount has as many digits.
    return (*key, amount) if key and amount is not None else None


def _left_out_of(run_uuid: str) -> list[str]:
    """Who was left out of the run that this browser has just made; told once."""
    if session.get(_LEFT_OUT, [None])[0] != run_uuid:
        return []
    return session.pop(_LEFT_OUT)[1]


def _bank_cells(sent: Payout) -> list[spreadsheets.Cell]:
    details = sent.details or {}
    holder = details.get("holder") or sent.promoter.name
    amount = money.to_decimal(sent.amount, sent.currency)
    change = recent_before(details, sent.at)
    warning = change and sentences.new_account(change, formats.date(change.at, g.time_zone))
    account = [holder, details.get("account"), details.get("bank")]
    return [*account, amount, sent.currency, f"Payout {sent.number}", warning]
