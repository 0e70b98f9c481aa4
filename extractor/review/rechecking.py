"""The checks over what now stands, and which findings reviewers have settled."""

from collections.abc import Iterable, Mapping, Sequence

from extractor.analysis import Analysis
from extractor.checks import Material, run_checks
from extractor.review.history import Reviewed
from extractor.review.keys import finding_key, standing
from schemas.document import Extraction
from schemas.finding import Finding


def checked(extraction: Extraction, analysis: Analysis, before: Sequence[Finding]) -> tuple[Finding, ...]:
    """The checks over what now stands; what the making of the records said of the text itself is kept."""
    material = Material(
        raw=analysis.view.raw,
        view=analysis.view,
        hits=analysis.hits,
        segments=extraction.document.segments,
        goals=standing(extraction.goals),
        metrics=standing(extraction.metrics),
        projects=standing(extraction.projects),
        deadlines=standing(extraction.deadlines),
        figures=extraction.figures,
    )
    kept = (
        finding
        for finding in before
        if finding.code == "instruction-in-text" or (finding.code == "quote-not-found" and not finding.records)
    )
    return (*kept, *run_checks(material))


def settled(
    findings: Iterable[Finding], ids: Mapping[str, str], reviewed: Mapping[str, Reviewed]
) -> tuple[Finding, ...]:
    """Accepting a record settles what is said of it; what names none is settled by itself."""
    accepted = {ids[key] for key, item in reviewed.items() if item.review == "accepted" and key in ids}

    def is_settled(finding: Finding) -> bool:
        if finding.code == "review-differs":  # it is about what came after the decision
            return False
        if finding.records:
            return accepted.issuperset(finding.records)
        decided = reviewed.get(finding_key(finding))
        return decided is not None and decided.stands

    return tuple(one.model_copy(update={"settled": True}) if is_settled(one) else one for one in findings)
