"""What people say of an assignment: fields that forms share. The rules are the domain's."""

from flask import g
from wtforms import BooleanField, DateField, IntegerField, RadioField, SelectMultipleField
from wtforms.validators import Optional

from portal import clock
from portal.coupons.coupon_fields import Needed
from portal.domain.coupons.assignments.assigning import CHECKS, Terms
from portal.domain.coupons.ticketed_events.tables import PriceLevel, TicketedEvent
from portal.domain.errors import Invalid
from portal.domain.sentences import say
from portal.web.addresses import row_id
from portal.web.chosen import of_choice
from portal.web.forms import ToldAtOnce
from portal.web.inputs import choices

LATER, NOW = "later", "now"
MOST_EVENTS = 30  # that are offered; those that come next


class TermFields(ToldAtOnce):
    """What the coupons are for, when, and how often."""

    checks = {name: CHECKS[name] for name in ("limit", "ticket_limit")}

    scope = RadioField(
        say("Assign them"),
        choices=choices(
            [(LATER, say("Later; until then they are good for nothing")), (NOW, say("Now, for what is chosen here"))]
        ),
        default=LATER,
    )
    events = SelectMultipleField(
        say("Events"),
        coerce=row_id,
        validate_choice=False,
        description=say("None chosen: every event, past and to come."),
    )
    levels = SelectMultipleField(say("Price levels"), coerce=row_id, validate_choice=False)
    start = of_choice(DateField, say("From"), "scope", NOW, [Optional(), Needed()])
    end = of_choice(
        DateField, say("To"), "scope", NOW, [Optional(), Needed()], description=say("That day counts, too.")
    )
    limit = of_choice(IntegerField, say("Uses"), "scope", NOW, [Optional(), Needed()], default=1)
    is_shared = BooleanField(
        say("All codes together have this many uses"), description=say("Off: each code has as many.")
    )
    ticket_limit = of_choice(
        IntegerField, say("Tickets for one use"), "scope", NOW, [Optional()], description=say("Empty: any number.")
    )

    def offer(self, partner_id: int) -> None:
        """Put the partner's next events and their price levels to choose from."""
        upcoming = TicketedEvent.select().where(
            TicketedEvent.partner == partner_id, TicketedEvent.starts_at >= clock.now()
        )
        events = list(upcoming.order_by(TicketedEvent.starts_at, TicketedEvent.id).limit(MOST_EVENTS))
        named = {event.id: event.name for event in events}
        levels = PriceLevel.select().where(PriceLevel.event.in_(list(named))).order_by(PriceLevel.event, PriceLevel.id)
        self.events.choices = choices(named.items())
        self.levels.choices = choices(
            (level.id, say("{event}: {level}", event=named[level.event_id], level=level.name)) for level in levels
        )

    def terms(self) -> Terms | None:
        """What was said; None where they are assigned later. Raises Invalid where what was said would be dropped."""
        events, levels = self.events.data or (), self.levels.data or ()
        is_narrowed = bool(events or levels)
        if self.scope.data == LATER:
            if is_narrowed or self.is_shared.data:
                raise Invalid("scope", say("You chose more of it below. Assign them now, or leave the rest empty."))
            return None
        return Terms(
            start=str(self.start.data or ""), end=str(self.end.data or ""), limit=self.limit.data or 0,
            is_shared=self.is_shared.data, timezone=g.partner.time_zone, ticket_limit=self.ticket_limit.data,
            is_everywhere=not is_narrowed, event_ids=events, price_level_ids=levels,
        )  # fmt: skip
