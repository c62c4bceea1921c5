"""The way to deals in words and addresses: the start page lists its steps, a catalog's page names the next."""

from flask import g, url_for

from portal.domain.affiliate.first_steps import first_steps
from portal.domain.affiliate.first_steps.first_steps import (
    CATALOG,
    LANDING,
    OFFER,
    PUBLISHED,
    TOKEN,
    TRIAL,
    Progress,
)
from portal.domain.sentences import say


def steps(progress: Progress) -> list[dict]:
    """The checklist in its order: what to do, why, and the exact place where it is done."""
    code = progress.catalog
    catalog = url_for("catalogs.show", short_code=code) if code else None
    wording = {
        CATALOG: (say("Add a catalog"), say("The product line that others will promote."), url_for("catalogs.new")),
        OFFER: (
            say("Add an offer to it"),
            say("What is sold, its prices, and what a sale earns."),
            code and url_for("offers.new", short_code=code),
        ),
        TRIAL: (
            say("See what a deal is"),
            say(
                "A test deal with a sample promoter, a click and a held reward. It counts nowhere, and can be removed."
            ),
            catalog and f"{catalog}#test-deal",
        ),
        LANDING: (
            say("Add a landing"),
            say("The page of your shop where links lead people."),
            code and url_for("landings.new", short_code=code),
        ),
        PUBLISHED: (
            say("Publish it"),
            say("Promoters find it in the marketplace; their links and codes work."),
            catalog,
        ),
        TOKEN: (
            say("Connect your shop"),
            say("It reports deals with a token: a page with requests to copy."),
            url_for("developers.start.guide"),
        ),
    }
    trial = {TRIAL: url_for("catalogs.test_deal", short_code=code)} if code and OFFER in progress.done else {}
    return [
        {
            "title": title,
            "text": text,
            "url": url,
            "trial_url": trial.get(step),  # where a form takes the step at once
            "done": step in progress.done,
            "next": step == progress.next,
        }
        for step, (title, text, url) in wording.items()
    ]


def next_step() -> dict | None:
    """The step that the acting partner takes next; None once all are taken, or for whoever may not edit."""
    if not g.partner.may_edit:
        return None
    return next((step for step in steps(first_steps.progress(g.partner.id)) if step["next"]), None)
