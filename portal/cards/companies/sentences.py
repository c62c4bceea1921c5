"""What pages say of companies, as whole sentences."""

from portal.domain.cards.companies.figures import Figures
from portal.domain.cards.companies.limits import Use
from portal.domain.sentences import Sentence, counted, say


def nothing(is_filtered: bool, is_test: bool, has_tariffs: bool) -> tuple:
    """The empty list: its icon, title and text."""
    if is_filtered:
        return "search", say("No company fits"), say("Try fewer words, or another state.")
    if is_test:
        text = say("Companies are made by the live partner, and each has a test mode of its own.")
        return "flask-conical", say("No companies in test mode"), text
    if not has_tariffs:
        text = say(
            "A company is a sub-account with cards, customers and people of its own. Begin with what you sell: a tariff."
        )
        return "building-2", say("No companies yet"), text
    text = say("A company is a sub-account with cards, customers and people of its own, on one of your tariffs.")
    return "building-2", say("No companies yet"), text


def lost(figures: Figures) -> list[Sentence]:
    """What ends when a company is deleted."""
    return [
        counted(
            figures.people,
            "1 person can no longer work for it; who works for nobody else is signed out.",
            "{number} people can no longer work for it; who works for nobody else is signed out.",
        ),
        counted(figures.tokens, "1 API token ends.", "{number} API tokens end."),
        counted(
            figures.customers,
            "1 customer is kept, and nobody sees them any more.",
            "{number} customers are kept, and nobody sees them any more.",
        ),
        say("Its mail address stays taken. It cannot be brought back."),
    ]


def is_full(use: Use) -> bool:
    """Whether there is no room for one more."""
    return use.present >= use.allowed
