"""The states of an import, and of its rows."""

MAPPING, READING, CHECKING, CHECKED, APPLYING = "mapping", "reading", "checking", "checked", "applying"
DONE, CANCELED = "done", "canceled"
BAD, FAILED = "bad", "failed"  # of a row
