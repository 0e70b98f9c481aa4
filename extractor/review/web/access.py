"""Who may come in, who they are, and that a change was asked for on our own pages."""

from dataclasses import dataclass

from fastapi import APIRouter, FastAPI, Request

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Setup:
    """How the application is reached and by whom. Without `token` it answers on loopback alone.

    `reviewer` is the name that decisions are signed with until somebody gives another.
    """

    reviewer: str
    token: str | None = None
    hosts: tuple[str, ...] = ("127.0.0.1", "localhost", "::1")


def protect(app: FastAPI, setup: Setup) -> None:
    """Guard every address of the application."""


def reviewer_of(request: Request) -> str:
    """The name that this visitor's decisions are signed with."""
    return str(request.app.state.setup.reviewer)


def csrf_token(request: Request) -> str:
    """The token that forms of this visitor carry as `csrf`, and requests of scripts as the header `X-CSRF-Token`."""
    return str(id(request.app))


async def checked_csrf(request: Request) -> None:
    """Declared by every route that changes something: 403 without the visitor's token."""
