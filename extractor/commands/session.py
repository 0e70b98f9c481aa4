"""One run from its opening to its end, for `extract`: the store, the engine, and what every request passes."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractor.commands.engine import endpoint_of, make_engine
from extractor.errors import SettingsError
from extractor.llm.prices import price_of
from extractor.llm.redaction import without_secrets
from extractor.runs.budget import read_budget
from extractor.runs.documents import Documents
from extractor.runs.gate import Gate
from extractor.runs.making import by_engine, by_rules
from extractor.runs.outage import Outage
from extractor.runs.outcomes import Wanted
from extractor.runs.tally import Tally
from extractor.settings import Settings

if TYPE_CHECKING:
    import httpx2

    from extractor.commands.batches import Batches
    from extractor.llm.client import Endpoint
    from extractor.runs.keeping import StoredRun
    from extractor.runs.reviewed import Reviewed
    from extractor.store import Store
    from extractor.teaching.nearness import Lessons

STORE = "policy-targets.db"


@dataclass(frozen=True, slots=True)
class Options:
    """What only `extract` is told."""

    out: Path | None = None
    record: Path | None = None
    replay: Path | None = None
    refresh: bool = False
    batch: bool = False
    examples: bool = True


@dataclass(slots=True)
class Session:
    documents: Documents
    gate: Gate
    tally: Tally
    stored: "StoredRun | None"
    batch: "Batches | None" = None


def store_of(settings: Settings, options: Options) -> str | None:
    """A model's replies are kept unasked: they were paid for. Rules and recordings cost nothing to repeat."""
    unasked = STORE if settings.chosen == "model" and options.replay is None else None
    return settings.store or unasked


@asynccontextmanager
async def open_session(
    paths: Sequence[str], settings: Settings, options: Options, store: "Store | None" = None
) -> AsyncIterator[Session]:
    """`store` is one that is open already; else the one that the settings name is."""
    if settings.chosen == "offline":
        refuse_model_options(options)
    else:
        endpoint_of(settings, needs_key=options.replay is None)  # what is wrong is told before a store is made
    price = price_of(settings.model, settings.prices)
    budget = read_budget(settings.budget, price, settings.model)
    where = store or store_of(settings, options)
    wanted = Wanted(line=options.out is None or where is not None, page=options.out is not None)
    async with AsyncExitStack() as stack:
        lessons = lessons_for(where, settings, options)
        stored = await begin(stack, where, paths, settings, options, lessons)
        spent = stored.spent() if stored else (0, 0)
        tally, gate = Tally(price, paid_before=sum(spent)), Gate(budget, spent)
        outage = Outage(gate)
        batch = await open_batches(stack, settings, options, gate, tally, stored)

        def wrap(endpoint: "Endpoint") -> "httpx2.AsyncBaseTransport":
            return transport(endpoint, settings, options, gate, tally, outage, stored, batch)

        if settings.chosen == "offline":
            make = await stack.enter_async_context(by_rules(wanted, settings.jobs, settings.timeout_per_file))
        else:
            through = None if options.replay else wrap
            engine = make_engine(settings, options.record, options.replay, through, lessons, outage.given_up)
            make = by_engine(await stack.enter_async_context(engine), wanted, price, settings.timeout_per_file)
        decisions = decisions_of(stack, stored)
        yield Session(Documents(make, stored, options.out, gate, tally, decisions), gate, tally, stored, batch)


async def open_batches(
    stack: AsyncExitStack, settings: Settings, options: Options, gate: Gate, tally: Tally, stored: "StoredRun | None"
) -> "Batches | None":
    if not options.batch or settings.chosen == "offline":
        return None
    from extractor.commands.batches import open_batches as opened

    assert stored is not None, "a run with a model has a store"
    return await stack.enter_async_context(opened(endpoint_of(settings), settings.batch_poll, gate, tally, stored))


def decisions_of(stack: AsyncExitStack, stored: "StoredRun | None") -> "Reviewed | None":
    """Of the run's own store; where it has none, of the one that reviewers use unasked in this folder."""
    if stored is None and not Path(STORE).is_file():
        return None
    from extractor.runs.reviewed import Reviewed, reviewed_in

    return Reviewed(stored.store, kept=True) if stored else stack.enter_context(reviewed_in(Path(STORE)))


def refuse_model_options(options: Options) -> None:
    if options.record or options.replay:
        raise SettingsError("--record and --replay need a model: name it with --model")
    if options.batch or options.refresh:
        raise SettingsError("--batch and --refresh need a model: name it with --model")


def lessons_for(where: "str | Store | None", settings: Settings, options: Options) -> "Lessons | None":
    if settings.chosen == "offline" or where is None or not options.examples:
        return None
    from extractor.commands.examples import stored_lessons

    return stored_lessons(where)


async def begin(
    stack: AsyncExitStack,
    where: "str | Store | None",
    paths: Sequence[str],
    settings: Settings,
    options: Options,
    lessons: "Lessons | None",
) -> "StoredRun | None":
    if where is None:
        return None
    from extractor.runs.keeping import run_in, stored_run

    plan = plan_of(paths, settings, options, lessons)
    return await stack.enter_async_context(stored_run(where, plan) if isinstance(where, str) else run_in(where, plan))


def plan_of(paths: Sequence[str], settings: Settings, options: Options, lessons: "Lessons | None") -> Any:
    """Two commands are the same one if nothing differs that a result may hang on; where it goes does not matter."""
    from extractor.runs.keeping import key_of
    from extractor.store.runs import Plan
    from prompts import run_digest

    model = settings.chosen == "model"
    base_url = without_secrets(settings.base_url) if model and settings.base_url else None
    prompt = run_digest(lessons.digest if lessons else None) if model else None
    key = key_of(
        paths=list(paths),
        engine=settings.chosen,
        model=settings.model if model else None,
        base_url=base_url,
        prompt=prompt,
        mode=settings.mode,
        max_tokens=settings.max_tokens,
        reasks=settings.reasks,
        max_chars=settings.max_chars,
        refresh=options.refresh,
        batch=options.batch,
        replay=str(options.replay),
        **({"encoding": settings.encoding} if settings.encoding else {}),
        **settings.asked_otherwise,
    )
    return Plan(key, settings.chosen, settings.model if model else None, base_url, prompt, tuple(paths))


def transport(
    endpoint: "Endpoint",
    settings: Settings,
    options: Options,
    gate: Gate,
    tally: Tally,
    outage: Outage,
    stored: "StoredRun | None",
    batch: "Batches | None",
) -> "httpx2.AsyncBaseTransport":
    from extractor.runs.cached import Cached
    from extractor.runs.network import Network
    from extractor.runs.pace import Limits, Pace
    from extractor.runs.sending import Sender

    assert stored is not None, "a run with a model has a store"
    pace = Pace(Limits(settings.requests_per_minute, settings.tokens_per_minute))
    sender = Sender(gate, pace, tally, Network(endpoint.base_url))
    to = batch.collector if batch else sender
    answered = outage.answered
    return Cached(stored.store, stored.id, to, tally, answered, key=endpoint.api_key, refresh=options.refresh)
