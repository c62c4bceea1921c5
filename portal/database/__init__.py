"""The database as everybody uses it: the engine, the base of every table, the one way to write, and prebuilt statements."""

from portal.database.connections import AWAY, LOST, drop_connection, mend_connection, rest_connection
from portal.database.engines import connect, refuse_unsafe_engine
from portal.database.migrations import MIGRATIONS, applied_migrations, migrate, pending_migrations, rebuild
from portal.database.statements import Row, Statement
from portal.database.tables import BaseModel, InstantField, JsonField, database
from portal.database.together import Together
from portal.database.transactions import after_commit, savepoint, snapshot, transaction
from portal.write_lock import Busy

__all__ = [
    "AWAY", "LOST", "MIGRATIONS", "BaseModel", "Busy", "InstantField", "JsonField", "Row", "Statement", "Together", "after_commit",
    "applied_migrations", "connect", "database", "drop_connection", "mend_connection", "migrate", "pending_migrations",
    "rebuild", "refuse_unsafe_engine", "rest_connection", "savepoint", "snapshot", "transaction",
]  # fmt: skip
