"""``tizim dossier`` and ``tizim audit --pdf``."""

import json

import pypdfium2
import pytest
import typst

from tizim.cli import main


def run(capsys, *arguments):
    """Run a command; gives its code, output and errors."""
    try:
        main(arguments)
        code = 0
    except SystemExit as end:
        code = end.code or 0
    read = capsys.readouterr()
    return code, read.out, read.err


def test_what_is_known_of_a_subject_is_written_as_pdf(tmp_path, monkeypatch, capsys):
    """The seed case: its pages tell the day, the head of the register, and that sources disagree."""
    if not any("Arabic" in family for family in typst.Fonts().families()):
        pytest.skip("no font with Arabic letters is installed (Debian, Ubuntu: fonts-noto-core)")
    monkeypatch.setenv("TIZIM_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("TIZIM_REGISTER_URL", raising=False)
    monkeypatch.chdir(tmp_path)
    run(capsys, "up", "--no-serve", "--offline")

    code, out, err = run(capsys, "dossier", "taliban", "--pdf", "t.pdf", "--as-of", "2024-06-10", "--json")
    other, _, _ = run(capsys, "audit", "kz-list", "--against", "un-sc", "--pdf", "a.pdf", "--language", "prs")
    wrong, _, says = run(capsys, "dossier", "taliban", "--pdf", "w.pdf", "--language", "xx")

    assert (code, other, wrong, err) == (0, 0, 2, "")
    assert "no pages are made in 'xx'" in says
    assert not (tmp_path / "w.pdf").exists()
    data = (tmp_path / "t.pdf").read_bytes()
    assert json.loads(out) == {"file": "t.pdf", "bytes": len(data)}
    assert b"/StructTreeRoot" in data
    assert b"/StructTreeRoot" in (tmp_path / "a.pdf").read_bytes()
    document = pypdfium2.PdfDocument(data)
    text = " ".join("\n".join(page.get_textpage().get_text_range() for page in document).split())
    document.close()
    assert "State of 10 June 2024" in text
    assert "Sources disagree" in text
