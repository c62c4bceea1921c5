"""Where a partner serves customers: the list, opened, changed with who works there, closed and opened again."""

from flask import g, render_template, url_for

from portal.cards.locations.forms import LocationForm
from portal.database import transaction
from portal.domain.accounts.locations import lists, locations
from portal.domain.accounts.locations.tables import Location
from portal.domain.accounts.partners import lists as partner_lists
from portal.domain.sentences import say
from portal.web import answers
from portal.web.forms import form_page, tried


def index():
    """The locations, and who works at each."""
    rows = lists.of(g.partner.id)
    return render_template("cards/locations/index.html", locations=rows, people=lists.people_at(rows))


def new():
    """Open one."""
    form = LocationForm(_team())
    if form.validate_on_submit():
        with tried(form):
            with transaction():
                made = locations.open_(g.partner.id, form.name.data, form.address.data)
                locations.post(made, form.people.data)
            return answers.done(_list(), say("{name} is there.", name=made.name))
    return form_page("cards/locations/form.html", form, location=None)


def edit(location: str):
    """Its name, address and people."""
    found = locations.find(g.partner.id, location)
    posted = [row.id for row in lists.people_at([found])[found.id]]
    form = LocationForm(_team(), data={"name": found.name, "address": found.address, "people": posted})
    if form.validate_on_submit():
        with tried(form):
            with transaction():
                changed = locations.change(found, form.name.data, form.address.data)
                locations.post(changed, form.people.data)
            return answers.done(_list(), say("{name} is changed.", name=changed.name))
    return form_page("cards/locations/form.html", form, location=found)


def closing(location: str):
    """Serve nobody there any more; what was done there stays."""
    found = locations.find(g.partner.id, location)
    locations.close(found)
    return answers.done(_list(), say("{name} is closed.", name=found.name))


def opening(location: str):
    """Serve there again."""
    found: Location = locations.find(g.partner.id, location)
    locations.reopen(found)
    return answers.done(_list(), say("{name} is open again.", name=found.name))


def _team():
    return partner_lists.people_of(g.partner.home_id)


def _list() -> str:
    return url_for("locations.index")
