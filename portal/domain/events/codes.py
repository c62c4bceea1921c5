"""Codes of what the event log refuses."""

from portal.domain.codes import Code

CURSOR_TOO_OLD = Code(
    "cursor_too_old",
    410,
    "What follows this cursor is not kept any more. Read whole lists anew, drop what is absent, and go on from the events that are kept.",
    "Read whole lists anew, then events without `after`.",
)
