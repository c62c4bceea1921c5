"""The states of an import, and of its rows."""

MAPPING, READING, CHECKING, CHECKED, APPLYING = "mapping", "reading", "checking", "checked", "applying"
DONE, CANCELED = "done", "canceled"
UNDOING, UNDONE = "undoing", "undone"
NEW, CHANGED, SAME, BAD, FAILED = "new", "changed", "same", "bad", "failed"  # of a row
