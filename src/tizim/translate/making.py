"""Making a version of a text: sentence by sentence, its names protected, what comes back looked at."""

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from tizim.domain.versions import Pair, Severity, VersionFinding
from tizim.errors import EngineProblem
from tizim.translate.answering import LanguageOf, Sent, look, nothing
from tizim.translate.protecting import Kept, Protected, Restored, protect, restore
from tizim.translate.protocol import Engine, EngineLimits, Order
from tizim.translate.sentences import Sentence

_MOST: Final = 10


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be made."""

    sentences: tuple[Sentence, ...]
    source: str
    target: str
    names: tuple[Protected, ...]
    """to be kept, each with the form that it has in the target"""
    glossary: Mapping[str, str]
    """terms of the source, and how they are said in the target"""


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """What came of it."""

    pairs: tuple[Pair, ...]
    """none where the engine gave nothing that could be put beside the source"""
    findings: tuple[VersionFinding, ...]
    version: str
    """of the engine, as it states it"""

    @property
    def is_fit(self) -> bool:
        """Whether nothing severe was found."""
        return not any(one.severity is Severity.SEVERE for one in self.findings)


def make(wanted: Wanted, engine: Engine, limits: EngineLimits, language_of: LanguageOf) -> Made:
    """A version of a text, or the reason why there is none. Never raises for what an engine does."""
    guarded = [protect(one.text, wanted.names) for one in wanted.sentences]
    answers: list[str] = []
    versions: dict[str, None] = {}
    for start in range(0, len(guarded), limits.batch):
        given = tuple(text for text, _ in guarded[start : start + limits.batch])
        order = Order(sentences=given, source=wanted.source, target=wanted.target, glossary=wanted.glossary)
        try:
            answered = engine.translate(order)
        except EngineProblem as error:
            return Made(pairs=(), findings=(nothing(str(error)),), version=", ".join(versions))
        versions |= {answered.version: None} if answered.version else {}
        if len(answered.sentences) != len(given):
            told = (
                f"the engine gave {len(answered.sentences)} sentences for {len(given)}: none can be put beside its"
                " source"
            )
            return Made(pairs=(), findings=(nothing(told),), version=", ".join(versions))
        if told := _no_text(given, answered.sentences):
            return Made(pairs=(), findings=(nothing(told),), version=", ".join(versions))
        answers += [" ".join(one.split()) for one in answered.sentences]
    sent = [
        _sent(number, one, answer, kept)
        for number, (one, answer, (_, kept)) in enumerate(zip(wanted.sentences, answers, guarded, strict=True))
    ]
    findings = look(sent, wanted.source, wanted.target, language_of)
    return Made(
        pairs=tuple(one.pair for one in sent), findings=tuple(findings), version=", ".join(versions)
    )  # fmt: skip


def look_again(
    pairs: Sequence[Pair], source: str, target: str, names: Sequence[Protected], language_of: LanguageOf
) -> list[VersionFinding]:
    """What can be told of sentences that a person wrote in the place of an engine's: the same but for its marks, which
    a person has no need of. A mark that is left all the same stands for nothing.
    """
    sent = []
    for number, pair in enumerate(pairs):
        _, kept = protect(pair.source, names)
        left = restore(pair.target, ()).invented
        restored = Restored(text=pair.target, dropped=(), doubled=(), invented=left)
        sent.append(Sent(number=number, pair=pair, kept=kept, restored=restored))
    return look(sent, source, target, language_of)


def _no_text(given: Sequence[str], answers: Sequence[str]) -> str:
    """Why what an engine gave cannot even be kept to be looked at; empty where it can."""
    if any("\ud800" <= sign <= "\udfff" for one in answers for sign in one):
        return "the engine gave signs that are no text in any language"
    if sum(map(len, answers)) > _MOST * sum(map(len, given)) + 1_000:
        return f"the engine wrote on and on: more than {_MOST} times what it was given"
    return ""


def _sent(number: int, one: Sentence, answer: str, kept: Sequence[Kept]) -> Sent:
    restored = restore(answer, kept)
    pair = Pair(paragraph=one.paragraph, source=one.text, target=restored.text)
    return Sent(number=number, pair=pair, kept=kept, restored=restored)
