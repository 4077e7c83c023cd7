import json

import numpy as np
import pytest

from tizim.errors import Broken
from tizim.match import model as module
from tizim.match.features import COUNT, NAMES
from tizim.match.model import ALGORITHM, DEPTH, HIGHEST, MATCH_THRESHOLD, RULED_OUT, log_odds, model, score_of


def scored(**measures):
    """The score of these measures, all others 0."""
    m = model()
    row = np.zeros(COUNT, dtype=np.float32)
    for name, value in measures.items():
        row[NAMES.index(name)] = value
    return score_of(row, m.feature, m.threshold, m.value, m.base)


@pytest.fixture
def other_file(monkeypatch, tmp_path):
    """``other_file(**changes)``: the model's file with changes takes the place of the real one."""
    real = json.loads((module.files("tizim.match") / "model.json").read_bytes())

    def other_file(**changes):
        (tmp_path / "model.json").write_text(json.dumps(real | changes))
        monkeypatch.setattr(module, "files", lambda _: tmp_path)

    return other_file


@pytest.mark.parametrize(
    "changes",
    [
        {"algorithm": "tizim-0"},
        {"measures": list(reversed(NAMES))},
        {"measures": list(NAMES[:-1])},
        {"depth": DEPTH + 1},
    ],
)
def test_a_model_of_another_version_is_refused(other_file, changes):
    """Its trees would ask about other measures, and give scores that look like scores."""
    other_file(**changes)

    with pytest.raises(Broken, match="does not belong to this version"):
        model.__wrapped__()


def test_the_model_of_this_release_is_whole_and_names_its_data():
    """Anyone can make it again from the data named by checksum."""
    m = model()

    assert m.algorithm == ALGORITHM
    assert m.feature.shape == m.threshold.shape == m.inner.shape == (len(m.feature), 2**DEPTH - 1)
    assert m.value.shape == (len(m.feature), 2**DEPTH)
    assert m.feature.min() >= 0
    assert m.feature.max() < COUNT
    assert all(len(digest) == 64 for digest in m.data.values())
    assert "name_pairs_dev_review.csv" in m.data


def test_the_sum_of_leaves_is_that_of_walking_the_trees():
    """The quick way and the plain way."""
    m = model()
    chance = np.random.default_rng(3)
    for _ in range(50):
        row = chance.choice([0, 0.5, 1, 2, 5], size=COUNT).astype(np.float32)
        row[NAMES.index("alike")] = 0  # which counts beside the trees, a little
        total = m.base
        for tree in range(len(m.feature)):
            node = 0
            while node < 2**DEPTH - 1:
                node = 2 * node + (1 if row[m.feature[tree, node]] <= m.threshold[tree, node] else 2)
            total += float(m.value[tree, node - (2**DEPTH - 1)])

        assert log_odds(row, m.feature, m.threshold, m.value, m.base) == pytest.approx(total)


def test_no_sum_of_observations_reaches_the_score_of_names_written_alike():
    """1 is given by rule only."""
    best = {
        "covered_most": 1,
        "covered_least": 1,
        "alike": 1,
        "worst": 1,
        "second_worst": 1,
        "mean": 1,
        "exact_words": 9,
    }

    assert scored(**best, exact_share=1, rarity=9, least_rarity=5, aligned=9) <= HIGHEST < 1


@pytest.mark.parametrize("rule", [{"numbers_differ": 1}, {"reversed": 1}])
def test_what_rules_a_match_out_cannot_be_outweighed(rule):
    """However alike all the rest is."""
    best = {
        "covered_most": 1,
        "covered_least": 1,
        "alike": 1,
        "worst": 1,
        "second_worst": 1,
        "mean": 1,
        "exact_words": 9,
    }

    assert scored(**best, exact_share=1, rarity=9, aligned=9, **rule) <= RULED_OUT < MATCH_THRESHOLD


def test_names_with_no_word_in_common_score_next_to_nothing():
    """Whatever the trees make of so rare a row."""
    assert scored(aligned=0) <= 0.05
