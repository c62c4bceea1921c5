"""The shape of members' terms as people type them; the rules are the domain's."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, IntegerField, RadioField, SelectField, StringField, TextAreaField, URLField
from wtforms.validators import InputRequired, Optional

from portal.domain.errors import DomainError, Invalid
from portal.domain.member_offers.terms import fields
from portal.domain.member_offers.terms.fields import ACTIVATION_TEXTS, READ_MORE
from portal.domain.member_offers.terms.tables import MemberTerms
from portal.domain.member_offers.words import REGULAR, SCOPES, STANDARD, TIMESPANS, TYPES
from portal.domain.members.tables import Segment
from portal.domain.offers import offers
from portal.domain.offers.offers import MOST_IMAGES
from portal.domain.offers.tables import Offer
from portal.domain.sentences import say
from portal.member_offers.member_terms import wording
from portal.web.forms import ToldAtOnce, take_errors
from portal.web.inputs import MomentField, NamesField, choices
from portal.web.picture_lists import PicturesField

_AS_THEY_ARE = (
    "scope", "type", "external_url", "usable_since", "usable_until", "active_seconds", "needs_authorization",
    "member_limit", "period", "period_limit", "global_limit", "stores", "tags",
)  # fmt: skip
_TEXTS = {"read_more": READ_MORE, "activation_texts": ACTIVATION_TEXTS}
_BESIDE = {"read_more": "read_more_url", "activation_texts": "activation_texts_modal"}


def _beside(form: FlaskForm, error: DomainError) -> None:
    """What `tried` takes: texts stand in several fields."""
    if isinstance(error, Invalid):
        errors = [(_BESIDE.get(field, field), sentence) for field, sentence in error.errors]
        error = Invalid(*errors[0], errors)
    take_errors(form, error)


class TermsForm(ToldAtOnce):
    """What members get of an offer."""

    checks = {**offers.FIELDS, **fields.FIELDS}
    take = staticmethod(_beside)

    scope = RadioField(say("What it is for"), choices=choices(SCOPES.items()), default=STANDARD)
    type = RadioField(say("Who may use it"), choices=choices(TYPES.items()), default=REGULAR)
    audience = SelectField(say("Who sees it"), [Optional()], coerce=lambda value: int(value) if value else None)
    member_limit = IntegerField(say("Uses of one member"), [Optional()])
    period_limit = IntegerField(say("Uses of one member within a period"), [Optional()])
    period = SelectField(
        say("Period"),
        [Optional()],
        choices=choices([("", say("No period")), *TIMESPANS.items()]),
        coerce=lambda value: value or None,
    )
    global_limit = IntegerField(say("Uses of all members"), [Optional()])
    usable_since = MomentField(say("From"), [Optional()])
    usable_until = MomentField(say("Until"), [Optional()])
    active_seconds = SelectField(
        say("How long a use is shown"), [Optional()], coerce=lambda value: int(value) if value else None
    )
    needs_authorization = BooleanField(say("Only with a code of the counter"))
    stores = NamesField(say("Stores"))
    tags = NamesField(say("Tags"))
    images = PicturesField(say("Pictures"), most=MOST_IMAGES)
    external_url = URLField(say("Link"))
    activation_texts_modal = TextAreaField(say("What is asked before a use"))
    activation_texts_button = StringField(say("Words on the button"))
    activation_texts_description = TextAreaField(say("What is said beside the button"))
    read_more_title = StringField(say("Title of more to read"))
    read_more_text = TextAreaField(say("More to read"))
    read_more_button_title = StringField(say("Words on the button for more"))
    read_more_url = URLField(say("Where more is to read"))

    @classmethod
    def of(cls, partner_id: int, terms: MemberTerms | None, offer: Offer | None = None) -> "TermsForm":
        """The form with what the terms have, or the offer where there are none, and the partner's segments to choose from."""
        form = cls(data=cls.shown(terms) if terms else {"images": offer and _urls(offer)})
        segments = Segment.select(Segment.id, Segment.name).where(Segment.partner == partner_id).order_by(Segment.name)
        named = [(str(segment.id), segment.name) for segment in segments]
        form.audience.choices = choices([("", say("Everybody")), *named])
        form.active_seconds.choices = choices(wording.durations(partner_id, terms))
        return form

    @classmethod
    def shown(cls, terms: MemberTerms) -> dict:
        """What the fields show of the terms."""
        texts = {
            f"{field}_{name}": (getattr(terms, field) or {}).get(name)
            for field, names in _TEXTS.items()
            for name in names
        }
        named = {name: getattr(terms, name) for name in _AS_THEY_ARE}
        return named | texts | {"audience": terms.audience_id, "images": _urls(terms.offer)}

    def typed(self) -> dict:
        """With its texts, each in fields of its own."""
        return super().typed() | self._texts()

    def _texts(self) -> dict:
        return {field: {name: self[f"{field}_{name}"].data for name in names} for field, names in _TEXTS.items()}

    def given(self) -> dict:
        """What was typed, as the domain takes it."""
        return {name: self[name].data for name in (*_AS_THEY_ARE, "audience", "images")} | self._texts()


class OfferForm(TermsForm):
    """An offer, and what members get of it."""

    name = StringField(say("Name"), [InputRequired(say("This field is required."))])
    description = TextAreaField(say("Description"))

    @classmethod
    def shown(cls, terms: MemberTerms) -> dict:
        """What the fields show of the offer and its terms."""
        return super().shown(terms) | {"name": terms.offer.name, "description": terms.offer.description}

    def given(self) -> dict:
        """What was typed, as the domain takes it."""
        return super().given() | {"name": self.name.data, "description": self.description.data}


def _urls(offer: Offer) -> list[str]:
    return [image["url"] for image in offer.images]
