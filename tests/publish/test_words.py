"""Words of a page: messages, plural forms, dates with their precision, and text from outside that cannot steer."""

import datetime as dt
import subprocess
import sys
from pathlib import Path

import pytest
from markupsafe import Markup

from tizim.domain.solar import read_day, solar
from tizim.errors import NotFound
from tizim.publish.words import LANGUAGES, Words, plain, shown, words
from tizim.publish.words import catalogue as catalogues
from tizim.publish.words.catalogue import Catalogue, catalogue

ROOT = Path(__file__).parents[2]


def in_words(language, text):
    """A date in a language, without markup."""
    return words(language).text(words(language).day(text))


@pytest.fixture
def spoken(monkeypatch):
    """The words of a language with a catalogue made up for the test."""

    def made(language, messages, reviewed_by=""):
        own = Catalogue(
            messages=messages, form_of=lambda n: 0 if n % 10 == 1 else 1 if n % 10 in {2, 3, 4} else 2,
            reviewed_by=reviewed_by,
        )  # fmt: skip
        monkeypatch.setattr("tizim.publish.words.speaking.catalogue", lambda _: own)
        return Words(LANGUAGES[language])

    return made


def test_text_from_outside_is_escaped_and_isolated_in_a_sentence():
    """A name may hold anything and must change nothing around it."""
    said = words("en").say("Listed: {name}.", name='<b>"x"</b>')

    assert said == "Listed: <bdi>&lt;b&gt;&#34;x&#34;&lt;/b&gt;</bdi>."


def test_what_steers_the_eye_is_shown_as_a_box():
    """Marks of direction and controls could reorder or hide what stands around a name."""
    assert shown("a\u202eb") == 'a<span class="ctl" dir="ltr">U+202E</span>b'
    assert "U+0000" in shown("\x00")
    assert shown("می\u200cخواهم") == "می\u200cخواهم"  # a joiner is a letter's form in Persian
    assert plain(Markup("<b>x</b> \u2066y")) == "x y"


def test_a_missing_message_is_said_in_english_visibly_and_counted(spoken):
    """A hole in a translation is seen by whoever reads and by whoever builds."""
    russian = spoken("ru", {("", "Lists"): ("Списки",)})

    assert russian.say("Lists") == "Списки"
    assert russian.say("Sources") == '<span lang="en" dir="ltr" class="untranslated">Sources</span>'
    assert russian.missing == {"Sources": 1}
    assert words("en").say("Sources") == "Sources"


def test_in_a_missing_message_what_is_filled_in_keeps_its_own_language_and_direction(spoken):
    """A list in Persian inside a sentence in English would otherwise reorder both."""
    persian = spoken("fa", {})

    said = persian.say("On {lists}.", lists=persian.listed([Markup("الف"), Markup("ب")]))

    assert said == (
        '<span lang="en" dir="ltr" class="untranslated">On <span lang="fa" dir="rtl">الف و ب</span>.</span>'
    )  # fmt: skip


def test_a_number_takes_the_plural_form_of_its_language(spoken):
    """Russian has three forms, and the language's catalogue says which."""
    russian = spoken("ru", {("", "{n} list"): ("{n} список", "{n} списка", "{n} списков")})

    said = [str(russian.count("{n} list", "{n} lists", n)) for n in (1, 3, 7)]

    assert said == ["1 список", "3 списка", "7 списков"]
    assert words("en").count("{n} list", "{n} lists", 1) == "1 list"


def test_placeholders_stand_in_any_order(spoken):
    """Languages put their words where they like."""
    turkish = spoken("tr", {("", "{name} on {list}"): ("{list}: {name}",)})

    assert turkish.say("{name} on {list}", name=Markup("N"), list=Markup("L")) == "L: N"


def test_a_word_in_two_contexts_is_two_messages(spoken):
    """*Listed* as a state and as an act are two words in most languages."""
    french = spoken("fr", {("state", "listed"): ("inscrit",), ("act", "listed"): ("inscription",)})

    assert french.say_in("state", "listed") == "inscrit"
    assert french.say_in("act", "listed") == "inscription"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2005-03-15", "15 March 2005"),
        ("2005-03", "March 2005"),
        ("2005", "2005"),
        ("2015-11-02/2023-12-20", "between 2 November 2015 and 20 December 2023"),
        ("../2023-12-20", "by 20 December 2023"),
        ("", "day unknown"),
        (dt.date(2024, 6, 3), "3 June 2024"),
    ],
)
def test_a_date_is_told_with_the_precision_of_its_source(text, said):
    """March 2005 is a month and no day of it."""
    assert in_words("en", text) == said


@pytest.mark.parametrize(
    ("language", "day", "month"),
    [
        ("fr", "15 mars 2005", "mars 2005"),
        ("ru", "15 марта 2005 г.", "март 2005 г."),
        ("zh", "2005年3月15日", "2005年3月"),
        ("ja", "2005年3月15日", "2005年3月"),
        ("kk", "2005 ж. 15 наурыз", "2005 ж. наурыз"),
        ("id", "15 Maret 2005", "Maret 2005"),
        ("tr", "15 Mart 2005", "Mart 2005"),
        ("es", "15 de marzo de 2005", "marzo de 2005"),
        ("ar", "15 مارس 2005", "مارس 2005"),
        ("fa", "۲۵ اسفند ۱۳۸۳ (۱۵ مارس ۲۰۰۵)", "مارس ۲۰۰۵"),
        ("prs", "۲۵ حوت ۱۳۸۳ (۱۵ مارچ ۲۰۰۵)", "مارچ ۲۰۰۵"),
    ],
)
def test_a_date_is_in_the_words_digits_and_calendars_of_the_language(language, day, month):
    """A month is never converted: it spans two of the other calendar's."""
    made = words(language)

    assert made.text(made.time("2005-03-15")) == day
    assert made.text(made.time("2005-03")) == month


