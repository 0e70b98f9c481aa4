"""`review export`, `review import`, `review gold`: the reviewers' work in files."""

from collections.abc import Sequence
from pathlib import Path

from extractor.commands.review import open_desk, user_name
from extractor.commands.talk import DONE, WITH_ERRORS, give, plain, say
from extractor.errors import SettingsError, Unknown
from extractor.review.desk import Desk
from extractor.review.gold import TEXTS, free_stem, golden
from extractor.review.workbook.exporting import export
from extractor.review.workbook.guarding import MOST_BYTES
from extractor.review.workbook.importing import Imported, imported
from extractor.review.workbook.reading import Refused
from extractor.settings import Settings
from extractor.store.summaries import Wanted

SUFFIX = ".xlsx"
EVERY = 1_000  # documents after which a long export gives a sign of life


def exported(settings: Settings, file: Path, documents: Sequence[str], search: str | None, *, overwrite: bool) -> int:
    """A file that is there may hold a reviewer's work."""
    if file.suffix.lower() != SUFFIX:
        raise SettingsError(f"{file}: the name of a spreadsheet ends in {SUFFIX}")
    if file.exists() and not overwrite:
        raise SettingsError(f"{file} is there already, perhaps with decisions in it; --overwrite replaces it")
    with open_desk(settings) as desk:
        desk.refresh()
        chosen = wanted(desk, documents, search)
        if not chosen:
            raise Unknown("no document of the store is meant")
        counted = export(desk, chosen, file, told=sign_of_life)
    rows = ", ".join(f"{number:,} {tab}" for tab, number in counted.items()) or "nothing"
    say(f"{file}: {len(chosen):,} documents, {rows}")
    if file.stat().st_size > MOST_BYTES:
        say(f"{file} is too large to be imported: export fewer documents at once, with --search or --document")
    return DONE


def wanted(desk: Desk, names: Sequence[str], search: str | None) -> Sequence[str]:
    if not names:
        return desk.documents(Wanted(search=search))
    found: dict[str, None] = {}
    for name in names:
        documents = desk.named(name)
        if not documents:
            raise Unknown(f"no document {name}")
        found |= dict.fromkeys(documents)
    return list(found)


def sign_of_life(documents: int) -> None:
    if documents % EVERY == 0:
        say(f"{documents:,} documents are written")


def taken_in(settings: Settings, file: Path, reviewer: str | None, *, dry_run: bool) -> int:
    """Changes go to stdout, what is refused to stderr. Exit code 1 where anything was."""
    counted = Imported()
    with open_desk(settings) as desk:
        for line in imported(desk, file, reviewer or user_name(), counted, dry_run=dry_run):
            if isinstance(line, Refused):
                say(plain(f"{line.address}: {line.reason}"))
            else:
                give(plain(f"{line.address} {line.what}"))
    say(summary(counted, dry_run=dry_run))
    return WITH_ERRORS if counted.refused else DONE


def summary(counted: Imported, *, dry_run: bool) -> str:
    done = "would be saved" if dry_run else "saved"
    before = f", {counted.before:,} already saved" if counted.before else ""
    refused = f", {counted.refused:,} refused" if counted.refused else ""
    return f"{counted.rows:,} rows: {counted.saved:,} {done}{before}{refused}, the others unchanged"


def gold(settings: Settings, folder: Path, *, partly: bool) -> int:
    """Write every reviewed document that `evaluate` can take as gold; say what was left out, and what is not exact."""
    written, left, half, anew = 0, 0, 0, 0
    taken: set[str] = set()
    with open_desk(settings) as desk:
        for document in desk.taught():
            found = golden(document.raw, document.extraction, partly=partly)
            if found is None:
                left += 1
                continue
            found.write(folder, free_stem(found.source, document.document, taken))
            written, half, anew = written + 1, half + bool(found.open), anew + (not found.exact)
    if half:
        say(f"{half:,} documents have records that nobody reviewed: they are marked doubtful and not scored")
    if left:
        why = (
            "nothing of them is decided any more"
            if partly
            else "not every record of them is reviewed (--partly takes them)"
        )
        say(f"{left:,} reviewed documents are left out: {why}")
    if anew:
        say(
            f"{anew:,} texts are not the files they were read from (pages): score extractions of {folder / TEXTS}/ on them"
        )
    say(f"{folder}: {written:,} documents; policy-targets evaluate OUT {folder} --seeds {folder / TEXTS}")
    return DONE
