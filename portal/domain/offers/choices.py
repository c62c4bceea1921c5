"""What people choose from: catalogs, categories, and a code for a new catalog."""

import re
from typing import NamedTuple

from portal.database import Statement
from portal.domain.offers.tables import Catalog, Category
from portal.domain.typed.texts import mended, tidy

_MOST = 500


class _Choice(NamedTuple):
    short_code: str
    title: str


# Read with every page of the list of deals, where building the text took longer than all else.
_CATALOGS = Statement(
    f"""SELECT short_code, title FROM catalog WHERE partner_id = :partner AND archived_at IS NULL
    ORDER BY title LIMIT {_MOST}""",
    row=_Choice,
)


def catalogs(partner_id: int) -> list[tuple[str, str]]:
    """(short code, title) of the merchant's catalogs, by title, for a filter; archived ones are left out."""
    return [(one.short_code, one.title) for one in _CATALOGS.rows(partner=partner_id)]


def page_of_categories(before: int, most: int) -> list[Category]:
    """So many categories below the id `before`, newest first."""
    return list(Category.select().where(Category.id < before).order_by(Category.id.desc()).limit(most))


def categories() -> list[str]:
    """The names of the categories of this installation."""
    return [category.name for category in Category.select(Category.name).order_by(Category.name)]


def suggested_code(partner_id: int, title: str) -> str:
    """A free catalog_code made from a title: its words joined by dashes, a number added where it is taken."""
    stem = re.sub(r"\W+", "-", tidy(title).lower()).strip("-")[:60] or "catalog"
    own = Catalog.select(Catalog.code_key).where(Catalog.partner == partner_id)
    taken = {catalog.code_key for catalog in own.where(Catalog.code_key.startswith(mended(stem)))}
    if mended(stem) not in taken:
        return stem
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return next(code for code in numbered if mended(code) not in taken)
