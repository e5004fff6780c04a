"""One peer in a process of its own, asked line by line by run.py; says what `native serve` says.

    worker.py PEER FOLDER THREADS
"""

import importlib
import os
import sys
import time
from datetime import timedelta

import numpy as np


def main(name, folder, threads):
    # Before the peer is loaded: libraries read these when they are imported. They may use the cores of this process and no others.
    for variable in ("POLARS_MAX_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMEXPR_MAX_THREADS"):
        os.environ[variable] = str(threads)
    import cohort

    peer = importlib.import_module(name)
    data = peer.prepare(cohort.read(folder), threads)
    numbers = getattr(peer, "days_are_numbers", False)
    spans = flags = None

    def date(number):
        return number if numbers else cohort.EPOCH + timedelta(number)

    say("ready")
    for line in sys.stdin:
        what, *rest = line.split()
        if what == "keep":
            keep(peer, spans, flags, rest[0])
            say("kept")
            continue
        spans, flags = (None, flags) if what == "timelines" else (spans, None)  # the last answer is not held while the next is made
        begin, cpu_begin = time.perf_counter(), time.process_time()
        if what == "timelines":
            spans = found = peer.timelines(data)
        elif what == "on":
            found = peer.on(data, date(int(rest[0])))
            flags = [found]
        else:
            found = peer.months(data, date(int(rest[0])), int(rest[1]))
            flags = found
        took, cpu = time.perf_counter() - begin, time.process_time() - cpu_begin
        say(f"done {took:.9f} {cpu:.9f} {len(found[0]) if isinstance(found, tuple) else len(found)}")


def keep(peer, spans, flags, prefix):
    if spans is not None:
        for column, kind, values in zip(("person", "status", "from", "until"), ("i32", "u8", "i32", "i32"), peer.spans(spans)):
            np.asarray(values).astype({"i32": np.int32, "u8": np.uint8}[kind]).tofile(f"{prefix}{column}.{kind}")
    if flags is not None:
        columns = zip(*(peer.flags(found) for found in flags))  # for each status, date after date
        for status, of_dates in enumerate(columns):
            np.concatenate([np.asarray(c, dtype=np.uint8) for c in of_dates]).tofile(f"{prefix}flags{status}.u8")


def say(text):
    print(text, flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
