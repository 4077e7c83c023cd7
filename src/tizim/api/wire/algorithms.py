"""Which algorithm scores: tizim's own, whatever name it is asked for by."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from tizim.api.wire.replies import Refused
from tizim.match.model import ALGORITHM

BEST: Final = "best"
_SETTINGS: Final = ("string", "float", "float", "float", "float", "float")
_LOGIC_V2: Final[Mapping[str, str]] = MappingProxyType(dict(zip(
    ("nm_name_property", "nm_number_mismatch", "nm_extra_query_name", "nm_extra_result_name", "nm_family_name_weight",
     "nm_fuzzy_cutoff_factor"),
    _SETTINGS, strict=True,
)))  # fmt: skip
ALIASES: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType({
    "logic-v2": _LOGIC_V2, "logic-v1": {}, "name-based": {}, "name-qualified": {}, "regression-v1": {}, "ofac": {},
})  # fmt: skip
"""names of other systems' algorithms, with the settings that those have"""
_FEATURES: Final[Mapping[str, tuple[str, float]]] = MappingProxyType({
    "name_match": ("How likely the names are the same subject's: the score of the two names most alike.", 1.0),
    "birth_date": ("What dates of birth, as far as they are known, add to the log-odds.", 2.2),
    "country": ("What countries in common, or none, add to the log-odds.", 0.6),
    "gender": ("What the same gender, or another, adds to the log-odds.", 0.1),
    "identifier": ("What a number in common, or none, adds to the log-odds.", 4.0),
})  # fmt: skip


def checked(name: str, config: Mapping[str, object]) -> None:
    """Raise `Refused` for an algorithm that nobody knows, or a setting that it has not."""
    wanted = name.lower().strip()
    if wanted not in {BEST, ALGORITHM, *ALIASES}:
        raise Refused(400, f"Invalid algorithm: {name}")
    settings = _LOGIC_V2 if wanted == BEST else ALIASES.get(wanted, {})
    for setting in config:
        if setting not in settings:
            own = ALGORITHM if wanted == BEST else wanted
            raise Refused(400, f"Invalid configuration parameter: {setting} for algorithm {own}")


def told() -> dict[str, Any]:
    """All names that can be asked for, and what is behind them."""
    features = {
        name: {"description": text, "coefficient": most, "url": None} for name, (text, most) in _FEATURES.items()
    }

    def one(name: str, words: str, config: Mapping[str, str]) -> dict[str, Any]:
        settings = {
            setting: {
                "type": kind, "default": None,
                "description": f"Accepted and without effect: {ALGORITHM} has no such setting.",
            }
            for setting, kind in config.items()
        }  # fmt: skip
        docs = {"name": name, "description": words, "config": settings, "features": features}
        return {"name": name, "description": words, "features": features, "docs": docs}

    own = (
        "Names are aligned word by word and sound by sound in any script and weighed by boosted trees frozen for a"
        " release; birth dates, countries, genders and identifiers raise or lower the score of the names."
    )
    found = [one(ALGORITHM, own, {})]
    found += [
        one(name, f"Another system's name, accepted so that its clients need no change: scored by {ALGORITHM}.", config)
        for name, config in ALIASES.items()
    ]
    return {"algorithms": found, "default": BEST, "best": ALGORITHM}
