"""The shape of a location as people type it; the rules are the domain's."""

from wtforms import SelectMultipleField, StringField
from wtforms.validators import InputRequired

from portal.domain.accounts.locations.locations import FIELDS
from portal.domain.sentences import say
from portal.web.forms import ToldAtOnce
from portal.web.inputs import choices


class LocationForm(ToldAtOnce):
    """Its name and address, and who works there."""

    checks = FIELDS

    name = StringField(say("Name"), [InputRequired(say("This field is required."))])
    address = StringField(say("Address"))
    people = SelectMultipleField(say("Who works there"), coerce=int)

    def __init__(self, team, *args, **more):
        super().__init__(*args, **more)
        self.people.choices = choices([(row.id, row.user.name) for row in team])
