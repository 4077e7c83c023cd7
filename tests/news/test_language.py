"""The language files: each is as it must be, and none knows a subject by name."""

import pytest

from tizim.errors import Broken, NotSupported
from tizim.news import language as languages
from tizim.news.grammar import grammar
from tizim.news.known import starter
from tizim.news.language import Language, codes, load
from tizim.news.lexicon import split

SUBJECTS = {name.casefold() for one in starter().subjects for name in one.names if len(name) > 4}


@pytest.mark.parametrize("code", codes())
def test_a_language_file_compiles(code):
    """Every pattern of a file is understood, and the file is the language that its name says."""
    made = grammar(code, starter())

    assert made.language.code == code
    assert made.language.common


@pytest.mark.parametrize("code", codes())
def test_no_rule_knows_a_subject(code):
    """Names come from the register: a rule that knew one would read its stories by heart."""
    language = load(code)
    patterns = [
        one
        for forms in language.acts.values()
        for field in forms.__struct_fields__
        for one in split(getattr(forms, field))
    ]
    patterns += [one for field in language.words.__struct_fields__ for one in split(getattr(language.words, field))]

    assert not [one for one in patterns if one.rstrip("*").casefold() in SUBJECTS]


def test_a_language_may_be_like_another():
    """Dari is Persian with its own name, months and telling words: it shares the rest."""
    assert load("prs").acts == load("fa").acts
    assert load("prs").code == "prs"


def test_an_unknown_key_is_named(monkeypatch):
    """A slip of a key in a file is told with the file's name."""
    monkeypatch.setattr(languages, "_tables", lambda _: {"code": "xx", "nmae": "X"})

    with pytest.raises(Broken, match=r"en\.toml"):
        load.__wrapped__("en")


def test_a_language_without_a_file_is_named():
    """The message says what there is."""
    with pytest.raises(NotSupported, match="there are"):
        load("xx")


def test_the_schema_forbids_what_it_does_not_know():
    """So that a misspelt table is an error, not a rule that never applies."""
    assert Language.__struct_config__.forbid_unknown_fields
