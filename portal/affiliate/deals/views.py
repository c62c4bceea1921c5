"""Saved views of the list: filters that are kept under a name, for oneself or for the team."""

from flask import g, render_template, request, url_for

from portal.affiliate.deals import filters
from portal.affiliate.deals.forms import ViewForm
from portal.domain.affiliate.deal_lists import views as saved_views
from portal.domain.affiliate.deal_lists.views import View
from portal.domain.sentences import say
from portal.web import answers
from portal.web.forms import form_page, tried


def new():
    """Keep the filters of this address under a name."""
    _, asked = filters.read()
    form = ViewForm()
    if form.validate_on_submit():
        with tried(form):
            view = saved_views.save(
                g.partner.id, g.person.user_id, form.name.data, filters.address(asked), form.shared.data
            )
            return answers.done(place_of(view), say("“{name}” is kept. It stands above the list.", name=view.name))
    return _form_page("new", form, chips=filters.chips(asked), back=url_for("deals.index", **filters.query(asked)))


def edit(view: str):
    """Rename a view, share it, or take it back for oneself."""
    kept = saved_views.find(g.partner.id, g.person.user_id, view)
    form = ViewForm(name=kept.name, shared=kept.is_shared)
    if form.validate_on_submit():
        with tried(form):
            kept = saved_views.change(g.partner.id, g.person.user_id, view, form.name.data, form.shared.data)
            return answers.done(place_of(kept), say("“{name}” is changed.", name=kept.name))
    return _form_page("edit", form, view=kept, back=place_of(kept))


def removal(view: str):
    """Ask, and remove a view."""
    kept = saved_views.find(g.partner.id, g.person.user_id, view)
    if request.method == "GET":
        return render_template("affiliate/deals/view_removal.html", view=kept, lost=lost(kept))
    saved_views.remove(g.partner.id, g.person.user_id, view)
    return answers.done(url_for("deals.index"), say("“{name}” is removed. The deals are untouched.", name=kept.name))


def place_of(view: View) -> str:
    """The list as the view shows it."""
    return f"{url_for('deals.index')}?{view.query}"


def lost(view: View) -> list[str]:
    """What removing a view takes away."""
    return [
        say("The view “{name}”", name=view.name),
        *([say("Everybody on the team loses it")] if view.is_shared else []),
    ]


def _form_page(which: str, form: ViewForm, **values):
    return form_page(f"affiliate/deals/view_{which}.html", form, lost=lost, **values)
