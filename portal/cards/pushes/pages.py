"""Pushes: the list, and one of them while it is sent and after."""

import hashlib

from flask import g, render_template, request, url_for

from portal.cards import push_words
from portal.cards.pushes import offered
from portal.domain.cards.cards import cards
from portal.domain.cards.pushes import keeping, pushes, quiet, words
from portal.domain.cards.pushes.tables import Push
from portal.domain.cards.pushes.told import found
from portal.domain.cards.pushes.told import why as reasons
from portal.domain.cards.pushes.told.found import Filter
from portal.domain.cards.templates.tables import CardTemplate
from portal.domain.errors import Refused
from portal.domain.events import timeline
from portal.domain.identifiers import typed_uuid
from portal.domain.sentences import counted, say
from portal.web import addresses, answers
from portal.web.addresses import place_asked, with_arguments

ALL = "all"
WRITTEN = [("", say("Written")), (words.AUTO, say("By themselves")), (words.TRIAL, say("Tests")), (ALL, say("All"))]
_LABELS = {"state": say("State"), "template": say("Template"), "by": say("Pushes")}


def index():
    """The pushes, newest first: those that somebody wrote unless others are asked for."""
    templates = {row.uuid: row for row in offered.templates()}
    asked = _asked(templates)
    chosen = _filter(asked, templates)
    page = found.page(g.partner.id, chosen, *place_asked())
    count = page.counted(lambda: found.count(g.partner.id, chosen))
    return render_template(
        answers.page_or_part("cards/pushes/index.html", "cards/pushes/_pushes.html"),
        page=page,
        count=say("over {most}", most=found.MOST_COUNTED) if count > found.MOST_COUNTED else count,
        asked=asked,
        chips=_chips(asked, templates),
        templates=[(uuid, row.name) for uuid, row in templates.items()],
        states=[(word, label) for word, (label, *_) in push_words.STATES.items()],
        written=WRITTEN,
        said=push_words,
        is_offered=offered.is_offered(),
        page_url=with_arguments,
    )


def show(push_id: str):
    """One push: how far it is, and who got it."""
    push = pushes.find(g.partner.id, push_id)
    state = request.args.get("state", "")
    state = state if state in push_words.OF_RECIPIENTS else ""
    text = request.args.get("q", "").strip()[:100]
    return render_template(
        answers.page_or_part("cards/pushes/show.html", "cards/pushes/_recipients.html"),
        **_parts(push),
        page=found.recipients(push, state, text, *place_asked()),
        page_url=with_arguments,
        states=[(word, words_[0]) for word, words_ in push_words.OF_RECIPIENTS.items() if word != push_words.SHOWN],
        asked={"state": state, "q": text},
        chips=addresses.chips(
            {"q": say("Search"), "state": say("State")},
            {"q": text, "state": state and push_words.OF_RECIPIENTS[state][0]},
        ),
    )


def progress(push_id: str):
    """How far it is, for the page that shows it: 304 while nothing has changed."""
    push = pushes.find(g.partner.id, push_id)
    return answers.unless_seen(_mark(push), lambda: render_template("cards/pushes/_progress.html", **_parts(push)))


def cancellation(push_id: str):
    """Ask, and send it to nobody more."""
    push = pushes.find(g.partner.id, push_id)
    if request.method == "GET":
        return render_template("cards/pushes/cancellation.html", push=push, lost=_lost(push))
    try:
        pushes.cancel(g.partner.id, push_id)
    except Refused as error:
        return answers.done(place(push), error.sentence, "warning")
    return answers.done(place(push), say("Nobody more gets it."))


def why(push_id: str, card_id: str):
    """Why it did not arrive at a card, step by step."""
    push, card = pushes.find(g.partner.id, push_id), cards.find(g.partner.id, card_id)
    steps = push_words.steps(reasons.explain(push, card))
    return render_template("cards/pushes/why.html", push=push, card=card, steps=steps)


def note(push_id: str):
    """It was seen that nobody got it."""
    pushes.note(g.partner.id, push_id)
    return answers.done(url_for("inbox.index"), say("It waits no longer."))


def place(push: Push) -> str:
    """Where a push is shown."""
    return url_for("pushes.show", push_id=push.uuid)


def _asked(templates: dict[str, CardTemplate]) -> dict[str, str]:
    state, by = request.args.get("state", ""), request.args.get("by", "")
    template = typed_uuid(request.args.get("template", "")) or ""
    return {
        "state": state if state in push_words.STATES else "",
        "template": template if template in templates else "",
        "by": by if by in dict(WRITTEN) else "",
    }


def _filter(asked: dict[str, str], templates: dict[str, CardTemplate]) -> Filter:
    kind = {"": words.MANUAL, ALL: ""}.get(asked["by"], asked["by"])
    template = templates.get(asked["template"])
    return Filter(kind, asked["state"], template.id if template else None)


def _chips(asked: dict[str, str], templates: dict[str, CardTemplate]) -> list[tuple[str, str]]:
    shown = {
        "state": asked["state"] and push_words.STATES[asked["state"]][0],
        "template": asked["template"] and templates[asked["template"]].name,
        "by": asked["by"] and dict(WRITTEN)[asked["by"]],
    }
    return addresses.chips(_LABELS, shown)


def _parts(push: Push) -> dict:
    line, ended = found.one(push), push.ended_at
    return {
        "push": push,
        "line": line,
        "state": push_words.STATES[push.state],
        "said": push_words,
        "quiet_until": quiet.until(push.partner_id) if push.keeps_quiet and push.due_at else None,
        "is_late": found.waits_for_a_worker(push),
        "names": timeline.names({push.made_by}),
        "why_failed": push.state == words.FAILED and not push.recipients and found.why_failed(push),
        "kept_until": ended and ended + (keeping.TRIALS_LAST if push.is_trial else keeping.RECIPIENTS_LAST),
        "etag": f'"{_mark(push)}"',
    }


def _mark(push: Push) -> str:
    """What is another one when anything has changed."""
    seen = (
        push.state,
        push.recipients,
        push.sent,
        push.shown,
        push.failed,
        push.cancelled,
        push.forgotten,
        found.waits_for_a_worker(push),
    )
    return hashlib.blake2b(repr(seen).encode(), digest_size=9).hexdigest()


def _lost(push: Push) -> list[str]:
    if push.state == words.SCHEDULED:
        return [say("Nobody gets it, now or later")]
    left = push.recipients - push.sent - push.failed - push.cancelled
    return [
        counted(left, "1 card is not reached yet and gets nothing", "{number} cards are not reached yet and get nothing"),
        counted(push.sent, "1 card has it and keeps it", "{number} cards have it and keep it"),
    ]  # fmt: skip
