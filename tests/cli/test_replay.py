"""What a service kept of the register's lists is asked again, by the lists as they were known then."""

import json

import pytest

from tizim.app import App, clock
from tizim.cli import main
from tizim.customers import Marks
from tizim.customers.log import Keeping, Noted, logged, write
from tizim.screen.matching import Scope, Wanted, example_of, match
from tizim.settings import Settings

SECRET = "a secret of more than thirty-two characters"
pytestmark = pytest.mark.slow


def test_a_kept_query_is_the_same_by_what_was_known_then_whatever_came_later(tmp_path, monkeypatch, capsys):
    """The register grows, and an auditor still sees what the desk saw."""
    monkeypatch.setenv("TIZIM_HOME", str(tmp_path))
    monkeypatch.setenv("TIZIM_CUSTOMERS_KEY", SECRET)
    for name in ("TIZIM_REGISTER_URL", "TIZIM_CUSTOMERS_URL"):
        monkeypatch.delenv(name, raising=False)
    main(["up", "--no-serve", "--offline"])
    app = App(Settings.read())
    snapshot = app.snapshot()
    example = example_of("customer-77", "Organization", {"name": ["Taliban"]})
    found = match(Scope(snapshot), example, Wanted(limit=5, threshold=0.7, cutoff=0.7))
    noted = Noted(id="00ab", example=example, parameters={"limit": 5}, policy="", hits=found.hits, cleared=())
    entry = logged(noted, snapshot, "default", "", Marks(SECRET), Keeping.WHOLE, clock())
    write(app.customers, [entry])
    app.close()
    decided = ("--list", "tj-list", "--effective", "2026-01-05", "--author", "A", "--act", "an act")
    main(["decide", "delist", "taliban", *decided, "--anyway"])
    capsys.readouterr()

    main(["replay", "00ab", "--strict"])
    assert "the same" in capsys.readouterr().out
    main(["replay", "--customer", "customer-77", "--data", "now", "--json"])
    (now,) = json.loads(capsys.readouterr().out)
    assert entry.hits[0].id == "taliban"
    assert [(one["entity"], one["why"]) for one in now["changes"]] == [("taliban", "list")]
    main(["screenings", "--customer", "customer-77"])
    assert "taliban" in capsys.readouterr().out
    main(["screenings", "delete", "--customer", "customer-77"])
    assert "deleted: 1 screenings" in capsys.readouterr().out
    for words in (
        ["replay"],
        ["replay", "00ab"],
        ["replay", "00ab", "--since", "2026-01-01"],
        ["screenings", "delete"],
    ):
        with pytest.raises(SystemExit) as end:
            main(words)
        assert end.value.code == 2
