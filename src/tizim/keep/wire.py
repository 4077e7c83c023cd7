"""What became of documents, as plain JSON values. Keys are relied on from outside: add, never rename."""

import msgspec

from tizim.keep.run import KeepReport
from tizim.sources import catalogue


def report(source: str | None, told: KeepReport) -> dict[str, object]:
    """A keep report as JSON."""
    return {
        "source": source,
        "documents": [
            {
                "source": doc.source or None, "experimental": catalogue.is_experimental(doc.source),
                "file": doc.file, "outcome": doc.outcome, "reason": doc.reason or None,
                "date": doc.date or None, "sha256": doc.sha256 or None, "entries": doc.entries, "new": doc.new,
                "changed": doc.changed, "absent": doc.absent, "unread": doc.unread, "statements": doc.statements,
                "new_references": list(doc.new_keys), "changed_references": list(doc.changed_keys),
                "absent_references": list(doc.absent_keys),
                "notices": list(doc.notices),
                "unread_values": [msgspec.to_builtins(value) for value in doc.unread_values],
            }
            for doc in told.documents
        ],
    }  # fmt: skip
