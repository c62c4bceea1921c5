"""The shape of the page for dead links; the rules are the domain's."""

from flask_wtf import FlaskForm
from wtforms import URLField

from portal.domain.sentences import say


class FallbackForm(FlaskForm):
    """An address, or none."""

    url = URLField(say("Address"))
