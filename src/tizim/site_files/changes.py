"""What has changed since a copy was last brought up to date, and so which of its pages have to be made again."""

from tizim.answer.official import shown_by
from tizim.answer.subjects import Clusters, ties_of
from tizim.claims.asking import documents_of
from tizim.claims.known import claims
from tizim.domain.bulletins import as_known
from tizim.publish import audits
from tizim.publish.acts import acts_of
from tizim.publish.bulletins import told_by
from tizim.publish.changed import by_span, years_among
from tizim.publish.roll import Roll
from tizim.register import marks
from tizim.register.account import EVERYTHING, Accounted
from tizim.site_files.manifest import Manifest
from tizim.site_files.plan import Plan, by_year

_TIES, _REST = ":ties", ":rest"
"""what has marks of its own beside the lines of documents; no line is called so"""


def bring_up(manifest: Manifest, view: Accounted, plan: Plan, roll: Roll) -> None:
    """Say in the manifest which pages are stale, as one step: whatever stops the run later, they stay so.

    A page is stale if anything that it rests on has changed, or everything has: the code, the templates, the dates.
    """
    with manifest.step(), view.account.aside():
        known = manifest.told("head").partition(":")
        is_ours = known[0].isdigit() and view.hash_of(int(known[0])) == known[2]
        if not is_ours or manifest.told("fingerprint") != plan.fingerprint:
            manifest.make_all_stale()
        if not is_ours:
            manifest.unmark()
        after, records = (int(known[0]), int(manifest.told("records", "0"))) if is_ours else (0, 0)
        touched = _touched(manifest, view, plan, roll, after, records)
        _spoil(manifest, touched)
        manifest.tell(
            head=f"{plan.head.sequence}:{plan.head.hash}", fingerprint=plan.fingerprint,
            records=str(marks.last_entry(view)),
        )  # fmt: skip


def _touched(manifest: Manifest, view: Accounted, plan: Plan, roll: Roll, after: int, records: int) -> frozenset[str]:
    """The words for everything that is not as it was."""
    touched: set[str] = set()
    if after != plan.head.sequence:
        for line in sorted(marks.grown(view, after)):
            touched |= manifest.remark(line, marks.of_line(view, line))
        touched |= manifest.remark(_TIES, _ties(view, plan))
        touched |= marks.new_records(view, records)
        touched |= marks.of_changed_subjects(view, {word[2:] for word in touched if word.startswith("s ")})
        touched.add(EVERYTHING)
    touched |= manifest.remark(_REST, _rest(view, plan, roll))
    return marks.with_coarse(touched)


def _ties(view: Accounted, plan: Plan) -> dict[str, str]:
    """Which records are one subject."""
    clusters = Clusters(view, plan.as_of)
    return {f"c {subject}": marks.digest((clusters.id_of(subject), clusters.of(subject))) for subject in ties_of(view)}


def _rest(view: Accounted, plan: Plan, roll: Roll) -> dict[str, str]:
    """What is no line's: the lines, how far they were known, the roll of names, and which pages the copy has."""
    # Lines that show no list, such as that of decisions, are nothing that a page tells of when they begin.
    found = {
        "L": marks.digest([line for line in view.lines_held() if shown_by(line)]),
        "w": marks.digest(view.known_in_part(plan.as_of)),
    }
    for one in roll.places():
        found[f"N {one.script} {one.beginning}"] = marks.digest((one.count, one.entries, one.further))
    found["N "] = marks.digest([(one, count, roll.place(one, "")) for one, count in roll.scripts()])
    found |= {f"x {job.path}": "" for job in plan.jobs if not job.day}
    found |= {f"y {path}": marks.digest(days) for path, days in plan.days.items()}
    for path, days in plan.days.items():
        found |= {f"y {path} {year}": marks.digest(own) for year, own in by_year(plan, days).items()}
    found |= {f"p {statement}": str(page) for statement, page in plan.places.items()}
    acts = acts_of(view, plan.as_of)
    found |= {f"A {act}": marks.digest([one.id for one in acts.find(act)]) for act in acts.ids}
    told: dict[str, list[object]] = {}
    for telling in claims(view, plan.as_of, Clusters(view, plan.as_of)):
        by = {f"document {sha256}" for sha256 in documents_of(telling)}
        for word in {telling.subject, f"list {telling.reported.list}", *by}:
            told.setdefault(f"Q {word}", []).append(telling)
    for bulletin in plan.entered.bulletins:
        had = as_known(bulletin, plan.as_of)
        for word in told_by(had) if had is not None else ():
            told.setdefault(f"B {word}", []).append(had)
    found |= {word: marks.digest(every) for word, every in told.items()}
    spans = by_span(view, plan.as_of)
    found |= {f"Y {span}": marks.digest(told) for span, told in spans.items()}
    found["Y years"] = marks.digest(years_among(spans))
    found["R "] = marks.digest(audits.grounds(view, plan.as_of))
    found["q "] = marks.digest(plan.answers)
    return found


def _spoil(manifest: Manifest, touched: frozenset[str]) -> None:
    words = manifest.resting_on(touched)
    if words:
        manifest.make_stale(
            name for name, page in manifest.pages().items() if not page.stale and not words.isdisjoint(page.words)
        )
