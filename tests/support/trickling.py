"""Clients that go on sending, a byte now and then."""

import threading
from contextlib import contextmanager

PAUSE_SECONDS = 0.3


@contextmanager
def trickling(clients, byte: bytes):
    """Each of these connections sends the byte again and again, until what is inside has ended."""
    stop = threading.Event()

    def trickle():
        while not stop.wait(PAUSE_SECONDS):
            for client in clients:
                client.sendall(byte)

    thread = threading.Thread(target=trickle)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
