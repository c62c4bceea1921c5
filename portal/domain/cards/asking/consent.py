"""What somebody agrees to who gets a card by a form: the sentence beside the box, and the template's terms below it."""

from portal.domain.cards.templates.tables import CardTemplate
from portal.domain.errors import Invalid
from portal.domain.sentences import Sentence, say


def sentence(template: CardTemplate) -> Sentence:
    """What stands beside the box."""
    return say(
        "I agree that {partner} keeps what I give here, runs my card with it, and writes to me about the card.",
        partner=template.partner.name,
    )


def text(template: CardTemplate) -> str:
    """All of it, in the language that is read: what is kept."""
    terms = template.texts.get("terms")
    return "\n\n".join(filter(None, (sentence(template).said(), terms)))


def refuse_without(agreed: bool) -> None:
    """Raises Invalid for who has not agreed."""
    if not agreed:
        raise Invalid("consent", say("Without it no card can be kept for you. Tick the box to get one."))
