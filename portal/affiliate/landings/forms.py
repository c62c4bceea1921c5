"""The shape of a landing as people type it; the rules are the domain's."""

from wtforms import RadioField, StringField, URLField
from wtforms.validators import InputRequired

from portal.domain.affiliate.catalogs import landings
from portal.domain.offers.words import ADAPTABILITIES
from portal.domain.sentences import say
from portal.web.forms import ToldAtOnce
from portal.web.inputs import choices

_FITS = {"All": say("All devices"), "Desktop": say("Desktop only"), "Mobile": say("Mobile only")}


class LandingForm(ToldAtOnce):
    """A page of the merchant's."""

    checks = landings.FIELDS

    url = URLField(say("Address"), [InputRequired(say("This field is required."))])
    title = StringField(say("Title"))
    adaptability = RadioField(
        say("Made for"), choices=choices((word, _FITS[word]) for word in ADAPTABILITIES), default="All"
    )
    image_url = URLField(say("Picture"))

    def given(self) -> dict:
        """What was typed, as the domain takes it."""
        return {name: self[name].data for name in ("url", "title", "adaptability", "image_url")}
