"""Pictures as they are served and looked through."""

from typing import NamedTuple

from portal.database import Statement
from portal.domain.pictures.tables import Picture
from portal.domain.sentences import say
from portal.domain.values import Wrong

PAGE = 24


class Served(NamedTuple):
    """What a browser gets of a picture."""

    body: bytes
    content_type: str


_SERVED = Statement(
    'SELECT body, content_type FROM picture WHERE "key" = :key AND content_type IS NOT NULL', row=Served
)
_IS_HERE = Statement('SELECT id FROM picture WHERE "key" = :key AND content_type IS NOT NULL')


def is_here(key: str) -> bool:
    """Whether the picture was uploaded or fetched."""
    return _IS_HERE.value(key=key) is not None


def is_own(partner_id: int, key: str | None) -> bool:
    """Whether the picture is one of the partner's that are here."""
    its = (Picture.key == key, Picture.partner == partner_id, Picture.content_type.is_null(False))
    return bool(key) and Picture.select().where(*its).exists()


def own(partner_id: int, key: str | None) -> str | None:
    """The key of one of the partner's pictures; None for none. Raises Wrong for anything else."""
    if key and not is_own(partner_id, key):
        raise Wrong(say("Choose a file, or give the address of one of your pictures here."))
    return key or None


def served(key: str) -> Served | None:
    """A picture that is here, or None."""
    return _SERVED.row(key=key)


def page(partner_id: int, before: int | None = None) -> tuple[list[Picture], int | None]:
    """Up to 24 of the partner's pictures that are here, newest first, and the id to go on before; without their bytes."""
    columns = (Picture.id, Picture.key, Picture.source_url, Picture.width, Picture.height, Picture.created_at)
    query = Picture.select(*columns).where(Picture.partner == partner_id, Picture.content_type.is_null(False))
    if before is not None:
        query = query.where(Picture.id < before)
    rows = list(query.order_by(Picture.id.desc()).limit(PAGE + 1))
    return rows[:PAGE], rows[PAGE - 1].id if len(rows) > PAGE else None
