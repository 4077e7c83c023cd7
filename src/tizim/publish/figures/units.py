"""Units: one small square for each entry of an audit, in groups that lead to their findings."""

from collections.abc import Sequence
from typing import Final, Literal

import msgspec
from markupsafe import Markup

from tizim.publish.figures.saying import Say

Look = Literal["same", "other", "doubt", "late", "gone"]
"""filled: on both sides; hollow: on one side only; hatched: a person decides; with a clock: overdue; ring: missing"""


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """Entries of one kind: how many, the words of its item in the key, and where it leads."""

    count: int
    look: Look
    words: Markup
    address: str


_MOST: Final = 60
"""above this, units are a texture and no longer counted by eye: the key alone says the counts"""


def units(groups: Sequence[Group], say: Say) -> Markup:
    """The strip of *groups*, in their order, and a key of links; groups without an entry are left out."""
    shown = [one for one in groups if one.count]
    total = sum(one.count for one in shown)
    small = total < _MOST
    words = say.words
    label = words.count("{n} entry: {groups}", "{n} entries: {groups}", total,
                        groups=words.listed([one.words for one in shown]))  # fmt: skip
    strip = Markup('<div class="units" role="img" aria-label="{}">{}</div>').format(
        words.text(label), Markup("").join(_group(one) for one in shown)
    )
    keys = Markup("").join(
        Markup('<li>{}<a href="{}">{}</a></li>').format(_unit(one.look), one.address, one.words) for one in shown
    )
    return Markup('<figure class="fig">{}<ul class="key">{}</ul></figure>').format(strip if small else "", keys)


def _group(one: Group) -> Markup:
    return Markup('<span class="ug">{}</span>').format(_unit(one.look) * one.count)


def _unit(look: Look) -> Markup:
    clock = Markup('<use href="#m-u-late2"/>') if look == "late" else ""
    return Markup(
        '<svg class="u" width="14" height="14" viewBox="0 0 14 14" aria-hidden="true"><use href="#m-u-{}"/>{}</svg>'
    ).format(look, clock)
