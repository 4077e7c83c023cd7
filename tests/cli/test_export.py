"""``tizim export``: its options, its exit codes, and what it says."""

import json

import pytest

from tizim.cli import main

KEYS = {
    "tizim", "format", "file", "as_of", "known_at", "basis", "head", "data_version", "of_lists", "rows", "subjects",
    "bytes", "sha256", "sha1", "neutralised", "lists",
}  # fmt: skip


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """The register of the starter."""
    folder = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TIZIM_HOME", str(folder))
        patch.delenv("TIZIM_REGISTER_URL", raising=False)
        main(["up", "--no-serve", "--offline"])
    return folder


@pytest.fixture
def run(home, monkeypatch, tmp_path, capsysbinary):
    """Runs the command in a folder of its own; gives its code, output and errors."""
    monkeypatch.setenv("TIZIM_HOME", str(home))
    monkeypatch.delenv("TIZIM_REGISTER_URL", raising=False)
    monkeypatch.chdir(tmp_path)

    def run(*arguments):
        try:
            main(["export", *arguments])
            code = 0
        except SystemExit as end:
            code = end.code or 0
        read = capsysbinary.readouterr()
        return code, read.out, read.err.decode()

    return run


KZ = ("--list", "kz-list", "--as-of", "2015-11-02")


def test_its_json_has_the_keys_that_others_rely_on(run, tmp_path):
    """Keys are added, never renamed."""
    code, out, _ = run("--format", "ftm", "-o", "kz.json", *KZ, "--json")

    told = json.loads(out)
    assert (code, set(told), set(told["files"][0])) == (0, {"into", "files"}, KEYS)
    assert json.loads((tmp_path / "kz.json.export.json").read_bytes()) == told["files"][0]


def test_the_taliban_are_in_the_export_of_a_day_on_which_they_were_listed_and_of_no_later_one(run):
    """The seed case: on Kazakhstan's list in 2015, off it in 2024, whatever is known today."""
    _, then, told = run("--format", "targets", *KZ)
    code, now, _ = run("--format", "targets", "--list", "kz-list", "--as-of", "2024-06-10")

    assert (b"\ntaliban," in then, b"\ntaliban," in now, code) == (True, False, 0)
    assert "as of 2015-11-02" in told


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--format", "ftm", "--format", "targets", "-o", "f"), "--into FOLDER"),
        (("--format", "ftm", "-o", "f", "--into", "d"), "one of them"),
        (("--format", "ftm", "--base", "https://register.example"), "--into"),
        (("--format", "ftm", "--json"), "-o FILE"),
        (("--format", "ftm", "--list", "no-such"), "'no-such'"),
        (("--format", "ftm", "--as-of", "yesterday"), "--as-of"),
        (("--format", "ftm", "-o", "none/f"), "none/f"),
        ((), "--format"),
    ],
)
def test_a_wrong_call_ends_with_2_and_says_what_is_wrong(run, arguments, says):
    """And leaves nothing behind."""
    code, out, err = run(*arguments)

    assert (code, out) == (2, b"")
    assert says in err
