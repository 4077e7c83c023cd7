"""``tizim read``: what it prints, and what it refuses."""

import io
import json

import pytest

from tizim.cli import main

STORY = "Kyrgyzstan has taken the Taliban off its list of banned organisations, the Foreign Ministry said on Friday."


@pytest.fixture
def read(capsys, tmp_path, monkeypatch):
    """Runs the command where there is no register; gives its code, output and errors."""
    monkeypatch.setenv("TIZIM_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("TIZIM_REGISTER_URL", raising=False)

    def run(*arguments):
        code = 0
        try:
            main(["read", *arguments])
        except SystemExit as end:
            code = end.code or 0
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


@pytest.fixture
def story(tmp_path):
    """A story in a file."""
    path = tmp_path / "story.txt"
    path.write_text(STORY, encoding="utf-8")
    return str(path)


def test_a_person_sees_who_says_what_of_which_list(read, story):
    """State, subject, action, date, speaker and the words, without a register."""
    code, out, _ = read(story, "--published", "2024-09-07")

    assert code == 0
    assert "Kyrgyzstan: Taliban (taliban), taken off the list (told as done), 2024-09-06 (“Friday”" in out
    assert "said by Foreign Ministry" in out
    assert "“Kyrgyzstan has taken the Taliban off its list”" in out


def test_a_program_gets_one_object(read, story):
    """With the fixed names, and characters that fit the file."""
    code, out, _ = read(story, "--json", "--published", "2024-09-07")

    made = json.loads(out)
    claim = made["claims"][0]
    assert code == 0
    assert set(made) == {"language", "machine_translated", "published", "claims", "spelling"}
    assert STORY[claim["start"] : claim["end"]] == claim["evidence"]


def test_standard_input_is_read(read, monkeypatch):
    """With a dash for the file."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(STORY.encode()), encoding="utf-8"))

    assert "Kyrgyzstan" in read("-")[1]


def test_a_feed_gives_a_list(read, tmp_path):
    """Many articles are many objects, each with its address and text."""
    path = tmp_path / "feed.xml"
    path.write_text(
        f'<?xml version="1.0"?><rss><channel><item><title>A</title><link>https://example.org/a</link><description>{STORY}'
        "</description></item><item><title>B</title><description>Nothing.</description></item></channel></rss>",
        encoding="utf-8",
    )

    made = json.loads(read(str(path), "--json")[1])

    assert [one["url"] for one in made] == ["https://example.org/a", None]
    assert [len(one["claims"]) for one in made] == [1, 0]


def test_a_story_without_claims_says_so(read, tmp_path):
    """Silence is told."""
    path = tmp_path / "story.txt"
    path.write_text("The club dropped three players from its squad list on Friday, the coach said.", encoding="utf-8")

    assert "claims nothing about any list" in read(str(path))[1]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nowhere.txt",), "cannot be read"),
        (("http://example.org/a",), "https"),
        (("https://127.0.0.1/a",), "127.0.0.1"),
    ],
)
def test_what_cannot_be_read_is_refused(read, arguments, said):
    """In one line, with the reason; no address but a public https one is asked."""
    code, out, err = read(*arguments)

    assert code in {2, 3}
    assert out == ""
    assert said in err
