"""Who is at work on a store: what a dead process left open may be taken over at once, what a living one holds not."""

import os
import socket
import time
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex

from sqlalchemy import Connection

from extractor.store.statements import sql

BEAT = 15  # seconds between signs of life
FORGOTTEN = 7 * 86_400  # seconds after which the row of a process that was killed is dropped
SILENT = 90  # seconds after which a process on another machine counts as dead


@dataclass(frozen=True, slots=True)
class Worker:
    """A process. `born` tells it from a later one with the same number."""

    id: str
    host: str
    pid: int
    born: str


def this_worker() -> Worker:
    return Worker(token_hex(8), socket.gethostname(), os.getpid(), born(os.getpid()))


def born(pid: int) -> str:
    """When a process started, in ticks since the machine did; empty where the system does not tell."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text("utf8")
    except OSError:
        return ""
    return stat.rpartition(")")[2].split()[19]


def sign_in(connection: Connection, worker: Worker) -> None:
    connection.execute(sql("DELETE FROM workers WHERE seen < :long_ago"), {"long_ago": time.time() - FORGOTTEN})
    values = {"id": worker.id, "host": worker.host, "pid": worker.pid, "born": worker.born, "seen": time.time()}
    connection.execute(
        sql("INSERT INTO workers (id, host, pid, born, seen) VALUES (:id, :host, :pid, :born, :seen)"), values
    )


def beat(connection: Connection, worker: Worker) -> None:
    connection.execute(sql("UPDATE workers SET seen = :seen WHERE id = :id"), {"id": worker.id, "seen": time.time()})


def sign_out(connection: Connection, worker: Worker) -> None:
    connection.execute(sql("DELETE FROM claims WHERE worker = :id"), {"id": worker.id})
    connection.execute(sql("DELETE FROM workers WHERE id = :id"), {"id": worker.id})


def is_alive(connection: Connection, worker: str) -> bool:
    row = connection.execute(sql("SELECT host, pid, born, seen FROM workers WHERE id = :id"), {"id": worker}).first()
    if row is None or time.time() - row.seen > SILENT:
        return False
    return row.host != socket.gethostname() or process_lives(row.pid, row.born)


def process_lives(pid: int, since: str) -> bool:
    if os.name == "nt":  # there, signal 0 is Ctrl-C; `seen` has to do
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return born(pid) == since
