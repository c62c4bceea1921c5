"""Mail by its state, and one of it: read, so that a link can be handed over where no mail server is set up, and sent again."""

import re

from flask import render_template, url_for

from portal import clock
from portal.domain.mail import counts, floods, letterbox, strangers
from portal.domain.sentences import say
from portal.operator import listing, sentences
from portal.operator.listing import Listing
from portal.web import answers, mailing
from portal.web.addresses import place_asked

_MAIL = Listing(
    say("Mail"),
    letterbox.STATES,
    say("Search by the whole mail address"),
    chip=say("To"),
    searched_by="to",
    shown_by="state",
)
_LINK = re.compile(r"https?://\S+")
_BLANK_LINE = re.compile(r"\n\s*\n")


def index():
    """Mail by its state or receiver, newest first."""
    clock.use(0)
    to, state = _MAIL.asked()
    page = letterbox.page(state, to, *place_asked())
    unasked, cards = strangers.of_all(), strangers.of_cards()
    return listing.shown(
        "operator/mails.html", "operator/_mails.html", _MAIL, page, has_server=mailing.has_server(), nothing=sentences.no_mail(to, letterbox.STATES.get(state)),
        sentences=sentences, unasked=unasked, unasked_now=counts.used(unasked), reached=floods.lately(),
        cards=cards, cards_now=counts.used(cards), cards_reached=floods.cards_lately(),
    )  # fmt: skip


def read(uuid: str):
    """The mail as it goes out, its links to be copied."""
    clock.use(0)
    mail = letterbox.find(uuid)
    paragraphs = [(text, bool(_LINK.fullmatch(text.strip()))) for text in _BLANK_LINE.split(mail.text.strip())]
    return render_template("operator/mail.html", mail=mail, paragraphs=paragraphs, has_server=mailing.has_server())


def retry(uuid: str):
    """Hand it to the worker once more."""
    clock.use(0)
    letterbox.retry(letterbox.find(uuid))
    said = mailing.on_its_way(say("The mail is on its way again."))
    return answers.done(url_for("operator.mail.read", uuid=uuid), said, mailing.tone())
