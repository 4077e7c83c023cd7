"""An engine of models in a folder, run by CTranslate2 with SentencePiece (the extra ``mt``).

``engine.toml`` in the folder says what each model is for; nothing is fetched. A model is loaded when it is first
needed, and stays. Its version is the hash of its weights, so that a page says by which model a text was made.
"""

import hashlib
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import msgspec

from tizim.errors import BadInput, EngineProblem, NotSupported
from tizim.translate.protocol import Answered, Order

_FILE: Final = "engine.toml"
_LONGEST: Final = 512
"""pieces of a sentence that a model may write"""


class _Model(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A model for one pair of languages, or one of many pairs with its own words for them."""

    path: str
    """its folder, with ``model.bin``, from that of ``engine.toml``"""
    source: str
    target: str
    source_pieces: str
    """the file of SentencePiece's model, from the same folder"""
    target_pieces: str = ""
    """empty: the same as the source's"""
    before: tuple[str, ...] = ()
    """pieces that stand before each sentence, such as the word for its language"""
    after: tuple[str, ...] = ("</s>",)
    begins: tuple[str, ...] = ()
    """pieces that each answer begins with, such as the word for the target; they are taken off again"""


class _File(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    name: str
    licence: str
    """of the models: some may not be used in trade, and whoever runs them answers for that"""
    models: tuple[_Model, ...]


class LocalEngine:
    """Models in a folder. Raises `BadInput` for a folder that is not described, `NotSupported` without the extra."""

    def __init__(self, folder: Path) -> None:
        try:
            import ctranslate2  # noqa: PLC0415 - of an extra
            import sentencepiece  # noqa: PLC0415 - of an extra
        except ImportError:
            raise NotSupported("models in a folder need the extra 'mt': pip install 'tizim[mt]'") from None
        self._run: Any = ctranslate2
        self._pieces: Any = sentencepiece
        self._folder = folder
        self._file = _read(folder)
        self._loaded: dict[tuple[str, str], _Loaded] = {}

    @property
    def name(self) -> str:
        """As its file calls it."""
        return self._file.name

    def translate(self, order: Order) -> Answered:
        """Translate, one sentence by itself."""
        one = self._model(order.source, order.target)
        try:
            sentences, pieces = one.translate(order.sentences)
        except (RuntimeError, ValueError) as error:  # what the model's library raises
            raise EngineProblem(f"the model failed: {error}") from None
        if any(len(own) >= _LONGEST for own in pieces):
            raise EngineProblem(f"the model wrote on and on: a sentence of it has {_LONGEST} pieces or more")
        return Answered(sentences=tuple(sentences), version=one.version)

    def _model(self, source: str, target: str) -> "_Loaded":
        loaded = self._loaded.get((source, target))
        if loaded is None:
            told = next((one for one in self._file.models if (one.source, one.target) == (source, target)), None)
            if told is None:
                raise EngineProblem(f"no model in the folder translates from '{source}' to '{target}'")
            loaded = self._loaded[source, target] = _Loaded(self._run, self._pieces, self._folder, told)
        return loaded


class _Loaded:
    """A model in memory."""

    def __init__(self, run: Any, pieces: Any, folder: Path, told: _Model) -> None:  # noqa: ANN401 - without types
        self._told = told
        where = _inside(folder, told.path)
        weights = where / "model.bin"
        try:
            with weights.open("rb") as file:
                self.version = hashlib.file_digest(file, "sha256").hexdigest()[:12]
            self._translator = run.Translator(str(where), device="cpu")
            self._source = pieces.SentencePieceProcessor(model_file=str(_inside(folder, told.source_pieces)))
            target = told.target_pieces or told.source_pieces
            self._target = pieces.SentencePieceProcessor(model_file=str(_inside(folder, target)))
        except (OSError, RuntimeError, ValueError) as error:
            raise EngineProblem(
                f"the model from '{told.source}' to '{told.target}' cannot be loaded: {error}"
            ) from None

    def translate(self, sentences: Sequence[str]) -> tuple[list[str], list[list[str]]]:
        """The sentences, and the pieces of which they were made."""
        told = self._told
        given = [[*told.before, *self._source.encode(one, out_type=str), *told.after] for one in sentences]
        prefix = [list(told.begins) for _ in given] if told.begins else None
        results = self._translator.translate_batch(
            given, target_prefix=prefix, beam_size=4, max_decoding_length=_LONGEST, max_batch_size=8
        )
        pieces = [list(result.hypotheses[0]) for result in results]
        own = [one[len(told.begins) :] if one[: len(told.begins)] == list(told.begins) else one for one in pieces]
        return [self._target.decode(one) for one in own], pieces


def _read(folder: Path) -> _File:
    path = folder / _FILE
    try:
        found = msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), _File)
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}; it says what each model is for") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as error:
        raise BadInput(f"{path}: {error}") from None
    if not found.name.strip() or not found.licence.strip() or not found.models:
        raise BadInput(f"{path}: give a name, the licence of the models, and one of them at least")
    return found


def _inside(folder: Path, part: str) -> Path:
    """A path in the folder. Raises `BadInput` for one that leads out of it."""
    path = (folder / part).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise BadInput(f"{folder / _FILE}: '{part}' leads out of the folder")
    return path
