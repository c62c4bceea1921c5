"""Files take long to send, so they have threads of their own: none that pages wait for is held by one."""

import threading

AT_ONCE = 2  # of a process
OF_PAGES = "pages"  # what threads are called that serve everybody


def may_send() -> bool:
    """Whether this thread may be held by a file. A request behind another one on its connection comes to a thread of the pages."""
    return not threading.current_thread().name.startswith(OF_PAGES)
