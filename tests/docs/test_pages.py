"""How pages are written: words, links, one sentence a line."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from tests.docs.conftest import PAGES, ROOT, name_of, prose

from tizim.domain.dates import Basis
from tizim.domain.listing import Status

GLOSSARY = ROOT / "docs" / "glossary.md"
LANGUAGES = ("ru", "kk", "fr", "prs")
SCRIPTS = {"ru": "[а-яё]", "kk": "[а-яёәғқңөұүһі]", "fr": "[a-zà-ÿœ]", "prs": "[\u0621-\u06cc]"}
WORDS = (
    "absence act action alias amendment answer archive basis candidate carrier chain claim collision conflict copy"
    " decision delisting designation document effect entity entry evidence exemption facet finding head headline"
    " judgement key layer leaf ledger listing log main_language mark match measure member method name official_list"
    " overdue payload period place programme projection property provenance publisher rank reason record refused"
    " register relation renewal review rule salt score sighting source span stale starter state statement status"
    " subject suspension suspicious unread view weak_alias withhold designating_authority legal_basis former_name"
    " machine-made_version not_observed_since complete_document reference_number line_of_documents part guard band"
    " own_list worksheet ambiguous differing extra missing members_only same candidate_pair cross_reference"
    " review_calendar experimental impact correction second_person proposal"
)


def rows() -> list[dict[str, str]]:
    """The rows of the glossary's table."""
    lines = [line for line in GLOSSARY.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    head, _, *body = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]
    return [dict(zip((cell.strip() for cell in head), row, strict=True)) for row in body]


def test_every_word_has_a_meaning_and_a_term_in_every_language():
    """The glossary is the authority in five languages; a hole in it is filled by guessing."""
    for row in rows():
        assert all(row.values()), row
        for language in LANGUAGES:
            assert re.search(SCRIPTS[language], row[language], re.IGNORECASE), (row["word"], language)


def test_a_word_stands_once_and_in_its_place():
    """Two meanings of one word are two words; and nobody finds a word out of order."""
    words = [row["word"] for row in rows()]
    keys = [(word.strip("`").replace("_", " ").casefold(), word.startswith("`")) for word in words]

    assert len(set(words)) == len(words)
    assert keys == sorted(keys)


def test_the_words_of_the_house_and_of_answers_are_in_the_glossary():
    """A word that a reader meets in an answer or a page is explained in one place."""
    words = {row["word"] for row in rows()}
    wanted = {word.replace("_", " ") for word in WORDS.split()}
    wanted |= {f"`{word.value}`" for word in (*Status, *Basis)}

    assert wanted <= words, wanted - words


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as web views of repositories make them."""
    heads = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_leads_somewhere(page):
    """A dead link ends the reader's way."""
    for target in re.findall(r"\]\(([^)\s]+)\)", prose(page)):
        if target.startswith(("http://", "https://")):
            continue
        path, _, anchor = unquote(target).partition("#")
        there = (page.parent / path).resolve() if path else page
        assert there.exists(), target
        assert not anchor or anchor in anchors(there), target


def test_every_page_of_the_docs_is_on_the_map():
    """A page that no list names is read by nobody."""
    linked = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    pages = [path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs").rglob("*.md")]

    assert all(f"({path})" in linked for path in pages if path != "README.md")


# An end of a sentence and the next beginning; abbreviations and numbers of acts are no ends.
TWO_SENTENCES = re.compile(r"(?<!\be\.g)(?<!\bi\.e)(?<!\bNo)[a-z)`*”\"][.?!] +(?=[A-Z`*\"“])")


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_a_line_has_one_sentence(page):
    """A change of one sentence is then a change of one line."""
    lines = [line for line in prose(page).splitlines() if not line.startswith("|")]

    assert not [line for line in lines if TWO_SENTENCES.search(line)]


@pytest.mark.parametrize("page", [page for page in PAGES if page != GLOSSARY], ids=name_of)
def test_no_page_uses_the_words_of_verdicts(page):
    """Being listed is told, never judged: these words say more than documents do."""
    text = prose(page).lower()

    for word in ("clean", "hit", "hits", "blacklist", "blacklisted", "alleged", "false positive", "currently listed"):
        assert not re.search(rf"\b{word}\b", text), word
