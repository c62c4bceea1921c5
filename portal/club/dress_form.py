"""The shape of a club's look; the rules are the domain's."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, ColorField, StringField, URLField
from wtforms.validators import Optional

from portal.domain.sentences import say


class DressForm(FlaskForm):
    """Name, logo and colour, the colour on dark by itself unless it is chosen."""

    club_name = StringField(say("Name of the club"), [Optional()])
    club_logo = URLField(say("Logo of the club"), [Optional()])
    club_colour = ColorField(say("Colour on light pages"))
    by_itself = BooleanField(say("Find the colour on dark pages for me"))
    club_dark = ColorField(say("Colour on dark pages"))
