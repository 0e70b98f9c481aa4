"""The connections that a run's requests leave by.

They are aiohttp's: a request over httpx's own takes twice the time, and the more connections there are, the longer.
"""

import ssl
from functools import cache
from typing import Any
from urllib.request import getproxies, proxy_bypass

import aiohttp
import httpx2

KEPT = 5.0  # seconds that an idle connection is kept, as httpx does


class Network(httpx2.AsyncBaseTransport):
    """Keeps a connection open for each request that may be in flight. A response is whole when it is given."""

    def __init__(self, url: str | None) -> None:
        address = httpx2.URL(url or "https://api.openai.com")
        self._proxy = proxy_of(address)
        self._verify = trust() if address.scheme == "https" else True
        self._session: aiohttp.ClientSession | None = None

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        self._session = self._session or self._open()
        content = await request.aread()
        # the client has put user and password into a header
        url = request.url.copy_with(userinfo=b"") if request.url.userinfo else request.url
        try:
            async with self._session.request(
                request.method,
                str(url),
                headers=[(name.decode(), value.decode()) for name, value in request.headers.raw],
                data=content or None,
                allow_redirects=False,  # the client follows them
                timeout=patience(request.extensions.get("timeout", {})),
                proxy=self._proxy,
            ) as response:
                body = await response.read()
        except aiohttp.ConnectionTimeoutError as error:
            raise httpx2.ConnectTimeout(str(error), request=request) from error
        except TimeoutError as error:
            raise httpx2.ReadTimeout(str(error), request=request) from error
        except aiohttp.ClientError as error:
            raise httpx2.NetworkError(str(error), request=request) from error
        return httpx2.Response(response.status, headers=response.raw_headers, content=body, request=request)

    async def aclose(self) -> None:
        if self._session:
            await self._session.close()

    def _open(self) -> aiohttp.ClientSession:
        """Only a running loop can have one. Cookies and compression are the client's."""
        connector = aiohttp.TCPConnector(limit=0, keepalive_timeout=KEPT, ssl=self._verify)
        return aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar(), auto_decompress=False)


def patience(seconds: dict[str, Any]) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(sock_connect=seconds.get("connect"), sock_read=seconds.get("read"))


def proxy_of(address: httpx2.URL) -> str | None:
    """The proxy that the environment names, as the client would take it."""
    return None if proxy_bypass(address.host) else getproxies().get(address.scheme) or getproxies().get("all")


@cache
def trust() -> ssl.SSLContext:
    """Made once: it reads all of the system's certificates."""
    return httpx2.create_ssl_context()
