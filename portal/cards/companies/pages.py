"""A reseller's companies: the list, one with what it uses, made, changed, stepped into and deleted."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from flask import g, render_template, request, url_for
from flask_login import current_user

from portal.cards.companies import sentences
from portal.cards.companies.forms import CompanyForm, DetailsForm, TariffForm
from portal.domain.accounts.partners import lists as partner_lists
from portal.domain.accounts.sign_ins import sign_ins
from portal.domain.cards.companies import changes, companies, figures, limits, lists, resellers, tariffs
from portal.domain.cards.companies.tables import Company, Tariff
from portal.domain.cards.companies.words import OPTIONS
from portal.domain.events import timeline
from portal.domain.members.details import countries
from portal.domain.sentences import say
from portal.web import answers
from portal.web.addresses import place_asked, with_arguments
from portal.web.answers import page_or_part
from portal.web.forms import form_page, tried

_LONGEST_TEXT = 254
_DETAILS = ("name", "note", "country", "city", "state", "state_code", "street", "postal_code", "website")


def index():
    """The companies, searched by name and mail."""
    resellers.refuse_companies(g.partner.id)
    search, state = request.args.get("q", "").strip()[:_LONGEST_TEXT], request.args.get("state", "")
    state = state if state in lists.STATES else ""
    page = lists.page(g.partner.id, search, state, *place_asked())
    chips = [(lists.STATES[state], with_arguments(state=None))] if state else []
    chips += [(say("Search: {text}", text=search), with_arguments(q=None))] if search else []
    has_tariffs = bool(_offered())
    return render_template(
        page_or_part("cards/companies/index.html", "cards/companies/_companies.html"),
        page=page, uses=lists.uses_of(page.rows), search=search, state=state, states=lists.STATES, chips=chips,
        count=None if chips else lists.count(g.partner.id), page_url=with_arguments, has_tariffs=has_tariffs,
        nothing=sentences.nothing(bool(chips), g.partner.is_test, has_tariffs), sentences=sentences,
    )  # fmt: skip


def new():
    """A new company with its owner, a tariff and a token of its own, which is shown this once."""
    resellers.refuse_companies(g.partner.id)
    resellers.refuse_test_mode(g.partner.id)
    form = CompanyForm(_offered(), country=countries.of_partner(g.partner.id))
    if form.validate_on_submit():
        with tried(form):
            given = {name: value for name, value in form.data.items() if name != "csrf_token"}
            made = companies.create(g.partner.row, given)
            company = companies.find(g.partner.id, made.company.partner_id)
            return answers.shown_once(render_template("cards/companies/made.html", company=company, secret=made.secret))
    return form_page("cards/companies/new.html", form, tariffs=_offered())


def tariff_periods():
    """For how long the chosen tariff is had."""
    resellers.refuse_companies(g.partner.id)
    form = TariffForm(_offered(), formdata=request.args, meta={"csrf": False})
    form.narrow()
    return render_template("cards/companies/_periods.html", form=form)


def show(company: str):
    """One company: what it has, what it uses of its tariff, and what happened to it."""
    found = _own(company)
    return render_template(
        "cards/companies/show.html", company=found, figures=figures.of(found.partner), state=lists.state_of(found),
        uses=limits.uses(found.partner_id, found.tariff), options=OPTIONS, address=lists.full_address(found),
        owners=[row for row in partner_lists.people_of(found.partner_id) if row.role == "owner"],
        facts=timeline.of(g.partner.id, companies.THING, found.partner.uuid), sentences=sentences,
    )  # fmt: skip


def edit(company: str):
    """Its name, address and note, and until when its tariff lasts."""
    found = _own(company)
    day = _last_day(found)
    shown = {name: getattr(found, name) for name in _DETAILS if name != "name"}
    form = DetailsForm(data=shown | {"name": found.partner.name, "last_day": day})
    if form.validate_on_submit():
        with tried(form):
            given = {name: form[name].data for name in _DETAILS}
            if form.last_day.data != day:
                given["expiresAt"] = form.last_day.data and _end_of(found, form.last_day.data)
            changed = changes.change(found, given)
            return answers.done(_place(changed), say("{name} is changed.", name=changed.partner.name))
    return form_page("cards/companies/edit.html", form, company=found)


def tariff(company: str):
    """Give it a tariff, seeing before what each would refuse."""
    found = _own(company)
    offered = _offered(found)
    form = TariffForm(offered, data={"tariffId": str(found.tariff_id), "tariffPeriod": found.tariff_period})
    if form.validate_on_submit():
        with tried(form):
            chosen = tariffs.find(g.partner.id, form.tariffId.data)
            changed = changes.change_tariff(found, chosen, form.tariffPeriod.data)
            return answers.done(
                _place(changed),
                say("{name} has the tariff {tariff} now.", name=changed.partner.name, tariff=changed.tariff.name),
            )
    its = limits.uses(found.partner_id, found.tariff)
    lacking = {row.id: limits.too_much(found.partner.name, its, row) for row in offered}
    return form_page("cards/companies/tariff.html", form, company=found, tariffs=offered, uses=its, lacking=lacking)


def stepping_in(company: str):
    """Act for the company, with the role that one has here."""
    found = _own(company)
    sign_ins.act_for(current_user.sign_in_id, current_user.user_id, found.partner_id)
    return answers.done(url_for("home.start"), say("You now work for {name}.", name=found.partner.name), "info")


def deletion(company: str):
    """Ask, naming what ends; then delete it for good."""
    found = _own(company)
    if request.method == "GET":
        its = figures.of(found.partner)
        return render_template("cards/companies/deletion.html", company=found, figures=its, lost=sentences.lost(its))
    changes.delete(found)
    return answers.done(url_for("companies.index"), say("{name} is deleted.", name=found.partner.name))


def _own(company: str) -> Company:
    resellers.refuse_companies(g.partner.id)
    return companies.find(g.partner.id, company)


def _offered(company: Company | None = None) -> list[Tariff]:
    """Those that can be given, and the one that the company has."""
    its = company and company.tariff_id
    return [row for row in lists.all_tariffs(g.partner.id) if row.withdrawn_at is None or row.id == its]


def _last_day(company: Company) -> date | None:
    zone = ZoneInfo(company.partner.time_zone)
    return None if company.expires_at is None else company.expires_at.astimezone(zone).date()


def _end_of(company: Company, day: date) -> datetime:
    """The last second of the day, where the company is."""
    return datetime.combine(day, time(23, 59, 59), ZoneInfo(company.partner.time_zone))


def _place(company: Company) -> str:
    return url_for("companies.show", company=company.partner.uuid)
