"""What is asked of a code: an event, a listing, a time, perhaps a reservation or a customer. It stands in the address."""

from flask import g
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField
from wtforms.validators import Optional

from portal import clock
from portal.coupons.local_times import local
from portal.domain.coupons.ticketed_events import shown
from portal.domain.coupons.ticketed_events.tables import TicketedEvent
from portal.domain.sentences import say
from portal.web.inputs import MomentField, choices

MOST_COMING, MOST_PAST = 60, 40


class QuestionForm(FlaskForm):
    """A question; nothing but the code and the event has to be there."""

    class Meta:
        csrf = False

    code = StringField(say("Code"))
    event = SelectField(say("Event"), validate_choice=False)
    listing = SelectField(say("Listing"), validate_choice=False)
    at = MomentField(say("When"), [Optional()])
    reservation = StringField(say("Reservation"), description=say("Its number. With it all steps are checked."))
    customer = StringField(
        say("Customer"), description=say("Mail address, phone or number. A reservation names its own.")
    )

    def offer(self, event: TicketedEvent | None) -> None:
        """Put the next and the latest events to choose from, and the one that is asked for, with its listings."""
        mine = TicketedEvent.select().where(TicketedEvent.partner == g.partner.id)
        starts, now = TicketedEvent.starts_at, clock.now()
        coming = list(mine.where(starts >= now).order_by(starts, TicketedEvent.id).limit(MOST_COMING))
        past = list(mine.where(starts < now).order_by(starts.desc(), TicketedEvent.id.desc()).limit(MOST_PAST))
        asked = [event] if event and event not in (*coming, *past) else []
        self.event.choices = choices(
            [("", say("Choose an event"))]
            + [(str(one.id), say("{event} – {begins}", event=one.name, begins=local(one.starts_at, one.timezone)))
               for one in (*asked, *coming, *past)]
        )  # fmt: skip
        rows = shown.listings(event) if event else []
        self.listing.choices = choices(
            (str(row.id), say("{number}: {levels}", number=row.id, levels=", ".join(names))) for row, names in rows
        )
