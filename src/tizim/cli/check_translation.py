"""``tizim check-translation SOURCE [TARGET]``."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from tizim.cli.options import as_json, print_json, print_lines, strict
from tizim.errors import BadInput

if TYPE_CHECKING:
    from tizim.guard import Checked, Finding

LARGEST: Final = 2 * 1024 * 1024
"""bytes of a file that is read"""
_AROUND: Final = 24  # characters that are shown before and after what was found


@click.command("check-translation")
@click.argument("source", metavar="SOURCE")
@click.argument("target", metavar="[TARGET]", required=False)
@click.option("--source-language", metavar="CODE", help="Language of the source.  [default: found out]")
@click.option("--target-language", metavar="CODE", help="Language of the translation.  [default: found out]")
@strict
@as_json
def command(
    source: str, target: str | None, source_language: str | None, target_language: str | None, strict: bool, json_: bool
) -> None:
    """Is a translation fit to be published? What differs from its source, each with its place and a suggestion.

    SOURCE and TARGET are plain texts, files or '-' for standard input. Numbers, dates, negations, quotations, names,
    countries, terms of lists, placeholders, left-out and added sentences are compared; without TARGET only SOURCE
    itself is looked at: names that vary or depart from attested spellings, words that are none, elisions. A finding
    is severe or minor; with a severe one the translation must not be published as it stands.
    """
    from tizim.guard import check_translation

    if source == target == "-":
        raise BadInput("only one of the two texts can come from standard input")
    text, other = _text(source), None if target is None else _text(target)
    checked = check_translation(text, other, source_language=source_language, target_language=target_language)
    if json_:
        print_json(checked.to_dict())
    else:
        print_lines(_lines(checked, text, other))
    if strict and checked.findings:
        raise click.exceptions.Exit(5)


def _text(path: str) -> str:
    """The text of a file, its characters as they stand there: offsets count them."""
    try:
        with click.open_file(path, "rb") as file:
            data: bytes = file.read(LARGEST + 1)
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}") from None
    if len(data) > LARGEST:
        raise BadInput(f"{Path(path).name} has more than {LARGEST:,} bytes: check it in parts")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadInput(f"{path} is no text in UTF-8: byte {error.start} cannot be read") from None


def _lines(checked: "Checked", source: str, target: str | None) -> list[str]:
    """The result as a person wants to see it."""
    severe = sum(one.severity == "severe" for one in checked.findings)
    what = "text" if target is None else "translation"
    if not checked.findings:
        return [f"Nothing found: the {what} can be published as far as this check can tell."]
    lines = [
        f"Do not publish this {what} as it stands: {_count(severe)} severe."
        if severe
        else f"The {what} can be published; look at what is minor."
    ]
    for one in checked.findings:
        text = source if one.side == "source" or target is None else target
        lines += ["", *_finding(one, text, has_target=target is not None)]
    return lines


def _count(number: int) -> str:
    return "one finding is" if number == 1 else f"{number} findings are"


def _finding(one: "Finding", text: str, *, has_target: bool) -> list[str]:
    before, after = _flat(text[max(0, one.start - _AROUND) : one.start]), _flat(text[one.end : one.end + _AROUND])
    where = f" in the {one.side}" if has_target else ""
    lines = [
        f"{one.code} ({one.severity}){where}, characters {one.start} to {one.end}: {one.message}",
        f"   {before}[{_flat(text[one.start : one.end])}]{after}",
    ]
    if one.suggestion:
        lines.append(f"   Suggested: {one.suggestion}")
    return lines


def _flat(text: str) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in text)
