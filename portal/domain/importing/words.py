"""The states of an import, and of its rows."""

MAPPING, READING, CHECKING, CHECKED, APPLYING = "mapping", "reading", "checking", "checked", "applying"
DONE, CANCELED = "done", "canceled"
UNDOING, UNDONE = "undoing", "undone"
NEW, CHANGED, SAME, BAD, FAILED, STAYED = "new", "changed", "same", "bad", "failed", "stayed"  # of a row
