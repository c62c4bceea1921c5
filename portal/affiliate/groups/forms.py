"""The shape of a group as people type it; the rules are the domain's."""

from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import InputRequired

from portal.domain.sentences import say


class GroupForm(FlaskForm):
    """Its name."""

    name = StringField(say("Name"), [InputRequired(say("This field is required."))])
