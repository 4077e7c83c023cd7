"""Bulletins at the command line: what is refused, with which code, and what it says."""

import datetime as dt
import io
import json
import shutil

import pytest

from tizim.app import App
from tizim.cli import main
from tizim.domain.bulletins import Approving
from tizim.errors import Overtaken
from tizim.settings import Settings

ID = "2023-12-20-kz-list-taliban"


@pytest.fixture
def tizim(filled, tmp_path, monkeypatch, capsys):
    """Runs a command in a home with the starter."""
    shutil.copytree(filled, tmp_path / "home")
    monkeypatch.setenv("TIZIM_HOME", str(tmp_path / "home"))
    for name in ("TIZIM_REGISTER_URL", "TIZIM_MAIN_LANGUAGE", "TIZIM_BULLETIN_APPROVAL"):
        monkeypatch.delenv(name, raising=False)

    def run(*arguments):
        try:
            main(list(arguments))
            code = 0
        except SystemExit as end:
            code = end.code or 0
        read = capsys.readouterr()
        return code, read.out + read.err

    return run


def test_a_proposal_is_told_with_its_text_and_enters_nothing(tizim):
    """Whoever looks has entered nothing by looking."""
    code, said = tizim("bulletin", "propose", "--since", "2023-12-01", "--list", "kz-list", "--language", "en")

    assert code == 0
    assert said.startswith(f"{ID}\n  Taliban was taken off")
    assert "1 without a bulletin since 2023-12-01; nothing is entered until one is drafted" in said
    assert tizim("bulletin", "list") == (0, "no bulletins\n")


def test_the_steps_say_in_a_line_what_became_of_it(tizim):
    """State, step and title, each time."""
    code, said = tizim("bulletin", "draft", ID, "--author", "Ann")
    assert (code, said.split("  ")[:2]) == (0, [ID, "draft (step 1)"])
    assert "approved (step 2)" in tizim("bulletin", "approve", ID, "--author", "Ben")[1]
    assert "published (step 3)" in tizim("bulletin", "publish", ID, "--author", "Ann")[1]

    code, said = tizim("bulletin", "show", ID)

    assert code == 0
    assert said.startswith(f"{ID}: published (main language en)\n\nPublished (template, en)\n  Taliban was taken off")
    assert "draft by Ann" in said
    assert "approve by Ben" in said
    assert "rests on " in said
    assert "طالبان" in tizim("bulletin", "show", ID, "--language", "prs")[1]
    assert tizim("verify")[0] == 0


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["draft", "2023-12-20-kz-list-nobody", "--author", "Ann"], "nothing without a bulletin has the id"),
        (["draft", "nonsense", "--author", "Ann"], "is no id of a proposal"),
        (["draft", ID, "--author", " "], "needs its author"),
        (["draft", ID, "--author", "Ann", "--title", "Alone"], "give --title and --text FILE"),
        (["draft", ID, "--author", "Ann", "--title", "T", "--text", "/nowhere/text"], "cannot be read"),
        (["approve", ID, "--author", "Ann"], f"there is no bulletin '{ID}'"),
        (["publish", ID, "--author", "Ann"], "'tizim bulletin list' names them all"),
        (["correct", ID, "--author", "Ann", "--reason", "x"], "there is no bulletin"),
        (["withdraw", ID, "--author", "Ann", "--reason", "x"], "there is no bulletin"),
        (["show", ID], "there is no bulletin"),
        (["propose", "--since", "yesterday"], "--since wants a day"),
        (["propose", "--list", "nolist"], "no official list has the id 'nolist'"),
        (["propose", "--language", "tlh"], "nothing is written in 'tlh'"),
        (["list", "--state", "lost"], "--state is one of draft, approved, published"),
        (["approve", ID], "Missing option '--author'"),
        (["praise"], "No such command"),
    ],
)
def test_what_cannot_be_done_says_what_to_do(tizim, arguments, reason):
    """The caller's turn, code 2, one line."""
    code, said = tizim("bulletin", *arguments)

    assert code == 2
    assert reason in said
    assert said.count("\n") == 1


def test_whoever_had_not_seen_the_last_step_is_told(tizim):
    """An approval is of what its author had read."""
    tizim("bulletin", "draft", ID, "--author", "Ann")
    tizim("bulletin", "draft", ID, "--author", "Cy")

    code, said = tizim("bulletin", "approve", ID, "--author", "Ben", "--seen", "1")

    assert code == 2
    assert f"Cy came first: step 2 of {ID} followed on the one that you had seen" in said
    assert "nobody can have seen step 9" in tizim("bulletin", "approve", ID, "--author", "Ben", "--seen", "9")[1]
    assert tizim("bulletin", "approve", ID, "--author", "Ben", "--seen", "2")[0] == 0


