"""Write the FollowTheMoney model, as data, to src/tizim/ftm/model.json: names, types, labels and flags.

    python tools/build_ftm_schema.py            writes the file
    python tools/build_ftm_schema.py --check    writes nothing; ends with 1 if the file would differ

Run by the Python of an environment of its own in which `followthemoney` is installed (`tools/peers.sh` makes one:
bench/.peers/bin/python); tizim itself never loads it. No text of its documentation is taken: no description, no
example. The licence of the model is in NOTICE.
"""

import importlib
import json
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

TARGET = Path(__file__).parents[1] / "src" / "tizim" / "ftm" / "model.json"
ENUMERATED = ("country", "topic", "gender", "language")


def prop_of(prop: Any) -> dict[str, Any]:  # noqa: ANN401 - the library has its own types
    """One property: what differs from the ordinary is said, the rest left out."""
    found: dict[str, Any] = {"name": prop.name, "label": prop.label, "type": prop.type.name}
    if prop.range is not None:
        found["range"] = prop.range.name
    if prop.reverse is not None:
        found["reverse"] = prop.reverse.name
    if prop.format:
        found["format"] = prop.format
    for flag in ("hidden", "stub", "deprecated"):
        if getattr(prop, flag):
            found[flag] = True
    if prop.matchable:
        found["matchable"] = True
    return found


def schema_of(schema: Any) -> dict[str, Any]:  # noqa: ANN401 - the library has its own types
    """One schema with the properties that it has of its own, in the order of the model."""
    found: dict[str, Any] = {
        "name": schema.name,
        "label": schema.label,
        "plural": schema.plural,
        "extends": [parent.name for parent in sorted(schema.extends, key=lambda one: one.name)],
        "featured": list(schema.featured),
        "caption": list(schema.caption),
        "properties": [prop_of(prop) for prop in schema.properties.values() if prop.schema == schema],
    }
    for flag in ("matchable", "abstract", "hidden", "deprecated", "edge"):
        if getattr(schema, flag):
            found[flag] = True
    return found


def main() -> int:
    """Read the library's model and write it."""
    library = importlib.import_module("followthemoney")
    model, registry = library.model, library.registry
    types = []
    for one in sorted(registry.types, key=lambda found: found.name):
        told: dict[str, Any] = {"name": one.name, "label": one.label, "plural": one.plural}
        if one.group:
            told["group"] = one.group
        if one.name in ENUMERATED:
            told["values"] = dict(sorted(one.names.items()))
        types.append(told)
    found = {
        "made_from": f"followthemoney {version('followthemoney')}",
        "risks": sorted(registry.topic.RISKS),
        "types": types,
        "schemata": [schema_of(model.get(name)) for name in sorted(model.schemata)],
    }
    text = json.dumps(found, ensure_ascii=False, indent=1) + "\n"
    if "--check" in sys.argv[1:]:
        return 0 if TARGET.read_text(encoding="utf-8") == text else 1
    TARGET.write_text(text, encoding="utf-8")
    print(f"{TARGET.name}: {len(found['schemata'])} schemata of {found['made_from']}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
