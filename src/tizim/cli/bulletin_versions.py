"""``tizim bulletin translate|versions|held|review|mend|release|hold|take-back``: versions of news by machines."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import click

from tizim.app import App
from tizim.cli.options import app, as_json, print_json
from tizim.domain.bulletins import Bulletin, Standing, Withdrawn, in_language
from tizim.domain.versions import (
    Holding,
    MachineVersion,
    Releasing,
    Rules,
    Side,
    TakingBack,
    VersionFinding,
    spans,
    takes,
)
from tizim.errors import BadInput, NotFound

_WIDTH: Final = 96
Json = dict[str, Any]

author = click.option("--author", required=True, help="Who does it.")
seen = click.option(
    "--seen", default="", metavar="STATE",
    help="What you saw of the version, as 'review --json' gives it; if somebody decided since, you are told.",
)  # fmt: skip


def older_versions(one: Bulletin) -> list[str]:
    """The languages whose version that is read is of an earlier text."""
    if not isinstance(one, Standing):
        return []
    every = sorted({each.made.language for each in one.versions})
    return [code for code in every if in_language(one, code).is_older]


# -- making ------------------------------------------------------------------------------------------


@click.command("translate")
@click.argument("bulletin", metavar="ID")
@click.option(
    "--to", "languages", metavar="CODE", multiple=True,
    help="The language to make a version in; may be given several times. All in which there are pages if left out.",
)  # fmt: skip
@author
@as_json
def translate(bulletin: str, languages: tuple[str, ...], author: str, json_: bool) -> None:
    """Have versions of bulletin ID made by the engine that is set, checked, and published or held.

    The text must be approved; that of a correction which waits is taken before what it corrects, so that all
    languages are corrected together. A version with a severe finding waits for a person ('tizim bulletin held').
    """
    from tizim.domain.bulletins import version_of
    from tizim.publish.words import LANGUAGES
    from tizim.translate import engine_of

    wired = app()
    one = wired.bulletins().bulletins.get(bulletin)
    if one is None:
        raise NotFound(f"there is no bulletin '{bulletin}'; 'tizim bulletin list' names them all")
    engine = engine_of(wired.translating)
    wanted = languages or tuple(code for code in LANGUAGES if code != version_of(one).language)
    made = [wired.make_version(bulletin, code, author, engine=engine) for code in dict.fromkeys(wanted)]
    if json_:
        print_json([_json(bulletin, each) for each in made])
        return
    for each in made:
        click.echo("\n".join(_lines(bulletin, each)))


# -- what there is -----------------------------------------------------------------------------------


@click.command("versions")
@click.argument("bulletin", metavar="ID")
@as_json
def versions(bulletin: str, json_: bool) -> None:
    """Every version of bulletin ID that a machine made, in the order in which they were."""
    one = app().bulletins().bulletins.get(bulletin)
    if one is None:
        raise NotFound(f"there is no bulletin '{bulletin}'; 'tizim bulletin list' names them all")
    every = (one.last if isinstance(one, Withdrawn) else one).versions
    if json_:
        print_json([_json(bulletin, each) for each in every])
        return
    for each in every:
        click.echo(_line(bulletin, each))
    if not every:
        click.echo("no versions")


@click.command("held")
@as_json
def held(json_: bool) -> None:
    """The versions that wait for a person, each with the reasons why."""
    from tizim.newsroom import held as waiting

    every = list(waiting(app().bulletins()))
    if json_:
        print_json([_json(one.bulletin, one.version) for one in every])
        return
    for one in every:
        click.echo("\n".join(_lines(one.bulletin, one.version)))
    if not every:
        click.echo("nothing waits")


@click.command("review")
@click.argument("version", metavar="VERSION")
@as_json
def review(version: str, json_: bool) -> None:
    """A version beside its source, sentence by sentence, with every finding and what it suggests."""
    one, own = _found(app(), version)
    if json_:
        from tizim.newsroom import state_seen

        told = {"seen": state_seen(one, own), "takes": list(takes(own)), "pairs": _pairs_json(own)}
        print_json({**_json(one.id, own), **told})
        return
    click.echo("\n".join(_review(one.id, own)))


# -- what a person decides ---------------------------------------------------------------------------


@click.command("mend")
@click.argument("version", metavar="VERSION")
@author
@click.option(
    "--take", type=int, default=0, metavar="NUMBER", help="Take what the finding of that number suggests into the text."
)
@click.option(
    "--sentence", "typed", nargs=2, type=(int, str), multiple=True, metavar="NUMBER TEXT",
    help="Write the sentence of that number anew; may be given several times.",
)  # fmt: skip
@seen
@as_json
def mend(version: str, author: str, take: int, typed: tuple[tuple[int, str], ...], seen: str, json_: bool) -> None:
    """Correct a version by hand, by the numbers that 'review' prints, and have it checked again.

    What comes of it is a version of its own, which says who mended it: it may be read if nothing severe was found in
    it, and waits for a person otherwise.
    """
    if not take and not typed:
        raise BadInput("say what is to be mended: --take NUMBER, or --sentence NUMBER TEXT")
    wired = app()
    after = wired.mend(version, author, dict(typed), take, seen)
    if json_:
        print_json(_json(after.made.bulletin, after))
        return
    click.echo("\n".join(_lines(after.made.bulletin, after)))


@click.command("release")
@click.argument("version", metavar="VERSION")
@author
@click.option("--reason", required=True, help="Why it may be read, in words that readers will see.")
@seen
@as_json
def release(version: str, author: str, reason: str, seen: str, json_: bool) -> None:
    """Release a version that is held: from now on it may be read, with your name and your reason beside it."""
    _rule(Releasing, version, author, reason, seen, json_=json_)


@click.command("hold")
@click.argument("version", metavar="VERSION")
@author
@click.option("--reason", required=True, help="Why it has to wait further, for whoever looks at it next.")
@seen
@as_json
def hold(version: str, author: str, reason: str, seen: str, json_: bool) -> None:
    """Have a version that is held wait further, and say why."""
    _rule(Holding, version, author, reason, seen, json_=json_)


@click.command("take-back")
@click.argument("version", metavar="VERSION")
@author
@click.option("--reason", required=True, help="Why nobody is to read it.")
@seen
@as_json
def take_back(version: str, author: str, reason: str, seen: str, json_: bool) -> None:
    """Take a version back, whether it waits or is read: it is shown no more, and can be made anew."""
    _rule(TakingBack, version, author, reason, seen, json_=json_)


COMMANDS: Final = (translate, versions, held, review, mend, release, hold, take_back)


def _rule(kind: type[Rules], version: str, author: str, reason: str, seen: str, *, json_: bool) -> None:
    after = app().rule(kind, version, author, reason, seen)
    if json_:
        print_json(_json(after.made.bulletin, after))
    else:
        click.echo(_line(after.made.bulletin, after))


def _found(wired: App, version: str) -> tuple[Bulletin, MachineVersion]:
    from tizim.newsroom import found

    return found(wired.bulletins(), version)


# -- telling -----------------------------------------------------------------------------------------


def _json(bulletin: str, one: MachineVersion) -> Json:
    from tizim.publish.bulletins import wire

    return wire.machine_at_the_desk(bulletin, one)


def _pairs_json(one: MachineVersion) -> list[Json]:
    import msgspec

    return [msgspec.to_builtins(each) for each in one.made.pairs]


def _line(bulletin: str, one: MachineVersion) -> str:
    made = one.made
    engine = f"{made.engine} {made.engine_version}".strip()
    line = f"{one.id}  {one.state}  {made.language}  {bulletin}  ({engine}, {made.at:%Y-%m-%d %H:%M} UTC)"
    if one.mended is not None:
        line = f"{line}  mended by {one.mended.by}"
    ruling = one.taken_back or one.released or one.held_on
    return line if ruling is None else f"{line}  by {ruling.by}: {ruling.reason}"


def _lines(bulletin: str, one: MachineVersion) -> Iterator[str]:
    yield _line(bulletin, one)
    if one.waits:
        for message in dict.fromkeys(each.message for each in one.severe):
            yield f"  {message}"


def _review(bulletin: str, one: MachineVersion) -> Iterator[str]:
    yield _line(bulletin, one)
    made = one.made
    places = {side: _spans(one, side) for side in Side}
    left = dict(enumerate(made.findings, start=1))
    for number, pair in enumerate(made.pairs):
        yield ""
        yield f"  sentence {number + 1}"
        yield from _wrapped(pair.source, f"  {made.source_language}: ")
        yield from _wrapped(pair.target or "–", f"  {made.language}: ")
        own = {at: each for at, each in left.items() if _stands(each, places[each.side][number])}
        left = {at: each for at, each in left.items() if at not in own}
        yield from _findings(one, own)
    if left:
        yield ""
        yield "Of the whole"
        yield from _findings(one, left)


def _findings(one: MachineVersion, findings: Mapping[int, VersionFinding]) -> Iterator[str]:
    for number, each in findings.items():
        yield from _wrapped(f"{number} {_told(one, each)}", "    ! " if each.severity == "severe" else "    . ")


def _spans(one: MachineVersion, side: Side) -> list[tuple[int, int]]:
    return spans(one.made.pairs, side, one.made.source_language if side is Side.SOURCE else one.made.language)


def _stands(one: VersionFinding, span: tuple[int, int]) -> bool:
    """Whether a finding stands within a sentence."""
    return span[0] <= one.start and one.end <= span[1]


def _told(version: MachineVersion, one: VersionFinding) -> str:
    words = version.words_of(one)
    told = f"{one.code}: {one.message}"
    if words:
        told = f"{told} (“{words}”)"
    return f"{told} → {one.suggestion}" if one.suggestion else told


def _wrapped(text: str, head: str) -> Sequence[str]:
    return click.wrap_text(text, _WIDTH, head, " " * len(head)).split("\n")
