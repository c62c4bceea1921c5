"""What waits for a company in Loyalty: pushes that nobody got."""

from flask import g, url_for

from portal.domain.cards.pushes.told import found
from portal.domain.cards.pushes.waits import FAILED
from portal.domain.sentences import forms, say
from portal.web import waits
from portal.web.waits import Act, Item, Wait

_SHOWN = 5


def of_partner() -> list[Wait]:
    """Pushes that failed, until somebody says that they were seen."""
    number = waits.counts().get(FAILED, 0)
    if not number:
        return []
    said = waits.many(number, *forms("1 push failed: nobody got it", "{number} pushes failed: nobody got them"))
    return [Wait("bell", said, url_for("pushes.index", state="failed"), _failed)]


def _failed() -> list[Item]:
    return [
        Item(
            push.message[:80],
            push.template.name,
            push.ended_at,
            url_for("pushes.show", push_id=push.uuid),
            (Act(say("Seen"), url_for("pushes.note", push_id=push.uuid), "check", True),),
        )
        for push in found.failed(g.partner.id, _SHOWN)
    ]
