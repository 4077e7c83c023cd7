from html.parser import HTMLParser

import pytest
from tests.audit.making import WORLD, a_finding, a_side, an_audit, one_of_each

from tizim.audit.findings import Difference
from tizim.audit.worksheet import to_page
from tizim.audit.worksheet.columns import is_right_to_left
from tizim.errors import BadInput

HOSTILE = "<script>alert(1)</script>\"'&<img src=x onerror=alert(2)>"


class Tags(HTMLParser):
    """The tags of a page with their attributes, in order, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]


def test_what_a_list_printed_is_shown_and_never_run():
    """A name is text from outside, wherever on the page it stands."""
    side = a_side(HOSTILE, reference=HOSTILE, names=(f"Ж{HOSTILE}",), act=HOSTILE, statements=(HOSTILE,))
    hostile = a_finding(
        "ambiguous", side, rivals=(side,), reasons=(HOSTILE,), action=HOSTILE, basis_needed=HOSTILE,
        differences=(Difference(what=HOSTILE, national=HOSTILE, reference=HOSTILE),), judged_by=(HOSTILE,),
        associated=1, associated_on=HOSTILE,
    )  # fmt: skip

    page = Tags(to_page(an_audit(hostile)))

    assert not {"script", "img", "iframe", "link"} & {tag for tag, _ in page.found}
    assert not [name for _, attributes in page.found for name in attributes if name.startswith("on")]
    assert page.text.count(HOSTILE) >= 10


def test_the_policy_allows_the_pages_own_style_and_nothing_more():
    """Should anything slip through, a browser still fetches and runs nothing."""
    page = Tags(to_page(one_of_each()))

    policy = next(m["content"] for m in page.of("meta") if m.get("http-equiv") == "Content-Security-Policy")

    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    assert not [1 for _, attributes in page.found if "style" in attributes or "src" in attributes]
    assert all(link["href"].startswith("#") for link in page.of("a"))


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("kk", "ltr"), ("fa", "rtl"), ("prs", "rtl")])
def test_the_page_runs_in_the_direction_of_its_readers_language(language, direction):
    """A reader of Dari begins on the right; that the words are English is said where they stand."""
    page = Tags(to_page(one_of_each(), language))

    assert page.of("html") == [{"lang": language, "dir": direction}]
    assert page.of("body") == [{} if language == "en" else {"lang": "en"}]


@pytest.mark.parametrize(
    ("language", "expected"),
    [("ar", True), ("ur-PK", True), ("he", True), ("uz-Arab", True), ("fa-Latn", False), ("ru", False), ("", False)],
)
def test_a_script_in_the_tag_decides_the_direction(language, expected):
    """Uzbek in Arabic letters runs to the left, Persian in Latin ones to the right."""
    assert is_right_to_left(language) is expected


def test_a_language_that_is_none_is_refused():
    """What is written into the page must be a tag."""
    with pytest.raises(BadInput, match="no language tag"):
        to_page(one_of_each(), 'en" onload="x')


def test_names_stand_isolated_and_in_their_script():
    """An Arabic name must not turn the digits beside it around."""
    page = Tags(to_page(one_of_each()))

    assert {"lang": "und-Arab"} in page.of("bdi")
    assert {"lang": "und-Cyrl"} in page.of("bdi")


def test_each_class_is_a_table_with_a_caption_and_headed_columns():
    """A page that is heard needs to say what each table is and what each column."""
    page = Tags(to_page(one_of_each()))

    assert len(page.of("table")) == len(page.of("caption")) == 8
    assert all(head.get("scope") == "col" for head in page.of("th"))
    assert {section["aria-labelledby"] for section in page.of("section")} == {head["id"] for head in page.of("h2")}


def test_a_stale_list_and_one_never_seen_are_told():
    """Nobody should decide on old copies without having been told."""
    page = Tags(to_page(an_audit(national_stale=True, reference_observed=None)))

    assert "that is stale" in page.text
    assert "Nothing held here shows zz-world" in page.text
    assert "No findings" in page.text
    assert page.of("table") == []


def test_the_same_audit_gives_the_same_page():
    """A page can be compared with one made before."""
    audit = an_audit(a_finding("missing", None, a_side("Unlisted Union", on=WORLD)))

    assert to_page(audit) == to_page(audit)
