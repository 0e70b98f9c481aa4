# ruff: noqa: PTH110, PTH112, PTH113, PTH114, PTH118, PTH119, PTH120, PTH122, PTH208
# os.path answers False where pathlib raises (closed parents, overlong names, links in a loop) and keeps names as typed
"""Command-line arguments to files: folders, patterns that the shell left alone, standard input.

Only names are held, never contents: of the files already seen, one hash each.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from functools import lru_cache
from glob import has_magic
from itertools import count
from pathlib import PurePath

from extractor.errors import SourceError

SUFFIXES = (".txt", ".md", ".html", ".htm")
STDIN = "-"

Pattern = tuple[str, ...]  # the parts of a path of which the first is a pattern


@dataclass(frozen=True, slots=True)
class Entry:
    """A file to read: `path` opens it, `name` is what the user sees, `stem` where its output goes."""

    path: str
    name: str
    stem: str


def find(paths: Sequence[str]) -> Iterator[Entry | SourceError]:
    """Give each file that the arguments name once, in their order, a folder's own files before its subfolders'.

    No two entries have the same stem: two that would, keep their suffixes; if that is not enough, their folders.
    """
    shared = shared_stems(paths)
    seen: set[int] = set()
    taken: set[int] = set()
    real_folder = lru_cache(maxsize=64)(os.path.realpath)
    for given in dict.fromkeys(paths):
        for entry in expand(given):
            if isinstance(entry, SourceError):
                yield entry
                continue
            key = hash(entry.path if entry.path == STDIN else real(entry.path, real_folder))
            if key not in seen:
                seen.add(key)
                yield replace(entry, stem=free_stem(entry, shared, taken))


def real(path: str, real_folder: Callable[[str], str]) -> str:
    """Where a file really lies. Its folder is looked up once for all of its files."""
    folder, name = os.path.split(path)
    return os.path.realpath(path) if os.path.islink(path) else os.path.join(real_folder(folder), name)


def expand(given: str) -> Iterator[Entry | SourceError]:
    """Give what one argument names. A file that does not exist is given too: opening it tells why it cannot be read."""
    if given == STDIN:
        yield Entry(STDIN, STDIN, "stdin")
    elif os.path.isdir(given):
        yield from some(walk(given), given, f"a folder with nothing to read in it ({' '.join(SUFFIXES)})")
    elif has_magic(given) and not os.path.lexists(given):
        folder, pattern = split_pattern(given)
        matches = walk(folder, pattern) if os.path.isdir(folder or ".") else iter(())
        yield from some(matches, given, f"the pattern matches nothing to read ({' '.join(SUFFIXES)})")
    else:
        yield Entry(given, spelled(given), bare(os.path.basename(spelled(given))))


def some(entries: Iterator[Entry | SourceError], given: str, otherwise: str) -> Iterator[Entry | SourceError]:
    empty = True
    for entry in entries:
        empty = False
        yield entry
    if empty:
        yield SourceError(spelled(given), otherwise)


def split_pattern(given: str) -> tuple[str, Pattern]:
    """Part `plans/**/2024*.txt` into the folder that it starts from and the parts that are patterns."""
    parts = PurePath(given).parts
    fixed = next(index for index, part in enumerate(parts) if has_magic(part))
    return os.path.join("", *parts[:fixed]), parts[fixed:]


def walk(root: str, pattern: Pattern = ()) -> Iterator[Entry | SourceError]:
    """Give the files below `root`, hidden ones left out. Links are followed, but no folder is entered twice."""
    pending = [""]
    entered: set[str] = set()
    while pending:
        below = pending.pop()
        here = os.path.join(root, below) if below else root or "."
        real = os.path.realpath(here)
        if real in entered:
            continue
        entered.add(real)
        try:
            names = sorted(name for name in os.listdir(here) if not name.startswith("."))
        except OSError as error:
            yield unreadable(spelled(here), error)
            continue
        inner = [os.path.join(below, name) for name in names if os.path.isdir(os.path.join(here, name))]
        pending += [folder for folder in reversed(inner) if fits(PurePath(folder).parts, pattern, begun=True)]
        yield from files_in(root, below, names, pattern)


def files_in(root: str, below: str, names: list[str], pattern: Pattern) -> Iterator[Entry]:
    ours = [name for name in names if is_wanted(os.path.join(root, below, name), pattern)]
    ours = [name for name in ours if fits((*PurePath(below).parts, name), pattern)]
    stems = Counter(bare(name).casefold() for name in ours)
    for name in ours:
        path = os.path.join(root, below, name)
        stem = bare(name) if stems[bare(name).casefold()] == 1 else name
        yield Entry(path, spelled(path), spelled(os.path.join(below, stem)))


def is_wanted(path: str, pattern: Pattern) -> bool:
    """Tell whether a folder's file is read: by its suffix, or when the pattern spells it (`*.csv`)."""
    suffix = os.path.splitext(path)[1]
    spelt = bool(suffix) and bool(pattern) and pattern[-1].endswith(suffix)
    if not spelt and suffix.lower() not in SUFFIXES:
        return False
    # a link to nothing is an error to tell, a pipe is left alone
    return os.path.isfile(path) or not os.path.exists(path)


def fits(parts: Pattern, pattern: Pattern, *, begun: bool = False) -> bool:
    """Match a path as a shell would; what is below a matching folder matches too.

    `begun` asks whether something below the path could still match.
    """
    if not pattern:
        return True
    if not parts:
        return begun or all(part == "**" for part in pattern)
    if pattern[0] == "**":
        return any(fits(parts[skip:], pattern[1:], begun=begun) for skip in range(len(parts) + 1))
    return fnmatchcase(parts[0], pattern[0]) and fits(parts[1:], pattern[1:], begun=begun)


def shared_stems(paths: Sequence[str]) -> frozenset[str]:
    """Give the stems, with and without suffix, that more than one file named on the command line would have."""
    files = {os.path.realpath(path): path for path in paths if os.path.isfile(path)}
    names = [os.path.basename(path).casefold() for path in files.values()]
    stems = Counter(stem for name in names for stem in {name, bare(name)})
    return frozenset(stem for stem, times in stems.items() if times > 1)


def free_stem(entry: Entry, shared: frozenset[str], taken: set[int]) -> str:
    for stem in possible_stems(entry):
        key = hash(stem.casefold())  # A.json and a.json are one file on some disks
        if key not in taken and stem.casefold() not in shared:
            taken.add(key)
            return stem
    raise AssertionError("the numbers have no end")


def possible_stems(entry: Entry) -> Iterator[str]:
    yield entry.stem
    typed = "/".join(part for part in PurePath(entry.name).parts if part not in ("..", os.sep))
    yield os.path.join(os.path.dirname(entry.stem), os.path.basename(entry.name))
    yield bare(typed)
    yield typed
    yield from (f"{entry.stem}-{number}" for number in count(2))


def bare(name: str) -> str:
    """Leave out a suffix that we know; in 2024.3月计划 the point parts no suffix."""
    stem, suffix = os.path.splitext(name)
    return stem if suffix.lower() in SUFFIXES else name


def spelled(path: str) -> str:
    """Make a file name printable: those out of old archives are often in GBK."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return os.fsencode(path).decode("gb18030", "replace")
    return path


def unreadable(name: str, error: OSError) -> SourceError:
    missing = isinstance(error, FileNotFoundError | NotADirectoryError)
    reason = "no such file or folder" if missing else f"cannot be read: {(error.strerror or str(error)).lower()}"
    failure = SourceError(name, reason)
    failure.__cause__ = error.with_traceback(None)  # a kept error must not keep the frames, which hold bytes
    return failure
