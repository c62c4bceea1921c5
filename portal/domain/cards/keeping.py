"""What of the cards family is kept for a while."""

from portal.domain.cards.asking.tables import LASTS, AskedCard
from portal.domain.cards.imports import persons
from portal.domain.cards.imports.tables import TABLES
from portal.domain.cards.pushes import keeping as pushes
from portal.domain.cards.wallets import keeping as wallets
from portal.domain.importing import keeping
from portal.domain.keeping.ageing import Ended, Keeping, Own


def _forget_imports(most: int) -> int:
    return keeping.forget_old(TABLES, most) or persons.forget_old(most)


KEEPING: tuple[Keeping, ...] = (
    Own("files and rows of imports of customers", keeping.ROWS_LAST, _forget_imports),
    Ended("cards that somebody asked for and did not get", LASTS, AskedCard.at),
    *pushes.KEEPING,
    *wallets.KEEPING,
)
