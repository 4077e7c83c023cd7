"""A page of the site as a tree of what is printed: headings, paragraphs, lists, tables, and the text in them.

Nothing of a page is markup to the typesetter: it gets text, and what the text is. Forms, menus, scripts and drawings
stay out; what drawings show stands in the tables beside them.
"""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from html.parser import HTMLParser
from typing import Final

Node = dict[str, object]
"""``is`` says what it is; ``of`` holds what is in it: nodes and texts"""

_LEFT_OUT: Final = frozenset({
    "script", "style", "form", "nav", "button", "select", "input", "template", "svg", "head", "label", "dialog",
})  # fmt: skip
_VOID: Final = frozenset({"br", "hr", "img", "input", "link", "meta", "wbr", "source", "col"})
_BLOCKS: Final = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    "p": "paragraph", "ul": "list", "ol": "numbered", "li": "item", "table": "table", "tr": "row", "th": "head",
    "td": "cell", "dl": "terms", "dt": "term", "dd": "told", "blockquote": "quote", "summary": "label",
    "caption": "label", "figcaption": "label", "thead": "heads",
}  # fmt: skip
_INLINE: Final = {
    "b": "strong", "strong": "strong", "em": "emphasis", "i": "emphasis", "cite": "emphasis", "small": "small",
    "code": "code", "q": "quoted", "a": "link", "bdi": "isolated", "bdo": "isolated", "br": "break",
}  # fmt: skip


_NARROWEST: Final = 12
_WIDEST: Final = 48
"""letters by which a column's share of a table is measured, at least and at most"""


class _Reader(HTMLParser):
    def __init__(self, within: str) -> None:
        super().__init__(convert_charrefs=True)
        self._within = within
        self._open: list[tuple[str, Node]] = []
        self._skipped = 0
        self.root: Node = {"is": "page", "of": []}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self._open:
            if tag == self._within:
                self._open.append((tag, self.root))
            return
        given = {name: value or "" for name, value in attrs}
        if self._skipped or tag in _LEFT_OUT or "hidden" in given:
            self._skipped += tag not in _VOID
            return
        is_line = tag == "small" and "line" in given.get("class", "").split()  # the site puts it below, by its style
        node: Node = {"is": "line" if is_line else _BLOCKS.get(tag) or _INLINE.get(tag) or "", "of": []}
        if tag[0] == "h" and tag[1:].isdigit():
            node["level"] = int(tag[1:])
        node |= {name: given[name] for name in ("lang", "dir") if given.get(name)}
        node |= {name: int(given[name]) for name in ("colspan", "rowspan") if given.get(name, "").isdigit()}
        own = self._inner()
        if own and isinstance(own[-1], dict) and tag not in _BLOCKS and not is_line:
            own.append(" ")  # the site parts the two by its style
        own.append(node)
        if tag not in _VOID:
            self._open.append((tag, node))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self._open or tag in _VOID:
            return
        if self._skipped:
            self._skipped -= 1
            return
        while self._open:
            opened, _ = self._open.pop()
            if opened == tag:
                return

    def handle_data(self, data: str) -> None:
        if self._open and not self._skipped:
            self._inner().append(" ".join(data.split()) if data.strip() else " ")
            if data.strip():
                own = self._inner()
                lead = " " if data[0].isspace() else ""
                tail = " " if data[-1].isspace() else ""
                own[-1] = f"{lead}{own[-1]}{tail}"

    def _inner(self) -> list[object]:
        inner = self._open[-1][1]["of"]
        return inner if isinstance(inner, list) else []


def tree(html: str, within: str = "main") -> Node:
    """What is printed of the element *within* of a page."""
    reader = _Reader(within)
    reader.feed(html)
    reader.close()
    _weigh(reader.root)
    return reader.root


def _weigh(node: Node) -> None:
    """Tell of each table how wide its columns are beside each other: by what stands in them, within bounds."""
    for one in _parts(node):
        _weigh(one)
    if node["is"] != "table":
        return
    rows = [list(_parts(row, {"head", "cell"})) for row in _rows(node)]
    if not rows or any("colspan" in cell or "rowspan" in cell for row in rows for cell in row):
        return
    lengths: list[list[int]] = [[] for _ in range(max(map(len, rows)))]
    for row in rows:
        for own, cell in zip(lengths, row, strict=False):
            own.append(sum(map(len, texts(cell))))
    node["widths"] = [min(max(sum(own) // len(own), _NARROWEST), _WIDEST) for own in lengths]


def _rows(node: Node) -> Iterator[Node]:
    for one in _parts(node, {"row", "heads", ""}):
        if one["is"] == "row":
            yield one
        else:
            yield from _rows(one)


def _parts(node: Node, kinds: AbstractSet[str] | None = None) -> Iterator[Node]:
    inner = node["of"]
    for one in inner if isinstance(inner, list) else []:
        if isinstance(one, dict) and (kinds is None or one["is"] in kinds):
            yield one


def texts(node: object) -> Iterator[str]:
    """All texts of a tree, in their order."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for one in node["of"]:
            yield from texts(one)
