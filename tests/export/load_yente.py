"""Run by a Python that has yente: loads the catalogue of an exported folder as its indexer does."""

import asyncio
import sys
from pathlib import Path

from yente.data.manifest import Catalog, Manifest
from yente.data.updater import DatasetUpdater
from yente.search.indexer import build_entity_action
from yente.search.versions import build_index_name, parse_index_name

folder = Path(sys.argv[1])


async def main() -> None:
    """Go the way of the indexer, up to the documents that it hands to the index."""
    catalogue = await Catalog.load(await Manifest.load(str(folder / "manifest.json")))
    for dataset in catalogue.datasets:
        updater = await DatasetUpdater.build(dataset, None)
        if not updater.needs_update():
            continue
        index = build_index_name(dataset.name, updater.target_version)
        assert parse_index_name(index).dataset_version == dataset.model.version, index
        actions = [
            build_entity_action(index, data["op"], data["entity"], set(dataset.dataset_names), dataset)
            async for data in updater.load()
        ]
        assert None not in actions
        on = sorted({name for one in actions for name in one["_source"]["datasets"]})
        sys.stdout.write(f"{dataset.name} {len(actions)} {','.join(on)}\n")


asyncio.run(main())
