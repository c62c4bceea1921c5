"""Check a code: every step of the check for an event and a time, and the nearest mend as a button. Asking writes nothing."""

from flask import g, render_template, request

from portal.coupons.coupon_check import asking, lately, sentences
from portal.coupons.coupon_check.asking import Question
from portal.coupons.kind_words import KIND_WORDS
from portal.coupons.local_times import local
from portal.domain.coupons.uses import amounts, mending, prices
from portal.domain.coupons.uses.facts import Found
from portal.domain.coupons.uses.steps import Case
from portal.domain.errors import DomainError
from portal.domain.sentences import say
from portal.web import answers, thing_pages
from portal.web.addresses import here

PAGE, PART = "coupons/check/index.html", "coupons/check/_check.html"


def index():
    """The question, and what came out."""
    return render_template(answers.page_or_part(PAGE, PART), **_shown(asking.asked()))


def mend():
    """Make the change that the button said, and check again. Nothing is changed where another one is the nearest by now."""
    outcome = asking.asked().outcome
    nearest = outcome and mending.nearest(outcome)
    if nearest is None or request.form.get("mend") != sentences.mark(nearest):
        return _again(say("Somebody changed something meanwhile. This is how it stands now."), "warning")
    try:
        mending.make(nearest, g.partner.id)
    except DomainError as error:
        return _again(error.sentence, "danger")
    return _again(say("Done: {said}.", said=nearest.said), "success")


def _again(message: str, tone: str):
    return answers.saved_in_place(here(), message, lambda: render_template(PART, **_shown(asking.asked())), tone=tone)


def _shown(question: Question) -> dict:
    outcome, event = question.outcome, question.event
    nearest = outcome and mending.nearest(outcome)
    return {
        "form": question.form,
        "event": event,
        "begins": event and local(event.starts_at, event.timezone),
        "outcome": outcome,
        "steps": sentences.steps(question),
        "is_whole": outcome and all(step["outcome"] != "not reached" for step in outcome.steps),
        "mend": nearest,
        "mark": nearest and sentences.mark(nearest),
        "way": sentences.way(question),
        "lately": [] if outcome else lately.refused(),
        "here": here(),
        **_of_coupon(outcome.case.found if outcome else None),
        **_of_use(outcome.case if outcome and outcome.is_valid else None),
    }


def _of_coupon(found: Found | None) -> dict:
    if found is None:
        return {"coupon": None, "kind": None, "link": None}
    link = thing_pages.link("coupon", str(found.id), found.written)
    return {"coupon": found, "kind": KIND_WORDS[found.kind], "link": link}


def _of_use(case: Case | None) -> dict:
    """What a use would cost, where it can be used: of each price level, and what it takes off the reservation, if there is one."""
    if case is None:
        return {"prices": [], "taken": None}
    return {"prices": prices.of(case), "taken": amounts.together(case.shares) if case.basket else None}
