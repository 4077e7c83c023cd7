"""``tizim bulletin translate|versions|held|review|release|take-back``: versions of news that machines make."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

import click

from tizim.app import App, clock
from tizim.cli.options import app, as_json, print_json
from tizim.domain.bulletins import Bulletin, Standing, Withdrawn, in_language
from tizim.domain.versions import MachineVersion, Releasing, Side, TakingBack, VersionFinding, spans
from tizim.errors import NotFound

_WIDTH: Final = 96
Json = dict[str, Any]

author = click.option("--author", required=True, help="Who does it.")


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
        print_json({**_json(one.id, own), "pairs": _pairs_json(own)})
        return
    click.echo("\n".join(_review(one.id, own)))


# -- what a person decides ---------------------------------------------------------------------------


@click.command("release")
@click.argument("version", metavar="VERSION")
@author
@click.option("--reason", required=True, help="Why it may be read, in words that readers will see.")
@as_json
def release(version: str, author: str, reason: str, json_: bool) -> None:
    """Release a version that is held: from now on it may be read, with your name and your reason beside it."""
    wired = app()
    one, own = _found(wired, version)
    step = Releasing(bulletin=one.id, version=own.id, by=author, at=max(clock(), own.made.at), reason=reason)
    _rule(wired, step, json_=json_)


@click.command("take-back")
@click.argument("version", metavar="VERSION")
@author
@click.option("--reason", required=True, help="Why nobody is to read it.")
@as_json
def take_back(version: str, author: str, reason: str, json_: bool) -> None:
    """Take a version back, whether it waits or is read: it is shown no more, and can be made anew."""
    wired = app()
    one, own = _found(wired, version)
    step = TakingBack(bulletin=one.id, version=own.id, by=author, at=max(clock(), own.made.at), reason=reason)
    _rule(wired, step, json_=json_)


COMMANDS: Final = (translate, versions, held, review, release, take_back)


def _rule(wired: App, step: Releasing | TakingBack, *, json_: bool) -> None:
    after = wired.rule(step)
    if json_:
        print_json(_json(step.bulletin, after))
    else:
        click.echo(_line(step.bulletin, after))


def _found(wired: App, version: str) -> tuple[Bulletin, MachineVersion]:
    from tizim.newsroom import found

    return found(wired.bulletins(), version)


# -- telling -----------------------------------------------------------------------------------------


def _json(bulletin: str, one: MachineVersion) -> Json:
    from tizim.publish.bulletins import wire

    return {
        "bulletin": bulletin, "language": one.made.language, "state": one.state, "text": one.made.text,
        "title": one.title, "paragraphs": list(one.paragraphs), "made_by": one.made.by,
        **wire.machine_whole(one),
    }  # fmt: skip


def _pairs_json(one: MachineVersion) -> list[Json]:
    import msgspec

    return [msgspec.to_builtins(each) for each in one.made.pairs]


def _line(bulletin: str, one: MachineVersion) -> str:
    made = one.made
    engine = f"{made.engine} {made.engine_version}".strip()
    line = f"{one.id}  {one.state}  {made.language}  {bulletin}  ({engine}, {made.at:%Y-%m-%d %H:%M} UTC)"
    ruling = one.taken_back or one.released
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
    left = list(made.findings)
    for number, pair in enumerate(made.pairs):
        yield ""
        yield from _wrapped(pair.source, f"  {made.source_language}: ")
        yield from _wrapped(pair.target or "–", f"  {made.language}: ")
        own = [each for each in left if _stands(each, places[each.side][number])]
        left = [each for each in left if each not in own]
        for each in own:
            yield from _wrapped(_told(one, each), "    ! " if each.severity == "severe" else "    . ")
    if left:
        yield ""
        yield "Of the whole"
        for each in left:
            yield from _wrapped(_told(one, each), "    ! " if each.severity == "severe" else "    . ")


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
