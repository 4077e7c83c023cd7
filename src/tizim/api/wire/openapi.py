"""The description of the interface, for those who make clients of it."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from tizim.api.wire.searching import FACETS, FURTHEST, MOST
from tizim.domain.decisions import DecisionKind
from tizim.match.model import ALGORITHM

Parameter = tuple[Mapping[str, Any], str] | tuple[Mapping[str, Any], str, bool]
"""its form, what it is for, and whether nothing can be asked without it"""
_DAY: Final = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}(T\d{2}(:\d{2}(:\d{2})?)?)?$"}
_TEXTS: Final = {"type": "array", "items": {"type": "string"}}
_TEXT: Final = {"type": "string"}
_FLAG: Final = {"type": "boolean"}
_TEXT_OR_NONE: Final = {"type": ["string", "null"]}
_SCORE: Final = {"type": "number", "default": 0.7}


def _number(default: int, most: int | None = None) -> dict[str, Any]:
    return {"type": "integer", "default": default, **({"maximum": most} if most is not None else {})}


_SCOPE: Final[Mapping[str, Parameter]] = {
    "include_dataset": (_TEXTS, "Only these of the datasets asked."),
    "exclude_dataset": (_TEXTS, "Not these of the datasets asked, whatever else is said."),
    "exclude_schema": (_TEXTS, "No entities of these schemata."),
    "topics": (_TEXTS, "Only entities with one of these topics."),
    "changed_since": (_DAY, "Only entities that changed after that."),
}
_DATES: Final[Mapping[str, Parameter]] = {
    "as_of": (_TEXT, "A day: who was on a list then."),
    "known_at": (_TEXT, "A day or an instant: by what was known then."),
    "basis": ({"type": "string", "enum": ["recorded", "published"]}, "By what was recorded here, or was published."),
}
_PAGED: Final[Mapping[str, Parameter]] = {
    "limit": (_number(10, MOST), "How many at most."),
    "offset": (_number(0, FURTHEST), "How many to pass over."),
    "sort": (_TEXTS, "Orders, each a field, with :asc or :desc."),
}
_MATCH: Final[Mapping[str, Parameter]] = {
    "limit": (_number(5, 500), "How many hits for each query at most."),
    "threshold": (_SCORE, "Scores from here on are matches."),
    "cutoff": (_SCORE, "Shown are scores above the lower of this and the threshold."),
    "algorithm": ({"type": "string", "default": "best"}, f"Any name of /algorithms; {ALGORITHM} scores."),
    **_SCOPE,
    **_DATES,
    "evidence": (_FLAG, "Tell what stands behind each hit: listings, statements, documents, acts, and how old."),
    "cleared": (_FLAG, "Tell what is not shown because it was cleared, and by whom."),
    "policy": (_TEXT, "The policy to screen by, in the place of thresholds."),
    "exclude_entity_ids": ({**_TEXTS, "maxItems": 50}, "Entities that were looked at already, by any of their ids."),
}
_SEARCH: Final[Mapping[str, Parameter]] = {
    "q": ({"type": "string", "default": ""}, "Words, all of which must be found; empty: everything."),
    "schema": ({"type": "string", "default": "Thing"}, "What kind of entities."),
    **_SCOPE,
    "countries": (_TEXTS, "Only entities of these countries."),
    "datasets": (_TEXTS, "Only entities of these datasets."),
    "filter": (_TEXTS, "Fields and values, as properties.birthDate:1985."),
    "filter_op": ({"type": "string", "enum": ["AND", "OR"], "default": "OR"}, "How several values of a field count."),
    "target": (_FLAG, "Only entities to beware of, or only others."),
    "fuzzy": (_FLAG, "Accepted; words are near by a ~ behind them."),
    **_DATES,
    "policy": (_TEXT, "The policy on whose lists alone it is searched."),
    "evidence": (_FLAG, "Tell what stands behind each entity: listings, statements, documents, acts, and how old."),
    "simple": (_FLAG, "Take every sign but quotes and - for part of a word."),
    "facets": ({"type": "array", "items": {"type": "string", "enum": list(FACETS)}}, "What to count."),
    **_PAGED,
}
_SEEN: Final = {
    "type": "object", "required": ["detail"], "properties": {"detail": {}, "errors": {"type": "array"}},
}  # fmt: skip


def _parameters(path: Sequence[str], query: Mapping[str, Parameter]) -> list[dict[str, Any]]:
    found = [{"name": name, "in": "path", "required": True, "schema": _TEXT} for name in path]
    return found + [
        {
            "name": name, "in": "query", "schema": schema, "description": words,
            **({"required": True} if needed else {}),
        }
        for name, (schema, words, *needed) in query.items()
    ]  # fmt: skip


def _operation(
    summary: str, answer: Mapping[str, Any], *, path: Sequence[str] = (),
    query: Mapping[str, Parameter] | None = None, body: Mapping[str, Any] | None = None,
    fails: Sequence[int] = (), more: Mapping[str, Any] | None = None, headers: Sequence[Mapping[str, Any]] = (),
) -> dict[str, Any]:  # fmt: skip
    responses: dict[str, Any] = {
        "200": {"description": "The answer", "content": {"application/json": {"schema": answer}}}
    }
    responses |= _refusals((*fails, 405))
    found = {
        "summary": summary,
        "parameters": [*_parameters(path, query or {}), *headers],
        "responses": {**responses, **(more or {})},
    }
    return {**found, "requestBody": body} if body else found


def _refusals(fails: Sequence[int], schema: str = "Refusal") -> dict[str, Any]:
    refusal = {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    return {str(status): {"description": _FAILS[status], "content": refusal} for status in fails}


_FAILS: Final = {
    400: "What was asked cannot be answered as asked", 401: "A key is needed",
    403: "The key or the token is not enough", 404: "There is nothing of that name",
    405: "Not by this method", 408: "The body took too long", 409: "Somebody decided about the same in the meantime",
    413: "The body is too long", 414: "The address is too long", 422: "A parameter or the body is of the wrong form",
    429: "Too many requests", 500: "Something is wrong on our side", 503: "The data are not there yet",
}  # fmt: skip
_REF: Final = {"$ref": "#/components/schemas/Entity"}
_TOTAL: Final = {
    "type": "object", "required": ["value", "relation"],
    "properties": {"value": {"type": "integer"}, "relation": _TEXT},
}  # fmt: skip
_ANY: Final = {"type": "object"}
_RESULTS: Final = {
    "type": "object", "required": ["results", "total", "limit", "offset"],
    "properties": {
        "results": {"type": "array", "items": _REF}, "total": _TOTAL, "limit": _number(10), "offset": _number(0),
    },
}  # fmt: skip
_ENTITY_FIELDS: Final = {
    "id": _TEXT, "caption": _TEXT, "schema": _TEXT,
    "properties": {"type": "object", "additionalProperties": {"type": "array"}}, "datasets": _TEXTS,
    "referents": _TEXTS, "target": _FLAG, **dict.fromkeys(("first_seen", "last_seen", "last_change"), _TEXT_OR_NONE),
}  # fmt: skip
_SCHEMAS: Final = {
    "Refusal": _SEEN,
    "Entity": {"type": "object", "required": list(_ENTITY_FIELDS), "properties": _ENTITY_FIELDS},
    "Feature": {
        "type": "object", "required": ["score", "detail", "query", "candidate"],
        "properties": {
            "score": {"type": "number"}, "detail": {"type": ["string", "null"]},
            "query": {"type": ["string", "null"]}, "candidate": {"type": ["string", "null"]},
        },
    },
    "Hit": {
        "type": "object", "required": [*_ENTITY_FIELDS, "score", "match", "explanations", "order"],
        "properties": {
            **_ENTITY_FIELDS, "score": {"type": "number"}, "match": _FLAG, "order": {"type": "number"},
            "explanations": {"type": "object", "additionalProperties": {"$ref": "#/components/schemas/Feature"}},
        },
    },
    "Example": {
        "type": "object", "required": ["schema", "properties"],
        "properties": {
            "id": {"type": ["string", "null"]}, "schema": _TEXT,
            "properties": {"type": "object", "additionalProperties": {"anyOf": [_TEXT, {"type": "array"}]}},
            "params": {"type": ["object", "null"], "description": "What this query wants otherwise than the request."},
        },
    },
    "Act": {
        "type": "object", "required": ["author", "reason"], "additionalProperties": False,
        "properties": {"author": _TEXT, "reason": _TEXT},
    },
    "Clearance": {
        "type": "object", "required": ["query", "entity", "author", "reason"], "additionalProperties": False,
        "properties": {
            "query": {
                "type": "object", "required": ["id", "schema", "properties"], "additionalProperties": False,
                "properties": {
                    "id": _TEXT, "schema": _TEXT,
                    "properties": {"type": "object", "additionalProperties": {"anyOf": [_TEXT, {"type": "array"}]}},
                },
            },
            "entity": _TEXT, "author": _TEXT, "reason": _TEXT,
            "until": {"type": ["string", "null"], "format": "date"},
        },
    },
    "Decision": {
        "type": "object", "required": ["kind", "subject", "list"], "additionalProperties": False,
        "properties": {
            "kind": {"type": "string", "enum": [one.value for one in DecisionKind]},
            **dict.fromkeys(
                ("subject", "list", "effective", "decided", "expires", "body", "act", "act_kind", "act_number",
                 "act_date", "article", "issuer", "basis_not_stated_by", "published", "reason", "name", "new",
                 "corrects"), _TEXT,
            ),
            "announced": {
                "type": "array",
                "items": {
                    "type": "object", "required": ["date"], "additionalProperties": False,
                    "properties": {"date": _TEXT, "by": _TEXT},
                },
            },
            "second": _FLAG, "anyway": _FLAG, "seen": {"type": ["integer", "null"]},
        },
    },
    "Approval": {
        "type": "object", "additionalProperties": False, "properties": {"seen": {"type": ["integer", "null"]}},
    },
    "VersionAct": {
        "type": "object", "required": ["do"], "additionalProperties": False,
        "properties": {
            "do": {"type": "string", "enum": ["mend", "release", "hold", "take_back", "make_anew"]},
            "reason": {"type": "string", "maxLength": 500, "description": "Why; a release shows it to readers."},
            "seen": {"type": "string", "description": "As the version's data gave it: refused if it is another now."},
            "take": {"type": "integer", "minimum": 0, "description": "A number that its data give among 'takes'."},
            "sentences": {
                "type": "object", "additionalProperties": _TEXT,
                "description": "Sentences written by hand, by their numbers; the first is 1.",
            },
        },
    },
    "BulletinAct": {
        "type": "object", "required": ["do"], "additionalProperties": False,
        "properties": {
            "do": {"type": "string", "enum": ["approve", "publish", "withdraw", "rewrite"]},
            "seen": {"type": ["integer", "null"], "description": "As its data gave it: refused if it is another now."},
            "reason": {"type": "string", "maxLength": 500, "description": "Of an end or a correction, for readers."},
            "title": {"type": "string", "maxLength": 300}, "text": {"type": "string", "maxLength": 20000},
        },
    },
    "Problem": {
        "type": "object", "required": ["error", "status"],
        "properties": {"error": _TEXT, "status": {"type": "integer"}},
    },
    "MatchQuery": {
        "type": "object", "required": ["queries"],
        "properties": {
            "queries": {"type": "object", "additionalProperties": {"$ref": "#/components/schemas/Example"}},
            "weights": {"type": "object", "additionalProperties": {"type": "number"}},
            "config": {"type": "object"},
        },
    },
}  # fmt: skip
_MATCHED: Final = {
    "type": "object", "required": ["responses", "limit", "algorithm", "data_version"],
    "properties": {
        "limit": _number(5), "algorithm": _TEXT, "data_version": _TEXT, "ignored": _TEXTS,
        "policy": _TEXT, "stale": _TEXTS, "evidence": {"type": "object"},
        "responses": {
            "type": "object",
            "additionalProperties": {
                "type": "object", "required": ["status", "results", "total", "query"],
                "properties": {
                    "status": {"type": "integer"}, "total": _TOTAL, "query": {"$ref": "#/components/schemas/Example"},
                    "results": {"type": "array", "items": {"$ref": "#/components/schemas/Hit"}}, "screening": _TEXT,
                    "cleared": {"type": "array", "items": {"type": "object"}},
                },
            },
        },
    },
}  # fmt: skip
_CHANGES: Final = {
    "type": "object", "required": ["as_of", "since", "changes", "more", "next"],
    "properties": {
        "as_of": _ANY, "since": {"type": ["object", "null"]}, "more": _FLAG, "next": _TEXT,
        "changes": {
            "type": "array",
            "items": {
                "type": "object", "required": ["id", "change", "list", "when", "latest", "recorded_at", "amended_at"],
                "properties": {
                    "id": _TEXT, "change": {"type": "string", "enum": ["new", "amended", "withdrawn"]}, "list": _TEXT,
                },
            },
        },
    },
}  # fmt: skip
_IDEMPOTENT: Final = (
    {
        "name": "Idempotency-Key", "in": "header", "required": True, "schema": {"type": "string", "maxLength": 200},
        "description": "A name of your own for what is entered: told twice, it is entered once.",
    },
)  # fmt: skip
_FORM: Final = {
    "content": {
        "application/x-www-form-urlencoded": {
            "schema": {"type": "object", "properties": {"queries": _TEXT, "extend": _TEXT}}
        }
    }
}


def _body_of(name: str) -> dict[str, Any]:
    schema = {"$ref": f"#/components/schemas/{name}"}
    return {"required": True, "content": {"application/json": {"schema": schema}}}


_MOVED: Final = {"308": {"description": "The entity goes by another id"}}
_PREFIX: Final[Mapping[str, Parameter]] = {"prefix": (_TEXT, "What the name begins with.")}
_DOOR: Final = (401, 403, 429)
_DESK: Final = (*_DOOR, 404, 500)
_COMMON: Final = (*_DOOR, 414, 422, 500, 503)


def described(base: str) -> dict[str, Any]:
    """The description, for a service at *base*."""
    found = {**_RESULTS, "properties": {**_RESULTS["properties"], "facets": _ANY}}  # type: ignore[dict-item]
    paths = {
        "/match/{dataset}": {
            "post": _operation(
                "Who may these be?", _MATCHED, path=("dataset",), query=_MATCH, fails=(400, 404, 408, 413, *_COMMON),
                body={
                    "required": True,
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/MatchQuery"}}},
                },
            )
        },
        "/search/{dataset}": {
            "get": _operation("Entities by words", found, path=("dataset",), query=_SEARCH, fails=(400, 404, *_COMMON))
        },
        "/entities/{entity_id}": {
            "get": _operation(
                "An entity", _REF, path=("entity_id",), fails=(404, *_COMMON), more=_MOVED,
                query={"nested": ({**_FLAG, "default": True}, "With those around it inside.")},
            )
        },
        "/entities/{entity_id}/adjacent": {
            "get": _operation(
                "Those around an entity", _ANY, path=("entity_id",), query=_PAGED, fails=(404, *_COMMON), more=_MOVED
            )
        },
        "/entities/{entity_id}/adjacent/{property_name}": {
            "get": _operation(
                "Those around an entity, by one property", _RESULTS, path=("entity_id", "property_name"), query=_PAGED,
                fails=(404, *_COMMON), more=_MOVED,
            )
        },
        "/reconcile/{dataset}": {
            "get": _operation("What reconciliation offers", _ANY, path=("dataset",), fails=(404, *_COMMON)),
            "post": _operation(
                "Reconcile or extend", _ANY, path=("dataset",), body=_FORM, fails=(400, 404, 408, 413, *_COMMON),
                query={"algorithm": (_TEXT, "As for matching."), "changed_since": _SCOPE["changed_since"],
                       "policy": _MATCH["policy"], "cleared": _MATCH["cleared"]},
            ),
        },
        "/reconcile/{dataset}/suggest/entity": {
            "get": _operation(
                "Entities by the beginning of a name", _ANY, path=("dataset",), fails=(404, *_COMMON),
                query={**_PREFIX, "limit": _PAGED["limit"]},
            )
        },
        "/reconcile/{dataset}/suggest/property": {
            "get": _operation("Properties", _ANY, path=("dataset",), query=_PREFIX, fails=(*_DOOR, 404, 414, 500, 503))
        },
        "/reconcile/{dataset}/suggest/type": {
            "get": _operation("Schemata", _ANY, path=("dataset",), query=_PREFIX, fails=(*_DOOR, 404, 414, 500, 503))
        },
        "/reconcile/{dataset}/extend/property": {
            "get": _operation(
                "Properties to extend by", _ANY, path=("dataset",), fails=(*_DOOR, 400, 414, 422),
                query={"type": (_TEXT, "Of which schema."), "limit": (_number(0), "How many; 0: all.")},
            )
        },
        "/catalog": {
            "get": _operation(
                "The lists", _ANY, fails=(*_DOOR, 414, 500, 503), more={"304": {"description": "Nothing new"}}
            )
        },
        "/clearances": {
            "get": _operation(
                "What was cleared for a customer", _ANY, fails=(400, 404, *_COMMON),
                query={"customer": (_TEXT, "The id that its queries have.")},
            ),
            "post": _operation(
                "Enter that a customer is not an entity", _ANY, fails=(400, 404, 408, 413, *_COMMON),
                body=_body_of("Clearance"), more={"201": {"description": "It was entered"}},
            ),
        },
        "/clearances/{clearance_id}/end": {
            "post": _operation(
                "Let a clearance hold no longer", _ANY, path=("clearance_id",), body=_body_of("Act"),
                fails=(400, 404, 408, 413, *_COMMON),
            )
        },
        "/watched": {
            "get": {
                "summary": "What became other of who watched customers may be, as a JSON Feed",
                "parameters": _parameters(
                    (),
                    {
                        "since": (_number(0), "The cursor of the answer before; what came after it is told."),
                        "limit": (_number(100, 1_000), "How many at most."),
                    },
                ),
                "responses": {
                    "200": {"description": "The feed", "content": {"application/feed+json": {"schema": _ANY}}},
                    **_refusals((400, 404, 405, *_COMMON)),
                },
            }
        },
        "/ask": {
            "get": _operation(
                "Was somebody on a list? The answer in parts", _ANY, fails=(400, 404, *_COMMON),
                query={
                    "subject": (_TEXT, "An id, a reference number, or a name in any script.", True),
                    "list": (_TEXT, "The list asked about, such as un-1988.", True), **_DATES,
                },
            )
        },
        "/lists": {
            "get": _operation(
                "The lists: who decides, how many members, how old", _ANY, query=_DATES, fails=(400, 404, *_COMMON)
            )
        },
        "/lists/{list_id}": {
            "get": _operation(
                "The members of a list", _ANY, path=("list_id",), query=_DATES, fails=(400, 404, *_COMMON)
            )
        },
        "/lists/{list_id}/diff": {
            "get": _operation(
                "What was added, gone and amended between two days", _ANY, path=("list_id",),
                fails=(400, 404, *_COMMON),
                query={
                    "from": (_TEXT, "The earlier day.", True), "to": (_TEXT, "The later day.", True),
                    "known_at": _DATES["known_at"], "basis": _DATES["basis"],
                },
            )
        },
        "/history/{subject}": {
            "get": _operation(
                "All listings of a subject", _ANY, path=("subject",), fails=(400, 404, *_COMMON),
                query={"statements": (_FLAG, "Also every statement that documents make of it."), **_DATES},
            )
        },
        "/changes": {
            "get": _operation(
                "What is told otherwise since a cursor", _CHANGES, fails=(400, 404, *_COMMON),
                query={
                    "since": (_TEXT, "What the last answer named 'next'; or a day, or a moment."),
                    "list": (_TEXT, "Only those of this list."),
                    "limit": ({"type": "integer", "default": 100, "minimum": 1, "maximum": 1000}, "How many at most."),
                    "as_of": _DATES["as_of"], "known_at": _DATES["known_at"],
                },
            )
        },
        "/decisions": {
            "get": _operation(
                "Decisions entered into this register: the last word on each", {"type": "array"},
                fails=(400, 404, *_COMMON),
                query={
                    "list": (_TEXT, "Only those about this list."),
                    "pending": (_FLAG, "Only those that wait for a second person."),
                },
            ),
            "post": _operation(
                "Enter a decision", _ANY, fails=(400, 404, 408, 409, 413, *_COMMON), body=_body_of("Decision"),
                headers=_IDEMPOTENT, more={"201": {"description": "It was entered"}},
            ),
        },
        "/decisions/{decision_id}/approve": {
            "post": _operation(
                "Be the second person of a decision", _ANY, path=("decision_id",), headers=_IDEMPOTENT,
                fails=(400, 404, 408, 409, 413, *_COMMON), body=_body_of("Approval"),
                more={"201": {"description": "It was approved"}},
            )
        },
        "/en/held.json": {
            "get": _operation(
                "Versions of bulletins that machines made and that wait for a person", {"type": "array"},
                more=_refusals(_DESK, "Problem"),
            )
        },
        "/en/held/{version}.json": {
            "get": _operation(
                "A version beside its source, with every finding", _ANY, path=("version",),
                more=_refusals((400, *_DESK), "Problem"),
            ),
            "post": _operation(
                "Mend a version, release it, have it wait further, take it back, or have it made anew", _ANY,
                path=("version",), body=_body_of("VersionAct"),
                more=_refusals((400, 409, 413, 503, *_DESK), "Problem"),
            ),
        },
        "/en/draft.json": {
            "get": _operation(
                "News of editors' own words that waits", {"type": "array"}, more=_refusals(_DESK, "Problem"),
            )
        },
        "/en/draft/{bulletin}.json": {
            "get": _operation(
                "News of an editor's own words, with what was found in it", _ANY, path=("bulletin",),
                more=_refusals(_DESK, "Problem"),
            ),
            "post": _operation(
                "Approve, publish, withdraw or rewrite it", _ANY, path=("bulletin",), body=_body_of("BulletinAct"),
                more=_refusals((400, 409, 413, *_DESK), "Problem"),
            ),
        },
        "/imports/{source}": {
            "post": _operation(
                "Keep a document of a source", _ANY, path=("source",), headers=_IDEMPOTENT,
                fails=(400, 404, 408, 413, *_COMMON), more={"201": {"description": "It was kept"}},
                body={
                    "required": True,
                    "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
                },
                query={
                    "file": (_TEXT, "The name of the document, which may tell its form and day.", True),
                    "dated": (_TEXT, "The day that it stands for, if it prints none."),
                    "retrieved_at": (_TEXT, "When you fetched it: a day or a moment."),
                    "accept_drop": (_FLAG, "Keep it although a guard would set it aside."),
                },
            )
        },
        "/algorithms": {"get": _operation("What scores", _ANY, fails=(*_DOOR, 414))},
        "/healthz": {"get": _operation("Whether the service runs", _ANY)},
        "/readyz": {"get": _operation("Whether it can answer", _ANY, fails=(503,))},
        "/metrics": {
            "get": {
                "summary": "Figures of the service, for Prometheus", "parameters": [],
                "responses": {
                    "200": {"description": "The figures", "content": {"text/plain": {"schema": _TEXT}}},
                    **_refusals((*_DOOR, 404, 405, 414)),
                },
            }
        },
        "/updatez": {
            "post": _operation(
                "Look for newer data", _ANY, fails=(403, 422, 429),
                query={"token": (_TEXT, "Who may."), "sync": (_FLAG, "Wait until they are there.")},
            )
        },
    }  # fmt: skip
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "tizim: screening", "version": "1",
            "description": "Who may a name be among those on terrorist and sanctions lists, and why.",
        },
        "servers": [{"url": base}],
        "paths": paths,
        "components": {
            "schemas": _SCHEMAS,
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer", "description": "As 'tizim key new' says."}},
        },
        "security": [{}, {"key": []}],
    }  # fmt: skip
