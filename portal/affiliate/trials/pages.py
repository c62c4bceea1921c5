"""A test deal is removed from its page."""

from flask import g, render_template, request, url_for

from portal.affiliate.trials import sentences
from portal.domain.affiliate.deals import passport as deal_passport
from portal.domain.affiliate.trials import removal as trial_removal
from portal.domain.affiliate.trials import trials
from portal.domain.errors import NotFound
from portal.domain.sentences import say
from portal.web import answers


def removal(uuid: str):
    """Ask, naming what goes with it; then remove it."""
    if request.method == "POST":
        trial_removal.remove(g.partner.id, uuid)
        return answers.done(url_for("deals.index"), say("The test deal is gone, and all that it brought."))
    if not trials.is_one(g.partner.id, uuid):
        raise NotFound(say("test deal"))
    deal = deal_passport.of(g.partner.id, uuid)
    return render_template("affiliate/trials/removal.html", deal=deal, lost=sentences.lost(deal))
