"""``/openapi``: the description of the interface as a page to be read, with no script and nothing from elsewhere."""

import json
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any, Final

from tizim.api.wire.replies import Reply

_METHODS: Final = ("get", "post")
_SHAPES: Final = "#/components/schemas/"
_HEAD: Final = (
    '<!doctype html><html lang="en" dir="ltr"><head><meta charset="utf-8"><title>{title}</title>'
    '<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"></head><body>'
)


def page(described: Mapping[str, Any]) -> Reply:
    """The page of a description."""
    return Reply("".join(_parts(described)).encode(), media_type="text/html; charset=utf-8")


def _parts(described: Mapping[str, Any]) -> Iterator[str]:
    info = described["info"]
    paths: Mapping[str, Mapping[str, Any]] = described["paths"]
    yield _HEAD.format(title=escape(info["title"]))
    yield f"<header><h1>{escape(info['title'])}</h1><p>{escape(info['description'])}</p>"
    yield '<p>For programs: <a href="/openapi.json">openapi.json</a></p></header>'
    yield '<nav aria-label="Routes"><ul>'
    for path, method, operation in _operations(paths):
        yield f'<li><a href="#{_name(method, path)}"><code>{method.upper()} {escape(path)}</code></a>: '
        yield f"{escape(operation['summary'])}</li>"
    yield "</ul></nav><main>"
    for path, method, operation in _operations(paths):
        yield from _operation(path, method, operation)
    yield "<section><h2>Shapes</h2>"
    for name, shape in described["components"]["schemas"].items():
        yield f'<h3 id="shape-{escape(name)}">{escape(name)}</h3>'
        needed = shape.get("required", ())
        rows = [
            (f"<code>{escape(key)}</code>", _form(one), "yes" if key in needed else "")
            for key, one in shape["properties"].items()
        ]
        yield from _table(f"Keys of {name}", ("Key", "Form", "Needed"), rows)
    yield "</section></main></body></html>"


def _operations(paths: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    for path, item in paths.items():
        for method in _METHODS:
            if method in item:
                yield path, method, item[method]


def _name(method: str, path: str) -> str:
    """Of an operation, for links: letters, digits and dashes alone."""
    return "-".join([method, *"".join(sign if sign.isalnum() else " " for sign in path).split()])


def _operation(path: str, method: str, operation: Mapping[str, Any]) -> Iterator[str]:
    yield f'<section><h2 id="{_name(method, path)}"><code>{method.upper()} {escape(path)}</code></h2>'
    yield f"<p>{escape(operation['summary'])}</p>"
    if operation["parameters"]:
        rows = [
            (
                f"<code>{escape(one['name'])}</code>", escape(one["in"]), _form(one["schema"]),
                "yes" if one.get("required") else "", escape(one.get("description", "")),
            )
            for one in operation["parameters"]
        ]  # fmt: skip
        yield from _table("Parameters", ("Name", "Where", "Form", "Needed", "What it is for"), rows)
    for media, body in operation.get("requestBody", {}).get("content", {}).items():
        yield f"<p>Body, as <code>{escape(media)}</code>: {_form(body['schema'])}</p>"
    answers = [(escape(status), escape(one["description"])) for status, one in operation["responses"].items()]
    yield from _table("Answers", ("Status", "When"), answers)
    yield "</section>"


def _table(caption: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """A table of cells that are HTML already."""
    yield f"<table><caption>{escape(caption)}</caption><thead><tr>"
    yield "".join(f'<th scope="col">{escape(head)}</th>' for head in heads)
    yield "</tr></thead><tbody>"
    for first, *others in rows:
        yield f'<tr><th scope="row">{first}</th>' + "".join(f"<td>{cell}</td>" for cell in others) + "</tr>"
    yield "</tbody></table>"


def _form(schema: Mapping[str, Any]) -> str:
    """The form of a value: a link to a shape, else its JSON Schema."""
    shape = schema.get("$ref", "").removeprefix(_SHAPES)
    if shape:
        return f'<a href="#shape-{escape(shape)}">{escape(shape)}</a>'
    return f"<code>{escape(json.dumps(schema, ensure_ascii=False))}</code>" if schema else "anything"
