"""The way to the first deal in words and addresses: the start page lists its steps, a catalog's page names the next."""

from flask import g, url_for

from portal.domain.affiliate.first_steps import first_steps
from portal.domain.affiliate.first_steps.first_steps import CATALOG, DEAL, LANDING, OFFER, PUBLISHED, TOKEN, Progress


def steps(progress: Progress) -> list[dict]:
    """The checklist in its order: what to do, why, and the exact place where it is done."""
    code = progress.catalog
    catalog = url_for("catalogs.show", short_code=code) if code else None
    wording = {
        CATALOG: ("Add a catalog", "The product line that others will promote.", url_for("catalogs.new")),
        OFFER: (
            "Add an offer to it",
            "What is sold, its prices, and what a sale earns.",
            code and url_for("offers.new", short_code=code),
        ),
        LANDING: (
            "Add a landing",
            "The page of your shop where links lead people.",
            code and url_for("landings.new", short_code=code),
        ),
        PUBLISHED: ("Publish it", "Promoters find it in the marketplace; their links and codes work.", catalog),
        TOKEN: ("Make an API token", "Your shop reports deals with it.", _new_token()),
        DEAL: (
            "See the first deal",
            "Send yourself a test deal, and see what happens to it.",
            catalog and f"{catalog}#test-deal",
        ),
    }
    trial = {DEAL: url_for("catalogs.test_deal", short_code=code)} if code and OFFER in progress.done else {}
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
    """The step that the acting partner takes next; None once it has had its first deal, or for whoever may not edit."""
    if not g.partner.may_edit:
        return None
    return next((step for step in steps(first_steps.progress(g.partner.id)) if step["next"]), None)


def _new_token() -> str | None:
    """Where a token is made, for those who may."""
    return url_for("developers.new_token") if g.partner.may_own else None
