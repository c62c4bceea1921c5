"""The shape of a listing as people type it; the rules are the domain's."""

from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField, URLField
from wtforms.validators import InputRequired, Optional

from portal.domain.coupons.batches import lists as batches
from portal.domain.feed import listings
from portal.domain.feed.tables import AT_CHECKOUT, AT_CLICK, COPY_PASTE, DYNAMIC, UNIQODO, FeedListing
from portal.domain.sentences import say
from portal.web.forms import ToldAtOnce
from portal.web.inputs import MomentField, choices

KINDS = {
    AT_CHECKOUT: say("No code: the price is already reduced"),
    COPY_PASTE: say("One code for everybody, shown at once"),
    AT_CLICK: say("One code for everybody, shown after a click"),
    DYNAMIC: say("A code of its own for each member, of a batch of your coupons"),
    UNIQODO: say("A code that Uniqodo gives out"),
}
_TYPED = (
    "title", "description", "terms", "leads_to", "image", "square_image", "age_restricted", "button_discount",
    "button_description", "code_type", "code", "starts_at", "ends_at",
)  # fmt: skip


class ListingForm(ToldAtOnce):
    """How an offer stands in the feed."""

    checks = listings.FIELDS

    leads_to = URLField(say("Where it leads"), [InputRequired(say("This field is required."))])
    title = StringField(say("Title"))
    description = TextAreaField(say("Description"))
    terms = TextAreaField(say("Terms"))
    button_discount = StringField(say("Discount on the button"))
    button_description = StringField(say("Text beside the button"))
    code_type = RadioField(say("Code"), choices=choices(KINDS.items()), default=AT_CHECKOUT)
    code = StringField(say("The code"))
    batch = SelectField(say("Batch of coupons"), [Optional()], coerce=lambda value: int(value) if value else None)
    image = URLField(say("Picture"))
    square_image = URLField(say("Square picture"))
    age_restricted = BooleanField(say("For adults alone"))
    starts_at = MomentField(say("From"), [Optional()])
    ends_at = MomentField(say("Until"), [Optional()])

    @classmethod
    def of(cls, partner_id: int, listing: FeedListing | None, batch_id: int | None) -> "ListingForm":
        """The form with what the listing has, and the partner's latest batches to draw codes from."""
        shown = {name: getattr(listing, name) for name in _TYPED} | {"batch": batch_id} if listing else None
        form = cls(data=shown)
        of_partner = [(str(row.id), row.name) for row in batches.page(partner_id).rows]
        is_older = batch_id is not None and str(batch_id) not in dict(of_partner)
        form.batch.choices = choices(
            [
                ("", say("Choose a batch")),
                *of_partner,
                *([(str(batch_id), say("The present batch"))] if is_older else []),
            ]
        )
        return form

    def given(self) -> dict:
        """What was typed, as the domain takes it."""
        return {name: self[name].data for name in _TYPED}
