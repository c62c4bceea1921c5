"""The affiliate pages' name for what is said of addresses of lists."""

from portal.addresses import place_asked, row_id, with_arguments

__all__ = ["place_asked", "row_id", "with_arguments"]
