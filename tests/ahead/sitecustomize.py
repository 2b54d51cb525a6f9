"""Loaded by every Python process while the suite runs with the date ahead (`.ci/run` puts this folder on PYTHONPATH).

libfaketime answers EINVAL to an absolute sleep on the true monotonic clock, which is how CPython 3.11 and later sleep.
Waiting for nothing in `select` is a relative sleep, which it leaves alone. Nothing else of time is touched here.
"""

import select
import time


def _sleep(seconds: float) -> None:
    select.select([], [], [], seconds)


time.sleep = _sleep
