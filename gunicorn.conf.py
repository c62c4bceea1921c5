"""How the web server runs. Every number comes from the settings (portal/config.py)."""

from portal.config import load
from portal.server import listening, start

settings = load()  # A module named config would be taken for the server's setting of that name.

wsgi_app = "portal:create_app()"
bind = [f"[{settings.host}]:{settings.port}" if ":" in settings.host else f"{settings.host}:{settings.port}"]
workers = settings.web_processes
threads = settings.web_threads
worker_class = "portal.server.listening.PatientWorker"
reuse_port = True  # Without it, connections that are kept alive gather on one worker.
keepalive = 30
timeout = 60
graceful_timeout = 20
limit_request_line = 8190
limit_request_fields = 60
limit_request_field_size = 16_380
forwarder_headers = ""  # Nobody but this file says under which path the portal stands.
control_socket_disable = True
sendfile = False  # It would pass by the pace that a client has to keep.
accesslog = None  # The portal logs each request itself, as JSON and without secrets.
logconfig_dict = start.log_config(settings.log_level)


def on_starting(server):
    """Refuse to serve from a database that would lose answered writes, is behind the code, or holds the demo."""
    start.refuse_unsafe(settings)


def post_worker_init(worker):
    """A client that stalls in the middle of a request, or of its answer, gives its thread back."""
    listening.end_stalls(worker.sockets)
