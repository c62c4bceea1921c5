"""A reseller's tariffs: the list, made, changed, withdrawn and offered again."""

from flask import g, render_template, url_for

from portal.cards.tariffs.forms import TariffForm
from portal.domain import money
from portal.domain.cards.companies import lists, resellers, tariffs
from portal.domain.cards.companies.tables import Tariff
from portal.domain.cards.companies.words import LIMITS, OPTIONS
from portal.domain.sentences import say
from portal.web import answers
from portal.web.forms import form_page, tried


def index():
    """The tariffs, and how many companies have each."""
    resellers.refuse_companies(g.partner.id)
    rows, having = lists.all_tariffs(g.partner.id), lists.having(g.partner.id)
    return render_template("cards/tariffs/index.html", tariffs=rows, having=having, limits=LIMITS)


def new():
    """A new one."""
    resellers.refuse_companies(g.partner.id)
    form = TariffForm(currency=g.partner.currency)
    if form.validate_on_submit():
        with tried(form):
            made = tariffs.create(g.partner.id, _given(form))
            return answers.done(
                url_for("tariffs.index"), say("The tariff {name} is there. Give it to companies.", name=made.name)
            )
    return form_page("cards/tariffs/form.html", form, tariff=None, limits=LIMITS, options=OPTIONS)


def edit(tariff_id: int):
    """Change it, for the companies that have it as well."""
    found = _own(tariff_id)
    form = TariffForm(data=_shown(found))
    if form.validate_on_submit():
        with tried(form):
            changed = tariffs.change(found, _given(form))
            return answers.done(url_for("tariffs.index"), say("The tariff {name} is changed.", name=changed.name))
    having = len(tariffs.companies_of(found))
    return form_page("cards/tariffs/form.html", form, tariff=found, having=having, limits=LIMITS, options=OPTIONS)


def withdrawal(tariff_id: int):
    """Give it to nobody any more; who has it keeps it."""
    found = _own(tariff_id)
    tariffs.withdraw(found)
    return answers.done(url_for("tariffs.index"), say("The tariff {name} is withdrawn.", name=found.name))


def return_(tariff_id: int):
    """Give it to companies again."""
    found = _own(tariff_id)
    tariffs.offer_again(found)
    return answers.done(url_for("tariffs.index"), say("Companies can be given {name} again.", name=found.name))


def _own(tariff_id: int) -> Tariff:
    resellers.refuse_companies(g.partner.id)
    return tariffs.find(g.partner.id, tariff_id)


def _given(form: TariffForm) -> dict:
    return {name: value for name, value in form.data.items() if name != "csrf_token"}


def _shown(tariff: Tariff) -> dict:
    prices = {
        name: None if (price := getattr(tariff, name)) is None else money.to_decimal(price, tariff.currency)
        for name in tariffs.PRICES
    }
    return {**tariff.__data__, **prices, "country": tariff.country or ""}
