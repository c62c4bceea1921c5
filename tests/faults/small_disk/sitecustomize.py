"""A server whose PYTHONPATH has this folder keeps its SQLite files on a disk that is full while FULL_DISK exists."""

import os

from peewee import sqlite3

_connect = sqlite3.connect


class OnSmallDisk(sqlite3.Connection):
    """The size it has is the most it may have while the disk is full."""

    def cursor(self, *arguments):
        """A cursor, after a look at the disk."""
        cursor = super().cursor(*arguments)
        pages = 1 if os.path.exists(os.environ["FULL_DISK"]) else 1_000_000
        cursor.execute(f"PRAGMA max_page_count = {pages}")
        return cursor


def connect(*arguments, **options):
    """As the driver connects."""
    return _connect(*arguments, factory=OnSmallDisk, **options)


sqlite3.connect = connect
