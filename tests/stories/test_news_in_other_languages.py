"""News in an editor's words: made in other languages by an engine, held where it must be, released, corrected."""

import re
import shutil

import pytest
from tests.engines_made import serving
from tests.newsroom_made import Newsroom

from tizim.cli import main

ID = "2024-06-03-kazakhstan-and-the-taliban"
TEXT = (
    "# Kazakhstan and the Taliban\n\nKazakhstan took the Taliban off its list. The list had 23 entries in 2023.\n\n"
    "The United Nations Security Council decided nothing on that day.\n"
)
GOOD = {
    "fr": {
        "Kazakhstan and the [[1]]": "Le Kazakhstan et les [[1]]",
        "Kazakhstan took the [[1]] off its list.": "Le Kazakhstan a radié les [[1]] de sa liste.",
        "The list had 23 entries in 2023.": "La liste comptait 23 inscriptions en 2023.",
        "The United Nations Security Council decided nothing on that day.": (
            "Le Conseil de sécurité des Nations Unies n'a rien décidé ce jour-là."
        ),
        "The list had 24 entries in 2023.": "La liste comptait 24 inscriptions en 2023.",
    },
    "ru": {
        "Kazakhstan and the [[1]]": "Казахстан и [[1]]",
        "Kazakhstan took the [[1]] off its list.": "Казахстан исключил [[1]] из своего перечня.",
        "The list had 23 entries in 2023.": "В 2023 году в перечне было 23 записи.",
        "The United Nations Security Council decided nothing on that day.": (
            "Совет Безопасности Организации Объединенных Наций в тот день ничего не решил."
        ),
        "The list had 24 entries in 2023.": "В 2023 году в перечне было 24 записи.",
    },
}


class Desk(Newsroom):
    """A newsroom with an engine that says what this story wants."""

    def __init__(self, home, monkeypatch, capsys):
        monkeypatch.setenv("TIZIM_TRANSLATE_ENGINE", "libre")
        monkeypatch.setenv("TIZIM_TRANSLATE_SECONDS", "20")
        super().__init__(home, monkeypatch, capsys)
        self.wrong = {}

    def answer(self, sentences, target):
        """What the engine of this story says: what is right, but for what it was made to get wrong."""
        return [self.wrong.get((target, one)) or GOOD[target][one] for one in sentences]


@pytest.fixture
def desk(filled, tmp_path, monkeypatch, capsys):
    """A register filled from the starter, and an engine at hand."""
    shutil.copytree(filled, tmp_path / "home")
    made = Desk(tmp_path / "home", monkeypatch, capsys)
    with serving(made.answer) as server:
        monkeypatch.setenv("TIZIM_TRANSLATE_URL", f"http://127.0.0.1:{server.server_address[1]}")
        yield made
    made.app.close()


def _write(desk, text=TEXT):
    path = desk.app.settings.home / "news.md"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_news_from_the_editor_s_file_to_a_correction_in_every_language(desk):
    """One story: written, made in two languages, one held and released, corrected together, read all the while."""
    drafted = desk.json(
        "new", _write(desk), "--author", "Ann", "--day", "2024-06-03", "--list", "kz-list", "--subject", "taliban"
    )  # fmt: skip
    assert (drafted["id"], drafted["state"], drafted["kind"]) == (ID, "draft", "news")
    code, said = desk("translate", ID, "--to", "fr", "--author", "Ann")
    assert code == 2
    assert "is a draft: what is translated was approved" in said
    desk.json("approve", ID, "--author", "Ben")
    desk.json("publish", ID, "--author", "Ann")

    english, french = desk.read(f"/en/bulletins/{ID}/"), desk.read(f"/fr/bulletins/{ID}/")
    assert english.startswith(f"Bulletin · original · {ID} Kazakhstan and the Taliban")
    assert "Kazakhstan took the Taliban off its list" in french

    desk.wrong = {("ru", "The list had 23 entries in 2023."): "В 2023 году в перечне было 25 записей."}
    fr, ru = desk.json("translate", ID, "--to", "fr", "--to", "ru", "--author", "Ann")
    assert (fr["state"], fr["findings"]) == ("checked", [])
    assert fr["paragraphs"][0].startswith("Le Kazakhstan a radié les talibans de sa liste.")
    assert ru["state"] == "held"
    assert desk.site.get(f"/fr/bulletins/{ID}.json").json()["issues"][0]["mark"] == "machine"
    page = desk.site.get(f"/ru/bulletins/{ID}/").text
    assert "25 записей" not in page
    assert "Kazakhstan took the Taliban off its list" in page
    french = desk.site.get(f"/fr/bulletins/{ID}/").text
    assert "La liste comptait 23 inscriptions en 2023." in french
    assert "LibreTranslate" in french

    (held,) = desk.json("held")
    assert held["id"] == ru["id"]
    said = desk("review", ru["id"][:8])[1]
    assert "  ru: В 2023 году в перечне было 25 записей." in said
    assert re.search(r"^    ! \d+ number: ", said, re.MULTILINE)
    assert desk("release", ru["id"], "--author", "Ben")[0] == 2
    released = desk.json("release", ru["id"], "--author", "Ben", "--reason", "Counted again: it is 25")
    assert released["state"] == "released"
    assert desk.json("held") == []
    russian = desk.read(f"/ru/bulletins/{ID}/")
    assert "25 записей" in russian
    assert "Counted again: it is 25" in russian
    assert "does not wait" in desk("release", ru["id"], "--author", "Ben", "--reason", "Twice")[1]

    text = desk.app.settings.home / "text.txt"
    text.write_text(TEXT.replace("23 entries", "24 entries").split("\n\n", 1)[1], encoding="utf-8")
    correct = ("--author", "Ann", "--reason", "One more", "--title", "Kazakhstan and the Taliban", "--text", str(text))
    desk.json("correct", ID, *correct)
    desk.json("approve", ID, "--author", "Ben")
    assert desk.json("translate", ID, "--to", "fr", "--author", "Ann")[0]["state"] == "checked"
    assert "23 inscriptions" in desk.read(f"/fr/bulletins/{ID}/")
    code, said = desk("publish", ID, "--author", "Ann")
    assert code == 0
    assert f"versions in ru are of the text before: 'tizim bulletin translate {ID}' makes them anew" in said
    assert "24 inscriptions" in desk.read(f"/fr/bulletins/{ID}/")
    versions = desk.site.get(f"/ru/bulletins/{ID}.json").json()["issues"]
    assert versions[-1]["machine"]["older_than_original"] is True
    desk.wrong = {}
    desk.json("translate", ID, "--to", "ru", "--author", "Ann")
    assert "24 записи" in desk.read(f"/ru/bulletins/{ID}/")
    assert desk.site.get(f"/ru/bulletins/{ID}.json").json()["issues"][-1]["machine"]["older_than_original"] is False

    (taken,) = [one for one in desk.json("versions", ID) if one["language"] == "ru" and one["state"] == "checked"]
    desk.json("take-back", taken["id"], "--author", "Cy", "--reason", "An odd word")
    assert "24 записи" not in desk.read(f"/ru/bulletins/{ID}/")
    main(["verify"])
