"""What of the cards family is kept for a while."""

from portal.domain.cards.asking.tables import LASTS, AskedCard
from portal.domain.cards.imports import persons
from portal.domain.cards.imports.tables import TABLES
from portal.domain.importing import keeping
from portal.domain.keeping.ageing import Ended, Own


def _forget_imports(most: int) -> int:
    return keeping.forget_old(TABLES, most) or persons.forget_old(most)


KEEPING = (
    Own("files and rows of imports of customers", keeping.ROWS_LAST, _forget_imports),
    Ended("cards that somebody asked for and did not get", LASTS, AskedCard.at),
)
