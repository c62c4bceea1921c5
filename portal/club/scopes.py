"""A partner chooses which kinds of offers stand on its club's pages beside those for general use."""

from flask import g, request, url_for

from portal.domain.member_offers.collections import scopes
from portal.domain.sentences import say
from portal.web import answers


def choose():
    """Keep what is ticked."""
    scopes.choose(g.partner.row, request.form.getlist("scope"))
    return answers.done(url_for("club.dress.edit"), say("The pages of your club show these offers now."))
