"""The shape of a location as people type it; the rules are the domain's."""

from flask_wtf import FlaskForm
from wtforms import SelectMultipleField, StringField
from wtforms.validators import InputRequired

from portal.domain.sentences import say
from portal.web.inputs import choices


class LocationForm(FlaskForm):
    """Its name and address, and who works there."""

    name = StringField(say("Name"), [InputRequired(say("This field is required."))])
    address = StringField(say("Address"))
    people = SelectMultipleField(say("Who works there"), coerce=int)

    def __init__(self, team, *args, **more):
        super().__init__(*args, **more)
        self.people.choices = choices([(row.id, row.user.name) for row in team])
