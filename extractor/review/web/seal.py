"""What the application knows a visitor by: the token, the signature of the cookie, the tokens in forms."""

import hmac
from hashlib import scrypt, sha256
from secrets import token_hex

SALT = b"policy-targets: cookies"
ROUNDS = 2**14  # of scrypt: who has a cookie has to spend 16 MB on each token that they try on it


class Seal:
    """The secret is made from the token, so that logins outlive a restart; without one it is new at each start."""

    def __init__(self, token: str | None) -> None:
        self._token = None if token is None else digest(token.encode())
        secret = token_hex(32) if token is None else scrypt(token.encode(), salt=SALT, n=ROUNDS, r=8, p=1).hex()
        self.cookies = signed(secret, "cookies")
        self._forms = signed(secret, "forms")

    def opens(self, given: bytes) -> bool:
        """Whether this is the token; it takes the same time whatever is given."""
        return self._token is not None and hmac.compare_digest(digest(given), self._token)

    def form_token(self, visit: str) -> str:
        """What the forms of one visit carry. It is not kept: pages that are opened side by side cannot differ in it."""
        return signed(self._forms, visit)

    def is_form_token(self, given: str, visit: str) -> bool:
        return hmac.compare_digest(given.encode(errors="replace"), self.form_token(visit).encode())


def digest(data: bytes) -> bytes:
    return sha256(data).digest()


def signed(secret: str, what: str) -> str:
    return hmac.new(secret.encode(), what.encode(), sha256).hexdigest()
