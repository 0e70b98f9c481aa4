"""The checks that hold the records, and the text itself, against the text. The tuple is their documentation."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from extractor.checks.breakdowns import breakdown_adds_up, classes_add_up
from extractor.checks.contradictions import records_agree, statements_agree
from extractor.checks.cues import status_follows_the_words
from extractor.checks.damage import characters_are_whole
from extractor.checks.dates import dates_in_the_text_exist, dates_of_the_records_exist
from extractor.checks.grounding import figure_is_in_text, quote_is_in_text
from extractor.checks.holes import figure_is_not_missing
from extractor.checks.ledger import figure_has_one_record, figure_is_explained, figure_is_not_cut_off
from extractor.checks.lists import list_adds_up_to_its_total, list_is_as_long_as_its_heading
from extractor.checks.lost_years import years_are_whole
from extractor.checks.material import Material
from extractor.checks.periods import (
    deadline_follows_its_words,
    limit_in_the_text_is_ahead,
    period_follows_the_year_named,
    target_ends_after_publication,
)
from extractor.checks.rates import rate_of_a_stated_whole, rate_of_deeds
from extractor.checks.results import result_is_not_ahead, year_is_known
from extractor.checks.scales import units_fit_their_neighbours
from extractor.checks.shares import share_fits_its_part
from extractor.checks.sums import (
    members_make_their_total,
    parts_make_their_whole,
    total_closes_its_list,
    year_fits_its_total,
)
from extractor.checks.tables import columns_add_up, rows_add_up
from extractor.checks.undertakings import investments_agree, outputs_agree, projects_agree
from extractor.checks.values import comparator_is_in_text, value_is_in_text
from schemas.finding import Finding

__all__ = ["CHECKS", "Check", "Material", "bounded", "run_checks"]

MOST_FINDINGS = 500  # of one code in one file: a report of 100,000 characters has a tenth of it
MOST_PLACES = 500  # records, and spans, of one finding
LONGEST_MESSAGE = 1000
# what these say of one record is not what they say of another on the same place
PER_RECORD = {"quote-not-found", "figure-not-in-text", "value-mismatch", "comparator-mismatch", "status-mismatch"}

Check = Callable[[Material], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    quote_is_in_text,
    figure_is_in_text,
    value_is_in_text,
    comparator_is_in_text,
    status_follows_the_words,
    period_follows_the_year_named,
    deadline_follows_its_words,
    target_ends_after_publication,
    limit_in_the_text_is_ahead,
    result_is_not_ahead,
    year_is_known,
    dates_in_the_text_exist,
    dates_of_the_records_exist,
    parts_make_their_whole,
    members_make_their_total,
    total_closes_its_list,
    breakdown_adds_up,
    classes_add_up,
    year_fits_its_total,
    list_is_as_long_as_its_heading,
    list_adds_up_to_its_total,
    columns_add_up,
    rows_add_up,
    share_fits_its_part,
    rate_of_a_stated_whole,
    rate_of_deeds,
    records_agree,
    outputs_agree,
    projects_agree,
    investments_agree,
    statements_agree,
    units_fit_their_neighbours,
    figure_has_one_record,
    figure_is_explained,
    figure_is_not_cut_off,
    figure_is_not_missing,
    characters_are_whole,
    years_are_whole,
)


def run_checks(material: Material) -> tuple[Finding, ...]:
    """Run every check; findings come in the order of the text, and one that two checks make comes once."""
    merged: dict[tuple[str, object], Finding] = {}
    for check in CHECKS:
        for finding in check(material):
            place = frozenset((span.start, span.end) for span in finding.spans) or (finding.message, finding.records)
            records = finding.records or material.holders(finding.spans)
            key = (finding.code, place if finding.code not in PER_RECORD else (place, finding.records))
            first = merged.get(key, finding)
            records = tuple(dict.fromkeys((*first.records, *records)))
            merged[key] = first if records == first.records else first.model_copy(update={"records": records})
    return tuple(sorted(merged.values(), key=position))


def bounded(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The first of each code, each about so many places; the last of a code tells how many more there are."""
    kept: list[Finding] = []
    told: Counter[str] = Counter()
    for finding in findings:
        told[finding.code] += 1
        if told[finding.code] <= MOST_FINDINGS:
            kept.append(narrowed(finding))
    kept += [
        Finding(code=code, severity="info", message=f"{told[code] - MOST_FINDINGS} more findings of this kind.")
        for code in dict.fromkeys(finding.code for finding in kept)
        if told[code] > MOST_FINDINGS
    ]
    return tuple(kept)


def narrowed(finding: Finding) -> Finding:
    """What is said of a thousand places is shown by the first ones."""
    update: dict[str, object] = {}
    if len(finding.records) > MOST_PLACES:
        update["records"] = finding.records[:MOST_PLACES]
    if len(finding.spans) > MOST_PLACES:
        update["spans"] = finding.spans[:MOST_PLACES]
    if len(finding.message) > LONGEST_MESSAGE:
        update["message"] = f"{finding.message[:LONGEST_MESSAGE]}…"
    return finding.model_copy(update=update) if update else finding


def position(finding: Finding) -> tuple[int, str, str]:
    return min((span.start for span in finding.spans), default=-1), finding.code, finding.message
