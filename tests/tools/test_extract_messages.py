"""Messages are found wherever they are said."""

from tools import extract_messages


def test_a_message_said_inside_another_is_found(tmp_path):
    """A message that is not found is translated by nobody, and nothing says so."""
    code = tmp_path / "told.py"
    code.write_text(
        'said = words.say("{day}, first of all {what}", day=day, what=words.say("this statement"))\n'
        'many = words.count("{n} act", "{n} acts", n)\n'
        'known = say(KNOWN["x"])\n',
        encoding="utf-8",
    )

    found = sorted((name, texts) for _, name, texts in extract_messages._in_code(code))

    assert found == [
        ("count", ["{n} act", "{n} acts"]),
        ("say", []),
        ("say", ["this statement"]),
        ("say", ["{day}, first of all {what}"]),
    ]
