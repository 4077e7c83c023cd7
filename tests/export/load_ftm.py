"""Run by a Python that has followthemoney: loads an exported folder and compares what it says in two ways."""

import json
import sys
from pathlib import Path

from followthemoney import model
from followthemoney.dataset import DataCatalog, Dataset
from followthemoney.proxy import EntityProxy
from followthemoney.statement import StatementEntity
from followthemoney.statement.serialize import read_path_statements

folder = Path(sys.argv[1])
catalogue = DataCatalog(Dataset, json.loads((folder / "catalog.json").read_bytes()))
whole = catalogue.require("default")
entities = {}
for line in (folder / "entities.ftm.json").read_bytes().splitlines():
    told = json.loads(line)
    entity = EntityProxy.from_dict(told)
    assert model.get(told["schema"]) == entity.schema, told
    assert {prop: sorted(values) for prop, values in entity.properties.items()} == {
        prop: sorted(values) for prop, values in told["properties"].items()
    }, told
    assert set(told["datasets"]) <= set(whole.dataset_names), told
    entities[entity.id] = entity
stated = {}
for one in read_path_statements(folder / "statements.csv", "csv"):
    assert one.dataset in whole.dataset_names, one.dataset
    stated.setdefault(one.canonical_id, []).append(one)
for name, entity in entities.items():
    found = StatementEntity.from_statements(whole, stated.pop(name))
    assert found.schema == entity.schema, name
    assert {prop.name: sorted(found.get(prop)) for prop in entity.iterprops()} == {
        prop.name: sorted(entity.get(prop)) for prop in entity.iterprops()
    }, name
assert not stated, stated
sys.stdout.write(f"{len(entities)} entities\n")
