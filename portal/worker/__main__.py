"""The job worker: `python -m portal.worker`."""

import os

from portal import config, database
from portal.domain import sealing
from portal.domain.mail import addresses
from portal.server import observed, start
from portal.worker import wake_on_events
from portal.worker.queue import drain_task, queue_for, schedule

_NICE = 10  # Background work yields to people who wait for a page.
_THREADS = 4  # Slow mail servers and pictures must not hold up deals.


def main() -> None:
    """Run until SIGTERM or Ctrl-C; what is being done is finished first."""
    settings = config.load()
    observed.set_up_logging(settings.log_level)
    start.refuse_unsafe(settings)
    os.nice(_NICE)
    database.connect(settings)
    sealing.use_secret(settings.secret_key)
    addresses.use_public_url(settings.public_url)
    wake_on_events(settings)
    queue = queue_for(settings)
    drain_task(queue, settings)
    schedule(queue, settings)
    queue.create_consumer(workers=_THREADS, graceful_signal="TERM", max_delay=1.0).run()


if __name__ == "__main__":
    main()
