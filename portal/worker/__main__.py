"""The job worker: `python -m portal.worker`."""

import os
import signal
import sys

from portal import config, database
from portal.domain import sealing
from portal.domain.mail import addresses, strangers
from portal.server import observed, start
from portal.worker import wake_on_events
from portal.worker.drains import DRAINS
from portal.worker.lanes import Lanes
from portal.worker.queue import drain_task, queue_for

_NICE = 10  # Background work yields to people who wait for a page.


def main() -> None:
    """Run until SIGTERM or Ctrl-C; what is being done is finished first."""
    # Until the queue listens for it.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(0))
    settings = config.load()
    observed.set_up_logging(settings.log_level)
    start.refuse_unsafe(settings)
    os.nice(_NICE)
    database.connect(settings)
    sealing.use_secret(settings.secret_key)
    addresses.use_public_url(settings.public_url)
    strangers.use_limit(settings.unasked_mail_limit)
    wake_on_events(settings)
    lanes = Lanes(DRAINS, settings)
    queue = queue_for(settings)
    drain_task(queue, lanes.wake)
    lanes.start()
    queue.create_consumer(workers=1, periodic=False, graceful_signal="TERM", max_delay=1.0).run()
    lanes.end()


if __name__ == "__main__":
    main()
