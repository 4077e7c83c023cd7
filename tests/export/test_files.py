"""Files: whole or not at all, each with its record, and a catalogue that says where they are."""

import hashlib
import json

import pytest

from tizim.errors import BadInput
from tizim.export.catalogue import version
from tizim.export.files import to_file, to_folder


def test_a_file_has_its_record_beside_it(supplied, tmp_path, register):
    """Dates, head and sums; and how old what is held of each list is."""
    with supplied() as given:
        to_file(given, "ftm", str(tmp_path / "out.json"))

    data = (tmp_path / "out.json").read_bytes()
    told = json.loads((tmp_path / "out.json.export.json").read_bytes())
    assert (told["as_of"], told["basis"], told["head"]["hash"]) == ("2024-06-10", "recorded", register.head().hash)
    assert told["known_at"].startswith("2024-06-10T12:00:00")
    assert (told["sha256"], told["bytes"]) == (hashlib.sha256(data).hexdigest(), len(data))
    assert told["sha1"] == hashlib.sha1(data, usedforsecurity=False).hexdigest()
    assert (told["rows"], told["subjects"]) == (len(data.splitlines()), 2)
    assert {(one["id"], one["entities"], one["last_observed"]) for one in told["lists"]} >= {
        ("un-1267", 1, "2024-06-03"), ("un-1988", 1, "2024-06-03"),
    }  # fmt: skip


def test_what_fails_halfway_leaves_the_earlier_file(supplied, tmp_path, monkeypatch):
    """Who reads the file never meets half of it."""
    place = tmp_path / "out.json"
    place.write_bytes(b"earlier")

    def fails(*_):
        raise RuntimeError

    monkeypatch.setattr("tizim.export.job.Lines.end", fails)
    with supplied() as given, pytest.raises(RuntimeError):
        to_file(given, "ftm", str(place))

    assert [one.name for one in tmp_path.iterdir()] == ["out.json"]
    assert place.read_bytes() == b"earlier"


def test_a_folder_has_a_catalogue_of_its_files(supplied, tmp_path):
    """Lists are datasets, all together is one that has the files, and sums are those of the files."""
    with supplied() as given:
        to_folder(given, ["ftm", "targets", "statements"], tmp_path / "data", base="https://register.example/data/")
        named = version(given)

    catalogue = json.loads((tmp_path / "data" / "catalog.json").read_bytes())
    datasets = {one["name"]: one for one in catalogue["datasets"]}
    whole = datasets["default"]
    assert {"un_1267", "un_1988", "tizim_register"} <= set(whole["children"]) <= set(datasets)
    assert {one["version"] for one in datasets.values()} == {named}
    assert [name for name, one in datasets.items() if one["load"]] == ["default"]
    for one in whole["resources"]:
        data = (tmp_path / "data" / one["name"]).read_bytes()
        assert one["url"] == f"https://register.example/data/{one['name']}"
        assert (one["sha256"], one["size"]) == (hashlib.sha256(data).hexdigest(), len(data))
    manifest = json.loads((tmp_path / "data" / "manifest.json").read_bytes())
    assert manifest["catalogs"][0]["url"] == "https://register.example/data/catalog.json"
    assert "entities_url" not in whole  # with it, yente would not check the sum


def test_a_catalogue_of_some_lists_names_no_others(supplied, tmp_path):
    """What is not in the files is not promised."""
    with supplied("un-1988") as given:
        to_folder(given, ["ftm"], tmp_path)

    catalogue = json.loads((tmp_path / "catalog.json").read_bytes())
    assert [one["name"] for one in catalogue["datasets"]] == ["un_1988", "default"]
    assert catalogue["datasets"][-1]["entities_url"] == (tmp_path / "entities.ftm.json").as_uri()


def test_an_address_that_is_none_is_refused_before_anything_is_written(supplied, tmp_path):
    """A catalogue with addresses that lead nowhere would be found out by others only."""
    with supplied() as given, pytest.raises(BadInput, match="--base wants an address"):
        to_folder(given, ["ftm"], tmp_path / "data", base="register.example")

    assert not (tmp_path / "data").exists()
