"""Customers: the list, and one customer with cards, what happened to them, and what is known of the person."""

from flask import g, make_response, render_template, request, url_for
from markupsafe import Markup

from portal.cards import reports
from portal.cards.customers import filters, forms, sentences, tabs
from portal.domain.cards.customers import lists
from portal.domain.members import elsewhere, members
from portal.domain.members.elsewhere import Teller
from portal.domain.members.tables import Member
from portal.web import answers, customer_parts
from portal.web.addresses import place_asked, with_arguments
from portal.web.customer_parts import CustomerPart
from portal.web.forms import status


def index():
    """The customers, newest first."""
    asked = filters.read()
    page = lists.page(g.partner.id, asked.chosen, *place_asked())
    return render_template(
        answers.page_or_part("cards/customers/index.html", "cards/customers/_customers.html"),
        page=page,
        count=sentences.count(page.counted(lambda: lists.count(g.partner.id, asked.chosen))),
        asked=asked.written,
        choices={name: list(words.items()) for name, words in asked.choices.items()},
        chips=filters.chips(asked),
        export=url_for("customers.exports.csv", **filters.address(asked.written)) if reports.are_offered() else None,
        page_url=with_arguments,
    )


def show(customer_id: str):
    """One customer."""
    tab = request.args.get("tab", tabs.CARDS)
    return customer_page(members.find(g.partner.id, customer_id), tab)


def customer_page(member: Member, tab: str, form: forms.CustomerForm | None = None):
    """The page at one of its tabs, perhaps with a form to be corrected."""
    parts, others = customer_parts.parts(), elsewhere.of(member)
    labels = tabs.labels({**others, **parts})
    tab = tab if tab in labels else tabs.CARDS
    part, shown = _tab(member, tab, form, parts.get(tab), others.get(tab))
    page = render_template(
        "cards/customers/show.html",
        member=member,
        name=sentences.name(member),
        tabs=[
            {"label": label, "url": tabs.address(member, name), "current": name == tab}
            for name, label in labels.items()
        ],
        badges=[badge for one in parts.values() for badge in one.badges(member)],
        acts=[act for one in parts.values() for act in one.acts(member)] if g.partner.may_edit else [],
        part=part,
        **shown,
    )
    return make_response(page, status(form) if form else 200)


def _tab(member: Member, tab: str, form, part: CustomerPart | None, teller: Teller | None) -> tuple[str, dict]:
    """The template of a tab and what it shows: what another area draws, or tells, or what cards know."""
    if part is not None:
        return "cards/customers/tabs/_part.html", {"drawn": Markup(part.draw(member))}  # noqa: S704 - drawn by templates
    if teller is not None:
        return "cards/customers/tabs/_elsewhere.html", tabs.elsewhere(member, teller)
    return f"cards/customers/tabs/_{tab}.html", tabs.SHOWN[tab](member, form)
