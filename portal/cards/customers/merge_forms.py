"""Who the other one is, as people type it."""

from flask_wtf import FlaskForm
from wtforms import StringField

from portal.domain.sentences import say


class OtherForm(FlaskForm):
    """Another customer, by what they are known by."""

    other = StringField(say("The other customer"))
