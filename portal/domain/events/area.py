"""What the event log adds to what the areas share."""

from portal.domain.areas import Area
from portal.domain.events import promises, tables
from portal.domain.events.codes import CURSOR_TOO_OLD

AREA = Area(
    tables=(tables.Event, tables.EventBatch, tables.Sequence),
    promises=promises.PROMISES,
    codes=(CURSOR_TOO_OLD,),
)
