"""SQLite, and a real PostgreSQL where one can be started: `where` gives a new store's address on each."""

import os
import pwd
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from extractor.store.opening import database_url


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of our own on 127.0.0.1, with a password that the tests can look for."""
    initdb = shutil.which("initdb") or next(map(str, Path("/usr/lib/postgresql").glob("*/bin/initdb")), None)
    if initdb is None:
        pytest.skip("there is no PostgreSQL here: initdb was not found")
    if os.geteuid() == 0 and "postgres" not in {entry.pw_name for entry in pwd.getpwall()}:
        pytest.skip("PostgreSQL refuses to be run by root, and there is no user postgres")
    folder = tmp_path_factory.mktemp("postgres")
    user: dict[str, Any] = {}
    if os.geteuid() == 0:  # the server refuses to be run by root
        user = {"user": "postgres"}
        subprocess.run(["chown", "-R", "postgres", folder], check=True)
        for parent in folder.parents[:3]:  # with several workers there is a folder more
            if parent.owner() == "root" and parent.stat().st_mode & 0o777 == 0o700:
                parent.chmod(0o755)
    bin_folder = Path(initdb).resolve().parent
    quiet: dict[str, Any] = {"capture_output": True, "cwd": folder} | user
    secret = folder / "secret"
    secret.write_text("pw-very-secret\n")
    secret.chmod(0o644)
    data = folder / "data"
    subprocess.run(
        [bin_folder / "initdb", "-D", data, "-U", "me", "-A", "password", "--pwfile", secret], check=True, **quiet
    )
    port = free_port()
    settings = f"-c listen_addresses=127.0.0.1 -p {port} -c unix_socket_directories= -c fsync=off"
    subprocess.run(
        [bin_folder / "pg_ctl", "-D", data, "-w", "-l", data / "log", "-o", settings, "start"], check=True, **quiet
    )
    try:
        yield f"postgresql://me:pw-very-secret@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run([bin_folder / "pg_ctl", "-D", data, "-m", "immediate", "stop"], check=True, **quiet)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return str(tmp_path / "store.db")
    url: str = request.getfixturevalue("postgres")
    engine = create_engine(database_url(url))
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()
    return url