def test_who_approves_is_a_setting(tizim, monkeypatch):
    """A register of one person says so; a slip in the setting is no permission."""
    monkeypatch.setenv("TIZIM_BULLETIN_APPROVAL", "nobody")
    code, said = tizim("bulletin", "draft", ID, "--author", "Ann")
    assert code == 2
    assert "TIZIM_BULLETIN_APPROVAL is 'nobody': write second or author" in said

    monkeypatch.setenv("TIZIM_BULLETIN_APPROVAL", "author")
    tizim("bulletin", "draft", ID, "--author", "Ann")

    assert tizim("bulletin", "approve", ID, "--author", "Ann")[0] == 0


def test_a_main_language_in_which_no_pages_are_made_is_refused(tizim, monkeypatch):
    """Before anything is entered in it, and before anything is served."""
    monkeypatch.setenv("TIZIM_MAIN_LANGUAGE", "tlh")

    for arguments in (["bulletin", "draft", ID, "--author", "Ann"], ["bulletin", "propose"], ["serve", "--port", "0"]):
        code, said = tizim(*arguments)
        assert code == 2
        assert "TIZIM_MAIN_LANGUAGE is 'tlh': the languages are en, fr, " in said


def test_words_of_one_s_own_come_from_standard_input_too(tizim, monkeypatch):
    """Lines end as they do here, and paragraphs stay."""
    typed = io.TextIOWrapper(io.BytesIO(b"One.\r\n\r\nTwo.\r\n"))
    monkeypatch.setattr("sys.stdin", typed)

    tizim("bulletin", "draft", ID, "--author", "Ann", "--title", "Own", "--text", "-")
    _, said = tizim("bulletin", "show", ID, "--json")

    waiting = json.loads(said)["waiting"]
    assert (waiting["mark"], waiting["title"], waiting["text"]) == ("original", "Own", ["One.", "Two."])


@pytest.mark.parametrize("data", [b"\xff\xfe\xff", b"x" * 20_001])
def test_a_file_that_is_no_short_text_is_refused(tizim, tmp_path, data):
    """With its name and what is wrong."""
    file = tmp_path / "text.txt"
    file.write_bytes(data)

    code, said = tizim("bulletin", "draft", ID, "--author", "Ann", "--title", "T", "--text", str(file))

    assert code == 2
    assert "no text in UTF-8" in said or "at most 20,000 signs" in said


def test_a_correction_that_changes_nothing_is_refused_and_one_by_template_takes_no_words(tizim, tmp_path):
    """A correction is one."""
    file = tmp_path / "text.txt"
    file.write_text("Text.", encoding="utf-8")
    for step, author in (("draft", "Ann"), ("approve", "Ben"), ("publish", "Ann")):
        tizim("bulletin", step, ID, "--author", author)
    correct = ("bulletin", "correct", ID, "--author", "Ann", "--reason", "x")

    assert "nothing of bulletin" in tizim(*correct)[1]
    assert "--by-template stands without" in tizim(*correct, "--by-template", "--title", "T", "--text", str(file))[1]
    assert tizim(*correct, "--title", "T", "--text", str(file))[0] == 0
    assert "is published: correct it" in tizim("bulletin", "draft", ID, "--author", "Ann")[1]


def test_a_step_that_came_second_is_kept_without_effect_and_its_author_is_told(tizim):
    """Two processes may look before either has written; what both wrote stays to be seen."""
    tizim("bulletin", "draft", ID, "--author", "Ann")
    app = App(Settings.read())
    moment = app.bulletins().steps[ID][0].at
    by_ben = Approving(bulletin=ID, number=2, by="Ben", at=moment + dt.timedelta(seconds=5))
    app.take_step(by_ben)

    with pytest.raises(Overtaken, match="made by Ben before"):
        app.take_step(Approving(bulletin=ID, number=2, by="Cy", at=moment + dt.timedelta(seconds=6)))

    app.close()
    assert "without effect: 2  " in tizim("bulletin", "show", ID)[1]
    _, said = tizim("bulletin", "show", ID, "--json")
    (without_effect,) = json.loads(said)["without_effect"]
    assert "approve by Cy: step 2" in without_effect


def test_a_register_that_gets_another_s_documents_says_the_same(tizim, tmp_path, monkeypatch):
    """In whatever order they come."""
    for step, author in (("draft", "Ann"), ("approve", "Ben"), ("publish", "Ann")):
        tizim("bulletin", step, ID, "--author", author)
    told = tizim("bulletin", "show", ID, "--json")[1]
    app = App(Settings.read())
    with app.existing().view() as view:
        kept = [doc.sha256 for doc in view.documents() if doc.source == "bulletins"]
    files = [tmp_path / f"{number}.json" for number in range(len(kept))]
    for file, sha256 in zip(files, kept, strict=True):
        file.write_bytes(app.archive.get(sha256))
    app.close()
    monkeypatch.setenv("TIZIM_HOME", str(tmp_path / "other"))

    for file in (files[2], files[0], files[1]):
        assert tizim("keep", "bulletins", str(file))[0] == 0

    assert json.loads(tizim("bulletin", "show", ID, "--json")[1])["steps"] == json.loads(told)["steps"]
    assert tizim("bulletin", "list")[1].startswith(f"{ID}  published (step 3)")
