"""The shape of what people say about a mailing of codes."""

from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired

from portal.coupons.coupon_fields import REQUIRED
from portal.domain.coupons.batches.tables import CouponBatch
from portal.domain.coupons.coupons.tables import CouponTag
from portal.domain.coupons.mailings.addresses import MOST
from portal.domain.coupons.mailings.mailings import FIELDS, Free, Source, free
from portal.domain.errors import Invalid
from portal.domain.mail.words import LONGEST_TEXT
from portal.domain.sentences import counted, say
from portal.web.forms import ToldAtOnce
from portal.web.inputs import choices

_MOST_SOURCES = 30  # of each kind; the newest


class MailingForm(ToldAtOnce):
    """To whom which codes go, and what is said with them."""

    checks = FIELDS

    name = StringField(say("Name"), [InputRequired(REQUIRED)], description=say("For you alone, such as “Press”."))
    source = SelectField(say("Codes"), [InputRequired(REQUIRED)], validate_choice=False)
    addresses = TextAreaField(
        say("Mail addresses"), [InputRequired(REQUIRED)],
        description=say("One a line, {most} at most. An address that stands twice gets one code.", most=f"{MOST:,}"),
    )  # fmt: skip
    message = TextAreaField(
        say("Message"),
        description=say("Stands below the code, as yours: {most} letters at most, without links.", most=LONGEST_TEXT),
    )

    def offer(self, partner_id: int) -> None:
        """Put the partner's newest batches and tags to choose from, with how many codes each has left."""
        batches = CouponBatch.select().where(CouponBatch.partner == partner_id).order_by(CouponBatch.id.desc())
        tags = CouponTag.select().where(CouponTag.partner == partner_id).order_by(CouponTag.id.desc())
        found = [(Source("batch", one.id), one.name) for one in batches.limit(_MOST_SOURCES)]
        found += [(Source("tag", one.id), say("Tag {name}", name=one.name)) for one in tags.limit(_MOST_SOURCES)]
        self.sources = {f"{source.kind}-{source.id}": source for source, _ in found}
        self.source.choices = choices(
            (f"{source.kind}-{source.id}", _offered(name, free(partner_id, source))) for source, name in found
        )

    def chosen(self) -> Source:
        """Where the codes come from. Raises Invalid for what was not offered."""
        if self.source.data not in self.sources:
            raise Invalid("source", say("Choose one of the list."))
        return self.sources[self.source.data]


def _offered(name: str, found: Free) -> str:
    codes = found.codes
    if codes and not found.assigned:
        name = say("{name} (assigned to nothing yet)", name=name)
    if not found.is_all:
        return say("{name}: at least {codes} codes can be mailed", name=name, codes=f"{codes:,}")
    return counted(codes, "{name}: 1 code can be mailed", "{name}: {number} codes can be mailed", name=name)
