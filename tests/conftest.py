"""No test reaches anything but this machine: a request to any other address is an error, not a wait.

Property tests try the same texts each time; HYPOTHESIS_PROFILE=search lets them look for new ones.
"""

import os
import socket
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from tests.databases import postgres, where  # noqa: F401 - fixtures of several modules

settings.register_profile("repeatable", derandomize=True)
settings.register_profile("search", print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test over all recordings does not exist where there are none, rather than being skipped."""
    items[:] = [item for item in items if not has_no_cases(item)]


def has_no_cases(item: pytest.Item) -> bool:
    reasons = (str(mark.kwargs.get("reason", "")) for mark in item.iter_markers("skip"))
    return any(reason.startswith("got empty parameter set") for reason in reasons)


@pytest.fixture(autouse=True)
def no_configuration_of_the_users(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path_factory.mktemp("home")))


@pytest.fixture
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty working folder and an environment that says nothing about models."""
    monkeypatch.chdir(tmp_path)
    for name in list(os.environ):
        if name.startswith(("POLICY_TARGETS_", "OPENAI_")):
            monkeypatch.delenv(name)


@pytest.fixture(autouse=True)
def only_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in ("127.0.0.1", "::1", "localhost"):
            pytest.fail(f"a test tried to reach {address[0]}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
    for name in (
        "OPENAI_API_KEY",
        "OPENAI_BASE_URL",
        "POLICY_TARGETS_MODEL",
        "POLICY_TARGETS_BASE_URL",
        "POLICY_TARGETS_API_KEY",
    ):
        monkeypatch.delenv(name, raising=False)
