"""A version corrected by hand: suggestions taken into its text, sentences written anew, all of it checked again."""

import datetime as dt
import hashlib
import re
from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from tizim.domain.bulletins import Bulletin, Withdrawn
from tizim.domain.versions import MachineVersion, Mending, Pair, place_of
from tizim.errors import BadInput, Overtaken
from tizim.newsroom.checking import CHECKS, Check
from tizim.newsroom.versions import compared, language, texts_that_stand, versions_of
from tizim.translate import Protected, look_again

LONGEST_MENDED: Final = 60_000
"""signs of a version that is written by hand; a text has at most a third of that"""
_SPACES: Final = re.compile(r"[ \t\r\n]+")
"""what a field may do to a sentence; spaces that are part of its spelling stay"""


def rewritten(version: MachineVersion, typed: Mapping[int, str]) -> dict[int, str]:
    """Those *typed* sentences, by their numbers, that are not as the version has them."""
    own = {number: pair.target for number, pair in enumerate(version.made.pairs, start=1)}
    told = {number: _SPACES.sub(" ", text).strip() for number, text in typed.items()}
    return {number: text for number, text in told.items() if text != _SPACES.sub(" ", own.get(number, "")).strip()}


def written(version: MachineVersion, typed: Mapping[int, str], take: int = 0) -> tuple[str, ...]:
    """The sentences of a version with those that were *typed*, by their numbers (the first is 1), in their places, and
    the suggestion of the finding with the number *take* (the first is 1; 0: none) in its own.

    Raises `BadInput` for a sentence or a finding that there is not, an empty sentence, a suggestion that cannot be
    taken, and for more signs than a version has.
    """
    made = [one.target for one in version.made.pairs]
    if not made:
        raise BadInput(f"version {version.id} has no text that could be mended: have it made anew")
    for number, text in rewritten(version, typed).items():
        if not 1 <= number <= len(made):
            raise BadInput(f"version {version.id} has sentences 1 to {len(made)}, not {number}")
        made[number - 1] = text
    if take:
        sentence, start, end = _suggested(version, take)
        was = version.made.pairs[sentence].target
        if made[sentence] != was:
            raise BadInput(
                f"sentence {sentence + 1} was written by hand, so the suggestion has no place in it any more: have it"
                " checked first"
            )
        made[sentence] = f"{was[:start]}{version.made.findings[take - 1].suggestion}{was[end:]}"
    for number, text in enumerate(made, start=1):
        if not text.strip():
            raise BadInput(f"sentence {number} is empty: write what stands in its source")
    if sum(map(len, made)) > LONGEST_MENDED:
        raise BadInput(f"a version that is written by hand has at most {LONGEST_MENDED:,} signs")
    return tuple(made)


def _suggested(version: MachineVersion, take: int) -> tuple[int, int, int]:
    every = version.made.findings
    if not 1 <= take <= len(every):
        raise BadInput(f"version {version.id} has {len(every)} findings, none of which is number {take}")
    found = place_of(version, every[take - 1])
    if found is None:
        raise BadInput(f"finding {take} of version {version.id} does not say what to write in a place of its text")
    return found


def mended(
    version: MachineVersion, sentences: Sequence[str], names: Sequence[Protected], check: Check, *, by: str,
    now: dt.datetime,
) -> Mending:  # fmt: skip
    """What a person made of a version, with everything found in it: by all checks that look at what an engine made,
    but for the marks that stand for names while it works.
    """
    made = version.made
    pairs = tuple(
        Pair(paragraph=one.paragraph, source=one.source, target=text)
        for one, text in zip(made.pairs, sentences, strict=True)
    )
    findings = [
        *look_again(pairs, made.source_language, made.language, names, language),
        *compared(pairs, made.source_language, made.language, check),
    ]
    return Mending(
        bulletin=made.bulletin, version=version.id, by=by, at=max(now, version.at + dt.timedelta(microseconds=1)),
        sentences=tuple(sentences), findings=tuple(dict.fromkeys(findings)), checks=CHECKS,
    )  # fmt: skip


def check_stands(one: Bulletin, version: MachineVersion) -> None:
    """Raise `BadInput` where the text that a version was made of stands no more."""
    if isinstance(one, Withdrawn):
        raise BadInput(f"bulletin {one.id} is withdrawn: nothing of it is translated")
    if version.made.text not in texts_that_stand(one):
        raise BadInput(
            f"the original of version {version.id} was changed since: have a version made of it as it is now"
        )


def state_seen(one: Bulletin, version: MachineVersion) -> str:
    """Names what somebody sees of a version: another as soon as anything was decided about it, or one was made that
    takes its place.
    """
    after = [
        each.id
        for each in versions_of(one)
        if (each.made.language, each.made.text) == (version.made.language, version.made.text) and each.at > version.at
    ]
    said = (
        version.id,
        version.held_on,
        version.released,
        version.taken_back,
        sorted(after),
        isinstance(one, Withdrawn),
    )
    return hashlib.sha256(msgspec.json.encode(said)).hexdigest()[:16]


def check_seen(one: Bulletin, version: MachineVersion, seen: str) -> None:
    """Raise `Overtaken` where something was decided about a version since somebody saw it; *seen*: what `state_seen`
    gave then, nothing where it is not asked.
    """
    if not seen or seen == state_seen(one, version):
        return
    later = [each for each in versions_of(one) if each.made.language == version.made.language and each.at > version.at]
    ruling = max(
        (each for each in (version.held_on, version.released, version.taken_back) if each is not None),
        key=lambda each: each.at, default=None,
    )  # fmt: skip
    if later:
        last = later[-1]
        by = last.made.by if last.mended is None else last.mended.by
        told = f"{by} came first: there is a version {last.id} after the one that you saw"
    elif ruling is not None:
        told = f"{ruling.by} came first: version {version.id} is {version.state}, because: {ruling.reason}"
    else:
        told = f"version {version.id} is not as you saw it"
    raise Overtaken(f"{told}; look at it, then decide")
