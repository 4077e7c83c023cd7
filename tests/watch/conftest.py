"""Lists that change, customers that are watched, and a run of it in this process."""

import datetime as dt
from pathlib import Path

import pytest

from tizim.customers import Marks, Store
from tizim.ftm import MODEL
from tizim.screen.entities import Dataset, Entity, caption_of, is_target
from tizim.screen.snapshot import About, Snapshot
from tizim.watch import Given, Tools, Way, run
from tizim.watch.running import _hits_of, way_of  # noqa: F401 - for the tests of this room

SECRET = "a secret of more than thirty-two characters"
NOW = dt.datetime(2026, 11, 27, 8, tzinfo=dt.UTC)
LISTS = ("un_1988", "us_sdn")


def an_entity(entity_id, *names, schema="Person", lists=("un_1988",), **properties):
    """Somebody on lists."""
    model = MODEL.schemata[schema]
    said = {"name": list(names), **properties}
    return Entity(
        id=entity_id, caption=caption_of(model, said), schema=schema, properties=said, datasets=list(lists),
        referents=[], target=is_target(said), first_seen=None, last_seen=None, last_change=None,
    )  # fmt: skip


def a_listing(entity_id, on, reference):
    """What a list says of somebody on it."""
    said = {"entity": [entity_id], "authorityId": [reference]}
    return Entity(
        id=f"{entity_id}-{on}", caption=reference, schema="Sanction", properties=said, datasets=[on], referents=[],
        target=False, first_seen=None, last_seen=None, last_change=None,
    )  # fmt: skip


def lists_of(entities, version="1", *, stale=()):
    """A snapshot of two lists."""
    datasets = (
        *(Dataset(name=one, title=one, list=one.replace("_", "-"), stale=one in stale) for one in LISTS),
        Dataset(name="default", title="All", children=LISTS),
    )
    return Snapshot.build(About(version=version, made=NOW.isoformat(), datasets=datasets), entities)


def a_customer(customer_id, name, schema="Person", **properties):
    """Somebody who is watched."""
    return Given(id=customer_id, schema=schema, properties={"name": [name], **properties})


class Desk:
    """Watches customers in this process."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.store = store
        self.folder = folder
        self.marks = Marks(SECRET)
        self.now = NOW
        self.told = []
        self.evidence = lambda entities: {one: {"of": one} for one in entities}

    def run(self, snapshot, way=None, policy=None, *, workers=1, days=0):
        """One run."""
        path = self.folder / "lists.snapshot"
        snapshot.save(path)
        tools = Tools(
            store=self.store, marks=self.marks, folder=self.folder / "watch", now=self.now, workers=workers,
            evidence=self.evidence, days=days, tell=lambda *said: self.told.append(said),
        )  # fmt: skip
        return run(path, way or Way(), policy, tools)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def desk(request, tmp_path):
    """A desk that watches nobody yet, over both databases."""
    url = (
        request.getfixturevalue("postgres_url")
        if request.param == "postgresql"
        else f"sqlite:///{tmp_path / 'customers.sqlite'}"
    )
    store = Store(str(url))
    yield Desk(store, tmp_path)
    store.close()
