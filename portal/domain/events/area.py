"""What the event log adds to what the areas share."""

from portal.domain.areas import Area
from portal.domain.events import promises, tables

AREA = Area(
    tables=(tables.Event, tables.EventBatch, tables.Sequence),
    promises=promises.PROMISES,
)
