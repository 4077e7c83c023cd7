"""``tizim check-translation``: what it prints, its codes, and what it refuses."""

import json

import pytest

from tizim.cli import main

EN = "Kazakhstan removed the Taliban from its list on 3 June 2024."
FR = "Le Kazakhstan a retiré les talibans de sa liste le 3 juin 2024."


@pytest.fixture
def check(capsys, tmp_path):
    """Runs the command on texts; gives its code, output and errors."""

    def run(*texts, options=()):
        paths = []
        for number, text in enumerate(texts):
            path = tmp_path / f"{number}.txt"
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
            paths.append(str(path))
        code = 0
        try:
            main(["check-translation", *paths, *options])
        except SystemExit as end:
            code = end.code or 0
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


def test_json_has_the_names_that_others_rely_on(check):
    """Findings with code, severity, side, characters, message and suggestion, and whether it may be published."""
    code, out, _ = check(EN, FR.replace("juin", "mai"), options=["--json"])
    made = json.loads(out)

    assert code == 0
    assert made.keys() == {"findings", "publishable"}
    assert made["publishable"] is False
    assert made["findings"][0].keys() == {"code", "severity", "side", "start", "end", "message", "suggestion"}


def test_a_clean_translation_says_so(check):
    """And ends with 0, with --strict too."""
    code, out, _ = check(EN, FR, options=["--strict"])

    assert code == 0
    assert out.startswith("Nothing found")


def test_with_strict_a_finding_ends_with_5(check):
    """As in the other commands."""
    code, out, _ = check(EN, FR.replace("3 juin", "8 juin"), options=["--strict"])

    assert code == 5
    assert "Do not publish this translation as it stands: one finding is severe." in out
    assert "[3 juin" not in out
    assert "[8 juin 2024]" in out


def test_one_text_alone_is_checked_within(check):
    """Offsets count its characters as the file has them, a carriage return for one."""
    text = b"Premi\xc3\xa8re ligne.\r\nDeux d\xc3\xa9cennies de armes.\r\n"

    code, out, _ = check(text, options=["--source-language", "fr", "--json"])
    (one,) = json.loads(out)["findings"]

    assert code == 0
    assert (one["side"], one["code"], one["start"], one["end"]) == ("source", "elision", 32, 40)


def test_what_is_no_text_is_refused(check, tmp_path):
    """A file that is missing, or is not in UTF-8, with what to do."""
    code, _, err = check(b"\xff\xfe")

    assert code == 2
    assert "no text in UTF-8" in err
    with pytest.raises(SystemExit) as ended:
        main(["check-translation", str(tmp_path / "none.txt")])
    assert ended.value.code == 2
