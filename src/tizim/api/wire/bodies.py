"""The body of a match request: read in one go where it is right, and told what is wrong with it where it is not."""

import json
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Final

import msgspec

from tizim.api.wire.asking import SINCE
from tizim.api.wire.replies import Fault, Invalid

MOST_LEFT_OUT: Final = 50
"""entities that one query may leave out by name"""


class Params(msgspec.Struct, forbid_unknown_fields=True):
    """What one query of a request wants otherwise than the request; none: as the request says."""

    limit: Annotated[int, msgspec.Meta(ge=0, le=500)] | None = None
    threshold: float | None = None
    cutoff: float | None = None
    include_dataset: list[str] | None = None
    exclude_dataset: list[str] | None = None
    exclude_schema: list[str] | None = None
    topics: list[str] | None = None
    changed_since: Annotated[str, msgspec.Meta(pattern=SINCE)] | None = None
    exclude_entity_ids: Annotated[list[str], msgspec.Meta(max_length=MOST_LEFT_OUT)] | None = None


class Example(msgspec.Struct):
    """An entity as a client knows it."""

    schema: str
    properties: dict[str, str | list[Any]]
    id: str | None = None
    params: Params | None = None


class Query(msgspec.Struct):
    """Some examples under keys of the client's own, and settings of an algorithm."""

    queries: dict[str, Example]
    weights: dict[str, float] = {}
    config: dict[str, str | int | float | bool | None] = {}


_decode: Final = msgspec.json.Decoder(Query).decode


def match_query(body: bytes) -> Query:
    """The body of a match request. Raises `Invalid`."""
    try:
        return _decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Invalid(list(faults(body)) or [Fault("value_error", ("body",), str(error), None)]) from None


def faults(body: bytes) -> Iterator[Fault]:
    """What is wrong with a body."""
    if not body:
        yield Fault("missing", ("body",), "Field required", None)
        return
    try:
        given = json.loads(body, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        yield Fault("json_invalid", ("body", error.pos), "JSON decode error", {}, {"error": error.msg})
        return
    except (UnicodeDecodeError, RecursionError):
        yield Fault("json_invalid", ("body", 0), "JSON decode error", {}, {"error": "Not UTF-8, or too deep"})
        return
    if not isinstance(given, dict):
        words = "Input should be a valid dictionary or object to extract fields from"
        yield Fault("model_attributes_type", ("body",), words, given)
        return
    if "weights" in given:
        yield from _numbers(given["weights"])
    if "config" in given:
        yield from _settings(given["config"])
    if "queries" not in given:
        yield Fault("missing", ("body", "queries"), "Field required", given)
    elif not isinstance(given["queries"], dict):
        yield Fault("dict_type", ("body", "queries"), "Input should be a valid dictionary", given["queries"])
    else:
        for key, example in given["queries"].items():
            yield from _example(("body", "queries", key), example)


def _no_number(name: str) -> object:
    """What JSON has not, although some write it."""
    raise json.JSONDecodeError(f"{name} is no number", name, 0)


def _numbers(given: object) -> Iterator[Fault]:
    if not isinstance(given, dict):
        yield Fault("dict_type", ("body", "weights"), "Input should be a valid dictionary", given)
        return
    for name, value in given.items():
        if isinstance(value, str):
            words = "Input should be a valid number, unable to parse string as a number"
            yield Fault("float_parsing", ("body", "weights", name), words, value)
        elif not isinstance(value, int | float):
            yield Fault("float_type", ("body", "weights", name), "Input should be a valid number", value)


def _settings(given: object) -> Iterator[Fault]:
    if not isinstance(given, dict):
        yield Fault("dict_type", ("body", "config"), "Input should be a valid dictionary", given)
        return
    for name, value in given.items():
        if not isinstance(value, str | int | float | None):
            yield Fault("string_type", ("body", "config", name, "str"), "Input should be a valid string", value)


def _example(where: tuple[str, ...], given: object) -> Iterator[Fault]:
    if not isinstance(given, Mapping):
        words = "Input should be a valid dictionary or object to extract fields from"
        yield Fault("model_attributes_type", where, words, given)
        return
    if not isinstance(given.get("id"), str | None):
        yield Fault("string_type", (*where, "id"), "Input should be a valid string", given["id"])
    if "schema" not in given:
        yield Fault("missing", (*where, "schema"), "Field required", dict(given))
    elif not isinstance(given["schema"], str):
        yield Fault("string_type", (*where, "schema"), "Input should be a valid string", given["schema"])
    if given.get("params") is not None:
        try:
            msgspec.convert(given["params"], Params)
        except msgspec.ValidationError as error:
            yield Fault("value_error", (*where, "params"), str(error), given["params"])
    properties = given.get("properties")
    if "properties" not in given:
        yield Fault("missing", (*where, "properties"), "Field required", dict(given))
    elif not isinstance(properties, dict):
        yield Fault("dict_type", (*where, "properties"), "Input should be a valid dictionary", properties)
    else:
        for name, value in properties.items():
            if not isinstance(value, str | list):
                inside = (*where, "properties", name)
                yield Fault("string_type", (*inside, "str"), "Input should be a valid string", value)
                yield Fault("list_type", (*inside, "list[any]"), "Input should be a valid list", value)
