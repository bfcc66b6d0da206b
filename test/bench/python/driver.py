"""Runs code that arrives on stdin, one JSON string a line, in one namespace, and answers each
with a JSON object in a line: what it printed, or its error in words."""

import contextlib
import io
import json
import sys
import time


def timed(work):
    """Prints how many milliseconds the work took, and the note that it returned."""
    start = time.perf_counter()
    note = work()
    milliseconds = (time.perf_counter() - start) * 1000
    print(milliseconds, "" if note is None else note)


namespace = {"timed": timed}
for line in sys.stdin:
    printed = io.StringIO()
    try:
        with contextlib.redirect_stdout(printed):
            exec(json.loads(line), namespace)
        answer = {"printed": printed.getvalue()}
    except Exception as error:
        answer = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps(answer), flush=True)
