"""Our errors.

PolicyTargetsError
├── SourceError            a file that cannot be read as text: named with its reason, the others go on
├── OutputError            a result that cannot be written: the run ends, for the next one could not be either
├── SettingsError          usage or configuration: exit code 2
├── PromptError            a prompt file that is missing or malformed
├── StoreError             the store cannot be opened, read or written
├── ReviewError            a decision about a record that cannot be taken
│   ├── StaleRecord        somebody saved the record since it was read
│   ├── WrongValues        values that the codebook does not allow, by field
│   ├── Unknown            no such document or record
│   └── WorkbookError      a spreadsheet that cannot be read, or must not be
├── RunStopped             no further request is sent: the budget is reached, or the user said stop
├── AwaitsBatch            the request waits for a batch job's answer
├── ReplayMiss             a request that was never recorded, with a diff against the nearest recording
└── ModelError             the model gave no usable reply for one chunk
    ├── EndpointError      the endpoint refused or could not be reached
    │   └── Unavailable    no request is answered now: nobody is there, the key is refused, the account is in arrears
    └── ReplyInvalid       the reply did not validate after the re-asks
"""

from collections.abc import Mapping


class PolicyTargetsError(Exception):
    """Everything that the command line prints as one line."""


class SourceError(PolicyTargetsError):
    def __init__(self, source: str, reason: str) -> None:
        super().__init__(f"{source}: {reason}")
        self.source = source
        self.reason = reason

    def __reduce__(self) -> tuple[type["SourceError"], tuple[str, str]]:
        return type(self), (self.source, self.reason)  # it crosses from one process to another


class OutputError(PolicyTargetsError):
    def __init__(self, where: object, error: OSError) -> None:
        super().__init__(f"{where}: cannot be written: {(error.strerror or str(error)).lower()}")


class SettingsError(PolicyTargetsError):
    pass


class PromptError(PolicyTargetsError):
    pass


class StoreError(PolicyTargetsError):
    pass


class ReviewError(PolicyTargetsError):
    pass


class StaleRecord(ReviewError):
    def __init__(self, record: str, *, seen: int, standing: int) -> None:
        super().__init__(f"{record}: it was saved since (version {seen} was read, {standing} stands)")
        self.record = record
        self.seen = seen
        self.standing = standing


class WrongValues(ReviewError):
    """`problems` says what is wrong, by field."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__("; ".join(f"{field}: {problem}" for field, problem in problems.items()))
        self.problems = problems


class Unknown(ReviewError):
    pass


class WorkbookError(ReviewError):
    pass


class RunStopped(PolicyTargetsError):
    pass


class AwaitsBatch(PolicyTargetsError):
    pass


class ReplayMiss(PolicyTargetsError):
    pass


class ModelError(PolicyTargetsError):
    pass


class EndpointError(ModelError):
    pass


class Unavailable(EndpointError):
    """`lasting` where waiting does not help: the next request would meet the same."""

    def __init__(self, reason: str, *, lasting: bool = False) -> None:
        super().__init__(reason)
        self.lasting = lasting


class ReplyInvalid(ModelError):
    """Keeps what the model said last and what was wrong with it, so that the caller can save the good part.

    `calls`, `retries` and the tokens are what it cost all the same.
    """

    def __init__(
        self,
        reason: str,
        *,
        last_reply: str = "",
        problems: tuple[str, ...] = (),
        truncated: bool = False,
        calls: int = 0,
        retries: int = 0,
        prompt_tokens: int = 0,
        completion_tokens: int = 0,
    ) -> None:
        super().__init__(reason)
        self.last_reply = last_reply
        self.problems = problems
        self.truncated = truncated
        self.calls = calls
        self.retries = retries
        self.prompt_tokens = prompt_tokens
        self.completion_tokens = completion_tokens
