"""What came back from an endpoint, as a completion or as an error of ours: one line, without the key."""

import re
from typing import Any

import httpx2
import openai

from extractor.errors import EndpointError, Unavailable
from extractor.llm.endpoint import Endpoint
from extractor.llm.endpoint_errors import is_about_length, is_about_mode, is_absent, is_no_money, one_line, said
from extractor.llm.replies import ModeRefused, completion_of
from extractor.llm.reply_modes import Renamed

RENAMED: Renamed = {"temperature": None, "max_tokens": "max_completion_tokens"}
"""Parameters that reasoning models refuse, and what they take instead."""

WEB_PAGE = re.compile(r"\s*<(!doctype|html|\?xml)", re.IGNORECASE)


def completion_in(response: httpx2.Response, endpoint: Endpoint) -> Any:
    """Raise `EndpointError` for what is no completion: some proxies send their errors with status 200."""
    try:
        completion = completion_of(response)
    except ValueError as error:
        raise Unavailable(
            f"the endpoint answered with something other than JSON: {kind(response, endpoint)}"
        ) from error
    if completion.choices and completion.choices[0].message:
        return completion
    body = completion.model_dump()
    told = line(endpoint, body.get("error") or body.get("message") or body.get("msg") or "")
    if is_no_money(response.status_code, body):
        raise Unavailable(f"the account at the endpoint is in arrears: {told}", lasting=True)
    raise EndpointError(f"the endpoint's reply holds no choices: {told}")


def kind(response: httpx2.Response, endpoint: Endpoint) -> str:
    if WEB_PAGE.match(response.text):
        return "with a web page. Is the base URL the right one?"
    return repr(line(endpoint, response.text)[:80])


def translated(error: openai.APIError, endpoint: Endpoint, *, first: bool) -> EndpointError:
    if isinstance(error, openai.APITimeoutError):
        if is_absent(error):
            return Unavailable(f"no connection within {endpoint.timeout:g} s")
        return EndpointError(f"no reply within {endpoint.timeout:g} s")
    if not isinstance(error, openai.APIStatusError):
        return Unavailable(f"cannot reach the endpoint: {line(endpoint, error.__cause__ or error)}")
    told = line(endpoint, said(error))
    if is_no_money(error.status_code, error.body):
        return Unavailable(f"the account at the endpoint is in arrears ({error.status_code}): {told}", lasting=True)
    if error.status_code in (401, 403):
        # a 403 may be about one document: providers refuse texts with it
        refused = Unavailable if error.status_code == 401 else EndpointError
        return refused(f"the endpoint refused the key ({error.status_code}): {told}")
    answered = f"the endpoint answered {error.status_code}: {told}"
    if is_absent(error):
        return Unavailable(answered)
    return ModeRefused(answered) if is_about_mode(error, endpoint.model, first=first) else EndpointError(answered)


def refused_parameter(error: openai.APIError, sent: dict[str, Any]) -> str | None:
    """The parameter that a request was refused for, if it is one that can be left out or renamed."""
    if not isinstance(error, (openai.BadRequestError, openai.UnprocessableEntityError)):
        return None
    words = said(error)
    if is_about_length(words):
        return None
    return next((name for name in RENAMED if name in sent and re.search(rf"\b{name}\b", words)), None)


def line(endpoint: Endpoint, text: Any) -> str:
    return one_line(endpoint.without_key(str(text)))
