"""Customers: the list, and one customer with cards, what happened to them, and what is known of the person."""

from flask import g, make_response, render_template, request, url_for

from portal.cards import reports
from portal.cards.customers import filters, forms, sentences, tabs
from portal.domain.cards.customers import lists
from portal.domain.members import elsewhere, members
from portal.domain.members.tables import Member
from portal.web import answers
from portal.web.addresses import place_asked, with_arguments
from portal.web.forms import status


def index():
    """The customers, newest first."""
    asked = filters.read()
    page = lists.page(g.partner.id, asked.chosen, *place_asked())
    return render_template(
        answers.page_or_part("cards/customers/index.html", "cards/customers/_customers.html"),
        page=page,
        count=sentences.count(lists.count(g.partner.id, asked.chosen)),
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
    others = elsewhere.of(member)
    tab = tab if tab in tabs.SHOWN or tab in others else tabs.CARDS
    page = render_template(
        "cards/customers/show.html",
        member=member,
        name=sentences.name(member),
        tabs=[
            {"label": label, "url": tabs.address(member, name), "current": name == tab}
            for name, label in tabs.labels(others).items()
        ],
        part="cards/customers/tabs/_elsewhere.html" if tab in others else f"cards/customers/tabs/_{tab}.html",
        **(tabs.elsewhere(member, others[tab]) if tab in others else tabs.SHOWN[tab](member, form)),
    )
    return make_response(page, status(form) if form else 200)
