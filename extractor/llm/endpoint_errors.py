"""What an endpoint's error means: to be sent again, after which pause, in another mode, never again, and its words."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx2
import openai
from tenacity import RetryCallState, wait_exponential_jitter

from extractor.errors import PolicyTargetsError

LONGEST_PAUSE = 60  # seconds, whatever Retry-After asks for

_ABOUT_MODE = re.compile(
    r"tool|function.?call|response.?format|json.?(schema|object)|structured|not.{0,20}support|unsupported|unrecogni",
    re.IGNORECASE,
)
_ABOUT_LENGTH = re.compile(r"context.?(length|window|size)|too long|too many tokens", re.IGNORECASE)
_NO_MONEY = re.compile(
    r"insufficient.{0,3}(quota|balance|funds?|credits?)|balance.{0,20}insufficient|credit balance is too low"
    r"|billing.?hard.?limit|arrear|account.?overdue|overdue.?(payment|balance)|欠费|余额不足|余额不够",
    re.IGNORECASE,
)
_backoff = wait_exponential_jitter(initial=1, max=30, jitter=1)


def own_cause(error: BaseException | None) -> PolicyTargetsError | None:
    """An error of ours that a transport raised under openai (a `ReplayMiss`), else `None`."""
    while error is not None and not isinstance(error, PolicyTargetsError):
        error = error.__cause__
    return error


def is_transient(error: BaseException) -> bool:
    """Whether the same request may succeed later: the network, a busy or failing server, not a refusal."""
    if isinstance(error, openai.APIConnectionError):
        return own_cause(error) is None
    if not isinstance(error, openai.APIStatusError) or is_no_money(error.status_code, error.body):
        return False
    if error.status_code in (408, 409, 429):
        return True
    return error.status_code >= 500 and error.status_code != 501


def is_absent(error: openai.APIError) -> bool:
    """Whether nobody answers at the address: no connection, a proxy that has nobody behind it, one that only refuses."""
    if isinstance(error, openai.APITimeoutError):
        return isinstance(error.__cause__, httpx2.ConnectTimeout)
    if isinstance(error, openai.APIStatusError):
        return error.status_code in (429, 502, 503)  # a 504 may be about one long reply
    return isinstance(error, openai.APIConnectionError)


def is_no_money(status: int, body: Any) -> bool:
    """Whether the account is in arrears, as providers say it: with a code or in words, mostly as a 429, which it is not."""
    return status == 402 or (status in (200, 400, 401, 403, 429) and bool(_NO_MONEY.search(error_words(body))))


def error_words(body: Any) -> str:
    """Code, kind and message of an error; of what has another form only the head: it may quote what was sent."""
    error = body.get("error", body) if isinstance(body, dict) else body
    if not isinstance(error, dict):
        return str(error)[:300]
    return " ".join(str(error.get(name) or "")[:300] for name in ("code", "type", "message", "msg"))


def is_about_mode(error: openai.APIStatusError, model: str, *, first: bool) -> bool:
    """Whether another reply mode may be taken. A bare 400 or 500 says so only where no request was taken before (`first`)."""
    words = said(error).replace(model, "")
    if is_about_length(words):
        return False
    if _ABOUT_MODE.search(words):
        # llama.cpp answers 500 where it was started without tools
        return error.status_code in (400, 404, 422, 500, 501)
    return error.status_code in (400, 500, 501) and first


def is_about_length(words: str) -> bool:
    return _ABOUT_LENGTH.search(words) is not None


def said(error: openai.APIError) -> str:
    """The endpoint's own words."""
    body = error.body
    if isinstance(body, dict):
        return str(body.get("message") or body.get("detail") or body.get("msg") or body)
    return str(body or error.message)


def one_line(text: Any) -> str:
    """At most 300 characters without line breaks, for stderr."""
    line = " ".join(str(text).split())
    return line if len(line) <= 300 else line[:300] + "…"


def pause(state: RetryCallState) -> float:
    """Seconds before the next try: what Retry-After asks for within bounds, else growing with jitter."""
    error = state.outcome.exception() if state.outcome else None
    asked = retry_after(error.response.headers.get("retry-after")) if isinstance(error, openai.APIStatusError) else None
    return _backoff(state) if asked is None else min(max(asked, 0), LONGEST_PAUSE)


def retry_after(header: str | None) -> float | None:
    """Seconds, from either form of the header."""
    if not header:
        return None
    try:
        return float(header)
    except ValueError:
        pass
    try:
        return (parsedate_to_datetime(header) - datetime.now(UTC)).total_seconds()
    except (ValueError, TypeError):  # TypeError: a date without its zone
        return None
