"""The stylesheet and the script: readable in both themes, turned by nothing but `dir`, small, and nobody else's."""

import gzip
import re
from importlib import resources

import pytest

STATIC = resources.files("tizim.publish") / "static"
CSS = (STATIC / "style.css").read_text(encoding="utf-8")
RULES = re.sub(r"/\*.*?\*/", "", CSS, flags=re.DOTALL)
SCRIPT = (STATIC / "site.js").read_text(encoding="utf-8")

TEXT = 4.5
"""WCAG 2.2, 1.4.3: contrast of text"""
SHAPE = 3.0
"""1.4.11: contrast of what must be told apart to understand a picture or to use a field"""
PAIRS = [
    *((ink, ground, TEXT) for ink in ("ink", "ink2", "link") for ground in ("paper", "surface", "sunk")),
    *((ink, "paper", TEXT) for ink in ("force", "pause", "end", "warn")),
    *((ink, "surface", TEXT) for ink in ("force", "pause", "end", "warn")),
    *((ink, "sunk", TEXT) for ink in ("force", "pause", "end", "warn")),
    ("ink", "warn-soft", TEXT), ("ink2", "warn-soft", TEXT), ("warn", "warn-soft", TEXT), ("link", "warn-soft", TEXT),
    ("paper", "ink", TEXT),
    *((line, ground, SHAPE) for line in ("edge", "warn-edge") for ground in ("paper", "surface")),
    ("warn-edge", "warn-soft", SHAPE), ("force", "force-soft", SHAPE), ("pause", "pause-soft", SHAPE),
    ("ink", "force-soft", SHAPE), ("end", "force-soft", SHAPE), ("warn", "force-soft", SHAPE),
    ("paper", "force", SHAPE), ("paper", "warn", SHAPE),
]  # fmt: skip


def tokens(block):
    """Colours of a block of rules, by name."""
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{3,6})\b", block))


def block(selector):
    """The declarations of the first rule with that selector."""
    return RULES.split(selector + " {", 1)[1].split("}", 1)[0]


THEMES = {
    "light": tokens(block(":root")),
    "dark by choice": tokens(block(":root[data-theme=dark]")),
    "dark by the system": tokens(block(":root:not([data-theme=light])")),
}


def luminance(colour):
    """Relative luminance, as WCAG defines it."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * one for one in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    """Contrast of two colours, from 1 to 21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("front", "ground", "least"), PAIRS)
def test_what_must_be_read_stands_out(theme, front, ground, least):
    """A promised contrast can fail for yellow and orange: every pair is measured, in every theme."""
    colours = THEMES[theme]

    assert contrast(colours[front], colours[ground]) >= least


def test_both_ways_to_the_dark_theme_are_the_same():
    """Who chooses it sees what the system would give."""
    assert THEMES["dark by choice"] == THEMES["dark by the system"]
    assert THEMES["dark by choice"].keys() == THEMES["light"].keys()


def test_the_stylesheet_knows_no_left_and_no_right():
    """Direction comes from the page's `dir`; a physical property would stay where it was."""
    names = re.findall(r"(?:^|[;{\s])([a-z-]+)\s*:", RULES)
    physical = re.compile(
        r"^(left|right|top|bottom|width|height|(min|max)-(width|height)|float|clear"
        r"|(margin|padding|border|scroll-margin|scroll-padding)-(left|right|top|bottom).*|border-(top|bottom)-.*radius)$"
    )

    # Of queries about the window, the width is that of the screen.
    queries = set(re.findall(r"\((\w+-width): [\d.]+rem\)", RULES))
    assert [name for name in names if physical.match(name) and name not in queries] == []
    assert re.findall(r":\s*(?:left|right)\b", RULES) == []


def test_nothing_smaller_than_thirteen_pixels_but_a_second_calendar():
    """Small print is not read."""
    sizes = [(float(n) * (16 if unit == "rem" else 1), n + unit)
             for n, unit in re.findall(r"font(?:-size)?:[^;]*?(\.?\d+(?:\.\d+)?)(px|rem)", RULES)]  # fmt: skip

    assert {text for size, text in sizes if size < 13} == {"11px"}


def test_nothing_is_fetched_from_elsewhere():
    """The only address is that of the font beside the stylesheet; the policy allows no other."""
    addresses = set(re.findall(r'url\("([^"]+)"\)', RULES))

    assert addresses == {"vazirmatn-subset.woff2", "#m-hatch", "#m-stripes"}
    assert "@import" not in RULES
    assert not re.search(r"https?:", SCRIPT)


def test_the_script_writes_no_markup_and_no_style():
    """What a server answers is set as text, never parsed as markup with powers; the policy refuses the rest."""
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|\.style\b", SCRIPT
    )


def test_style_script_and_font_keep_their_budgets():
    """12 kB, 10 kB and 35 kB as transferred."""
    assert len(gzip.compress(CSS.encode(), 9)) < 12_000
    assert len(gzip.compress(SCRIPT.encode(), 9)) < 10_000
    assert len((STATIC / "vazirmatn-subset.woff2").read_bytes()) < 35_000


def test_the_font_has_its_licence_beside_it():
    """OFL-1.1 asks for it."""
    assert "SIL OPEN FONT LICENSE Version 1.1" in (STATIC / "OFL.txt").read_text(encoding="utf-8")


def test_print_and_chosen_colours_are_thought_of():
    """Works as paper, and for whoever sets their own colours."""
    assert "@media print" in CSS
    assert "@media (forced-colors: active)" in CSS
    assert "print-color-adjust: exact" in CSS
