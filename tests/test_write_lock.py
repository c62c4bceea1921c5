"""One writer at a time, across threads and processes, and nobody waits for ever."""

import threading

import pytest

from portal.database import Busy
from portal.write_lock import WriteLock
from tests.support.starting import FORKS
from tests.support.waiting import PATIENCE_SECONDS

ROUNDS = 200


def count_up(lock_path: str, number_path: str) -> None:
    lock = WriteLock(lock_path)
    for _ in range(ROUNDS):
        with lock.held():
            with open(number_path) as file:
                number = int(file.read())
            with open(number_path, "w") as file:
                file.write(str(number + 1))


def hold(lock_path: str, begun, done) -> None:
    with WriteLock(lock_path).held():
        begun.set()
        done.wait(PATIENCE_SECONDS)


def test_no_two_processes_write_at_once(tmp_path):
    (tmp_path / "number").write_text("0")
    arguments = (str(tmp_path / "lock"), str(tmp_path / "number"))
    processes = [FORKS.Process(target=count_up, args=arguments) for _ in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert (tmp_path / "number").read_text() == str(3 * ROUNDS)


def test_no_two_threads_write_at_once(tmp_path):
    lock, inside, most = WriteLock(str(tmp_path / "lock")), [], []

    def work():
        for _ in range(ROUNDS):
            with lock.held():
                inside.append(1)
                most.append(len(inside))
                inside.pop()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert max(most) == 1


def test_a_wait_that_lasts_too_long_ends_in_words(tmp_path):
    begun, done = FORKS.Event(), FORKS.Event()
    holder = FORKS.Process(target=hold, args=(str(tmp_path / "lock"), begun, done))
    holder.start()
    assert begun.wait(PATIENCE_SECONDS)
    lock = WriteLock(str(tmp_path / "lock"))
    try:
        with pytest.raises(Busy, match="nothing was written"), lock.held(wait=0.05):
            pass
    finally:
        done.set()
        holder.join()
    with lock.held(wait=PATIENCE_SECONDS):
        pass


def test_a_process_that_dies_leaves_the_lock_free(tmp_path):
    begun, done = FORKS.Event(), FORKS.Event()
    holder = FORKS.Process(target=hold, args=(str(tmp_path / "lock"), begun, done))
    holder.start()
    assert begun.wait(PATIENCE_SECONDS)
    holder.kill()
    holder.join()
    with WriteLock(str(tmp_path / "lock")).held(wait=PATIENCE_SECONDS):
        pass


def test_a_failure_inside_frees_the_lock(tmp_path):
    lock = WriteLock(str(tmp_path / "lock"))
    with pytest.raises(RuntimeError), lock.held():
        raise RuntimeError
    with lock.held(wait=0.05):
        pass
