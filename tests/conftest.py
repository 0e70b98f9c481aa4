"""No test reaches anything but this machine: a request to any other address is an error, not a wait."""

import socket
from typing import Any

import pytest


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
