"""Pictures as they are served and looked through."""

from portal.database import Statement
from portal.domain.pictures.tables import Picture

PAGE = 24
_SERVED = Statement('SELECT body, content_type FROM picture WHERE "key" = ? AND content_type IS NOT NULL')
_IS_HERE = Statement('SELECT 1 FROM picture WHERE "key" = ? AND content_type IS NOT NULL')


def is_here(key: str) -> bool:
    """Whether the picture was uploaded or fetched."""
    return _IS_HERE.row(key) is not None


def served(key: str) -> tuple[bytes, str] | None:
    """The bytes and type of a picture that is here, or None."""
    row = _SERVED.row(key)
    return row and (bytes(row[0]), row[1])


def page(partner_id: int, before: int | None = None) -> tuple[list[Picture], int | None]:
    """Up to 24 of the partner's pictures that are here, newest first, and the id to go on before; without their bytes."""
    columns = (Picture.id, Picture.key, Picture.source_url, Picture.width, Picture.height, Picture.created_at)
    query = Picture.select(*columns).where(Picture.partner == partner_id, Picture.content_type.is_null(False))
    if before is not None:
        query = query.where(Picture.id < before)
    rows = list(query.order_by(Picture.id.desc()).limit(PAGE + 1))
    return rows[:PAGE], rows[PAGE - 1].id if len(rows) > PAGE else None
