"""The shape of a group as people type it; the rules are the domain's."""

from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import InputRequired


class GroupForm(FlaskForm):
    """Its name."""

    name = StringField("Name", [InputRequired("This field is required.")])
