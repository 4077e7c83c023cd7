"""Models in a folder, run for real: CTranslate2 and SentencePiece with a model that is made here."""

from pathlib import Path

import pytest
from tests.engines_made import NAMES, a_choice
from tests.translate.tiny_model import model

import tizim.translate
from tizim.errors import BadInput, EngineProblem
from tizim.translate import EngineLimits, Order, Wanted, engine_of, make, sentences
from tizim.translate.local import LocalEngine

pytest.importorskip("ctranslate2", reason="CTranslate2 is not installed (the extra 'mt')")
pytest.importorskip("sentencepiece", reason="SentencePiece is not installed (the extra 'mt')")

WORDS = {
    "The": "Le", "[[1]]": "[[1]]", "was": "fut", "delisted.": "radié.", "in": "en", "2024": "2024", "court": "tribunal",
    "decided.": "décida.",
}  # fmt: skip
FILE = """
name = "Word by word"
licence = "Apache-2.0"

[[models]]
path = "en-fr"
source = "en"
target = "fr"
source_pieces = "en-fr/source.spm"
target_pieces = "en-fr/target.spm"
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with one model."""
    made = tmp_path_factory.mktemp("models")
    model(made / "en-fr", WORDS)
    (made / "engine.toml").write_text(FILE, encoding="utf-8")
    return made


def an_engine(folder):
    """The engine of a folder."""
    return engine_of(a_choice("local", folder=str(folder)))


def test_a_model_is_loaded_from_its_folder_and_translates(folder):
    """Its version is the hash of its weights, so that a page says which model it was."""
    engine = an_engine(folder)
    order = Order(
        sentences=("The [[1]] was delisted. in 2024", "The court decided."), source="en", target="fr", glossary={}
    )  # fmt: skip

    answered = engine.translate(order)

    assert engine.name == "Word by word"
    assert answered.sentences == ("Le [[1]] fut radié. en 2024", "Le tribunal décida.")
    assert len(answered.version) == 12
    assert answered.version == engine.translate(order).version


def test_a_version_by_it_has_its_names_and_is_held_to_the_same(folder):
    """A word that the model does not know is lost from its answer, and that is seen."""
    wanted = Wanted(
        sentences=tuple(sentences("The court decided.", ("The Zenda Front was delisted.", "The minister decided."))),
        source="en", target="fr", names=NAMES, glossary={},
    )  # fmt: skip

    made = make(wanted, an_engine(folder), EngineLimits(), lambda *_: "und")
    lost = make(
        Wanted(
            sentences=tuple(sentences("The court decided.", ("The Zenda Front and the Zenda Front was delisted.",))),
            source="en", target="fr", names=NAMES, glossary={},
        ),
        an_engine(folder), EngineLimits(), lambda *_: "und",
    )  # fmt: skip

    assert made.pairs[1].target == "Le Front Zenda fut radié."
    assert "placeholder" in {one.code for one in lost.findings}


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        (FILE.replace('"en-fr"', '"../other"', 1), "leads out of the folder"),
        (FILE.replace("[[models]]", "[[model]]"), "unknown field"),
        (FILE.replace('"Apache-2.0"', '""'), "the licence of the models"),
        (FILE.replace("target_pieces", "pieces"), "unknown field"),
        ("nonsense", "engine.toml"),
        (None, "cannot be read"),
    ],
)
def test_a_folder_that_does_not_say_what_it_holds_is_refused(tmp_path, told, reason):
    """With the place of what is wrong, before anything is translated."""
    if told is not None:
        (tmp_path / "engine.toml").write_text(told, encoding="utf-8")

    with pytest.raises(BadInput, match=reason):
        an_engine(tmp_path).translate(Order(sentences=("The",), source="en", target="fr", glossary={}))


def test_the_example_that_is_shipped_is_one(folder):
    """Whoever copies it begins with something that is read; it names models that nobody has yet."""
    engine = LocalEngine(Path(tizim.translate.__file__).parent)

    with pytest.raises(EngineProblem, match="from 'en' to 'prs' cannot be loaded"):
        engine.translate(Order(sentences=("The",), source="en", target="prs", glossary={}))


def test_a_model_that_is_broken_or_missing_is_the_engine_s_problem(folder, tmp_path):
    """A version is held for it; nothing else ends."""
    (tmp_path / "engine.toml").write_text(FILE, encoding="utf-8")
    order = Order(sentences=("The",), source="en", target="fr", glossary={})

    with pytest.raises(EngineProblem, match="cannot be loaded"):
        an_engine(tmp_path).translate(order)
    (tmp_path / "en-fr").mkdir()
    (tmp_path / "en-fr" / "model.bin").write_bytes(b"no model")
    with pytest.raises(EngineProblem, match="cannot be loaded"):
        an_engine(tmp_path).translate(order)
    with pytest.raises(EngineProblem, match="no model in the folder translates from 'en' to 'kk'"):
        an_engine(folder).translate(Order(sentences=("The",), source="en", target="kk", glossary={}))