def test_every_date_is_machine_readable():
    """Two of them where two days bound it."""
    said = words("en").day("2015-11-02/2023-12-20")

    assert said.count("<time datetime=") == 2
    assert 'datetime="2015-11-02"' in said


@pytest.mark.parametrize(
    ("day", "found"),
    [
        ("2005-03-15", (1383, 12, 25)),
        ("2024-06-03", (1403, 3, 14)),
        ("2024-03-20", (1403, 1, 1)),
        ("2025-03-20", (1403, 12, 30)),  # a leap year
        ("2025-03-21", (1404, 1, 1)),
        ("2023-12-29", (1402, 10, 8)),
    ],
)
def test_the_solar_calendar_is_that_of_iran_and_afghanistan(day, found):
    """Checked against printed calendars, with both edges of a leap year."""
    assert solar(dt.date.fromisoformat(day)) == found
    assert read_day(*found, solar_allowed=True) == day


def test_every_day_of_two_centuries_goes_there_and_back():
    """What is shown can be typed."""
    day = dt.date(1921, 3, 22)
    while day < dt.date(2098, 1, 1):
        assert read_day(*solar(day), solar_allowed=True) == day.isoformat()
        day += dt.timedelta(days=17)


def test_days_that_there_are_not_are_read_as_none():
    """The month Esfand has a thirtieth day in leap years only."""
    assert read_day(1402, 12, 30, solar_allowed=True) is None
    assert read_day(2023, 2, 29, solar_allowed=False) is None
    assert read_day(1383, 12, 25, solar_allowed=False) == "1383-12-25"


def test_a_list_of_things_is_joined_as_the_language_joins():
    """The commas and the last word between are the language's own; the things are markup and stay whole."""
    assert words("en").listed([Markup("<b>a</b>"), "b", "c"]) == "<b>a</b>, <bdi>b</bdi> and <bdi>c</bdi>"
    assert words("zh").listed(["a", "b"]) == "<bdi>a</bdi>和<bdi>b</bdi>"
    assert words("en").listed([]) == ""


def test_a_name_carries_its_language_or_its_script():
    """It picks the face, the forms of Han signs and the voice that reads."""
    made = words("en")

    assert made.name("Движение Талибан", "ru") == '<bdi class="src" lang="ru">Движение Талибан</bdi>'
    assert made.name("طالبان") == '<bdi class="src" lang="und-Arab">طالبان</bdi>'
    assert made.name("Taliban") == '<bdi class="src">Taliban</bdi>'
    assert made.name("x", '"><script>') == '<bdi class="src">x</bdi>'


def test_an_address_from_outside_is_a_link_only_on_the_web():
    """A list may print any address; ``javascript:`` is none to follow."""
    made = words("en")

    assert made.link_out("javascript:alert(1)", "x") == "x"
    assert 'rel="noopener noreferrer nofollow"' in made.link_out("https://example.org/", "x")


def test_a_language_that_is_none_of_the_twelve_is_not_found():
    """Nothing is guessed for it."""
    with pytest.raises(NotFound, match="languages are en, fr"):
        words("tlh")


def test_a_catalogue_says_who_reviewed_it(tmp_path, monkeypatch):
    """Nobody is nobody; a name is a name; unfinished and doubtful messages are not used."""
    text = (
        '# Reviewed by: {who}\n#\nmsgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Plural-Forms: nplurals=2; plural=(n > 1);\\n"\n\nmsgid "Lists"\nmsgstr "Listes"\n\n'
        '#, fuzzy\nmsgid "Ask"\nmsgstr "?"\n\nmsgid "Search"\nmsgstr ""\n\n'
        'msgid "{n} list"\nmsgid_plural "{n} lists"\nmsgstr[0] "{n} liste"\nmsgstr[1] "{n} listes"\n'
    )
    monkeypatch.setattr(catalogues.resources, "files", lambda _: tmp_path)
    found = {}
    for number, who in enumerate(("nobody", "A. Reader, 2026-11-01")):
        (tmp_path / f"x{number}.po").write_text(text.replace("{who}", who), encoding="utf-8")
        found[who] = catalogue.__wrapped__(f"x{number}")

    assert found["nobody"].reviewed_by == ""
    assert found["A. Reader, 2026-11-01"].reviewed_by == "A. Reader, 2026-11-01"
    assert found["nobody"].messages == {("", "Lists"): ("Listes",), ("", "{n} list"): ("{n} liste", "{n} listes")}
    assert found["nobody"].form_of(0) == 0


def test_the_template_of_messages_is_what_the_code_says():
    """A message that translators do not see stays English for ever."""
    ran = subprocess.run(
        [sys.executable, "tools/extract_messages.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert ran.returncode == 0, ran.stdout + ran.stderr
