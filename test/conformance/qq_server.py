"""Runs `qq`, the program named by the first argument, again and again, and imports its modules once.

Each run is a process of its own, forked from this one. A line of standard input asks for one, as JSON: `args`, `cwd`,
`env`, and the files `stdin`, `stdout` and `stderr`. When it has ended, a line of standard output holds its exit status,
negative for a signal.
"""

import json
import os
import runpy
import sys
import time

import qumulo.lib.qq  # noqa: F401 - what takes most of a run's time


def become(run: dict) -> None:
    """Turns this process into that of a run."""
    os.chdir(run["cwd"])
    os.environ.clear()
    os.environ.update(run["env"])
    time.tzset()
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    os.dup2(os.open(run["stdin"], os.O_RDONLY), 0)
    os.dup2(os.open(run["stdout"], flags), 1)
    os.dup2(os.open(run["stderr"], flags), 2)
    # The old one may hold further lines.
    sys.stdin = open(0, encoding="utf-8", errors="surrogateescape")
    sys.argv[1:] = run["args"]


program = sys.argv[1]
while line := sys.stdin.buffer.readline():
    child = os.fork()
    if child == 0:
        sys.argv[:] = [program]
        become(json.loads(line))
        break
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
else:
    sys.exit()

runpy.run_path(program, run_name="__main__")
