"""`review`: the pages and the JSON interface over one store; `review log`: what was decided, line by line."""

import getpass
import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING

from extractor.commands.runs import opened as store_of
from extractor.commands.talk import DONE, give, plain, say
from extractor.errors import SettingsError
from extractor.review.desk import Desk
from extractor.settings import Settings
from extractor.store import Store, open_store, results
from schemas.correction import Change, Correction

if TYPE_CHECKING:
    from fastapi import FastAPI

    from extractor.review.web.setup import Setup

MUCH = 200  # documents after which it is told that the index is being made
NOBODY = "reviewer"
PATIENCE = 3  # seconds that open connections have at the end


@dataclass(frozen=True, slots=True)
class Door:
    """Where visitors knock."""

    host: str
    port: int
    reviewer: str | None = None
    browser: bool = False


def serve(settings: Settings, door: Door) -> int:
    """Serve until Ctrl-C."""
    setup = setup_of(settings, door)
    if setup.token is None and not is_loopback(door.host):
        raise SettingsError(
            f"{door.host} can be reached from other machines: set POLICY_TARGETS_TOKEN (or --token) for their visitors"
        )
    from extractor.review.web import make_app

    with open_desk(settings) as desk:
        desk.refresh(told=index_is_made)
        app = make_app(desk, setup)
        with listening(door) as sockets:
            address = address_of(door.host, sockets[0])
            say(f"reviewers are welcome at {address} (Ctrl-C ends it)")
            if door.browser:
                import webbrowser

                webbrowser.open(address)
            with suppress(KeyboardInterrupt):
                answer(app, sockets)
    return DONE


@contextmanager
def open_desk(settings: Settings) -> Iterator[Desk]:
    with open_store(store_of(settings), create=False) as store:
        yield Desk(store)


def index_is_made(documents: int) -> None:
    if documents >= MUCH:
        say(f"the index of documents is made: {documents:,}")


def is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def setup_of(settings: Settings, door: Door) -> "Setup":
    from extractor.review.web.access import as_name
    from extractor.review.web.setup import LOOPBACK, Setup

    token = settings.token.get_secret_value().strip() if settings.token else None
    if token == "":
        raise SettingsError("the token is empty: POLICY_TARGETS_TOKEN and --token are a secret, or are left out")
    reviewer = as_name(door.reviewer or user_name()) or NOBODY
    return Setup(reviewer, token, hosts=(*LOOPBACK, door.host.lower()), settings=settings)


def user_name() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a container may run us under a number that has no name
        return NOBODY


@contextmanager
def listening(door: Door) -> Iterator[list[socket.socket]]:
    """Sockets of our own: with them the address is known, and answers, before the server takes over."""
    try:
        family, *_, address = socket.getaddrinfo(door.host, door.port, type=socket.SOCK_STREAM)[0]
        listener = socket.create_server(address[:2], family=family, backlog=128)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise SettingsError(f"cannot listen at {door.host}, port {door.port}: {reason}; see --port") from error
    # those that it accepts inherit it; without it each answer of two pieces waits 40 ms for the first to be acknowledged
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    with listener:
        yield [listener]


def address_of(host: str, listener: socket.socket) -> str:
    port = listener.getsockname()[1]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def answer(app: "FastAPI", sockets: list[socket.socket]) -> None:
    import uvicorn

    config = uvicorn.Config(
        app,
        lifespan="off",
        ws="none",
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=PATIENCE,
    )
    uvicorn.Server(config).run(sockets)


def log(settings: Settings, document: str | None, *, as_json: bool) -> int:
    with open_store(store_of(settings), create=False) as store:
        for correction in Desk(store).log():
            source = source_of(store, correction)
            if document is not None and document not in (correction.document, source):
                continue
            if as_json:
                line = {"source": source} | correction.model_dump(mode="json")
                give(json.dumps(line, ensure_ascii=False))
            else:
                give(plain(as_line(correction, source)))
    return DONE


def source_of(store: Store, correction: Correction) -> str | None:
    return store.read(lambda connection: results.source_of_result(connection, correction.result))


def as_line(correction: Correction, source: str | None) -> str:
    where = source or correction.document
    changes = "; ".join(map(change_of, correction.changes))
    why = f" ({correction.reason})" if correction.reason else ""
    return f"{correction.at} {correction.reviewer} {where} {correction.record} {correction.action}: {changes}{why}"


def change_of(change: Change) -> str:
    before, after = (json.dumps(value, ensure_ascii=False) for value in (change.before, change.after))
    return f"{change.field} {before} → {after}"
