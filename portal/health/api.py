"""Probes for a process manager or a proxy. They say nothing about the installation that a stranger could use."""

from flask import Response

from portal.database import LOST, database, mend_connection, pending_migrations


def live() -> Response:
    """The process answers."""
    return Response("ok\n", mimetype="text/plain")


def ready() -> Response:
    """The database answers and its schema is this code's; 503 with the reason otherwise."""
    try:
        database.execute_sql("SELECT 1")
        behind = pending_migrations()
    except LOST:
        mend_connection()
        return Response("the database does not answer\n", 503, mimetype="text/plain")
    if behind:
        return Response("the database waits for migrations\n", 503, mimetype="text/plain")
    return Response("ok\n", mimetype="text/plain")
