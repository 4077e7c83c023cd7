"""A run of daily copies of the UN list, one entry apart (a file of its own: it takes long)."""

import io
import tarfile
from datetime import date

import pytest
from tests.real.test_un_sc_register import UN_SC, at, filled, folded, numbers_in, shown
from tests.whole import some

from tizim.answer.members import members

pytestmark = pytest.mark.real


@pytest.mark.slow
def test_the_daily_copies_of_a_tar_are_taken_in_the_order_of_their_dates(real_files, tmp_path):
    """Nights in which one entry left; the newest day is what the list then rests on."""
    tar, held = tmp_path / "daily.tar.xz", {}
    with tarfile.open(real_files / "lists" / "un-sc" / "daily-2025-11-29_2026-01-28.tar.xz") as opened:
        members_of = [one for one in opened if one.isfile()]
        assert len(members_of) == 53
        left = [one for one in members_of if "2025-12-10" in one.name or "2025-12-09" in one.name]
        assert len(left) == 2
        with tarfile.open(tar, "w:xz", preset=0) as written:
            for member in some(members_of, 13, left):
                content = opened.extractfile(member)
                assert content is not None
                held[member.name] = numbers_in(data := content.read())
                written.addfile(member, io.BytesIO(data))

    made = filled(tmp_path, [[tar]])

    documents = made.reports[0].documents
    assert len(documents) == len(held) > 5
    assert {doc.outcome for doc in documents} == {"kept"}
    assert [doc.date for doc in documents] == sorted(doc.date for doc in documents)
    assert [(doc.date, doc.absent_keys) for doc in documents if doc.absent] == [("2025-12-10", ("IQi.074",))]
    with made.register.view() as view:
        newest = documents[-1]
        name = newest.file.partition("/")[2]
        assert folded(shown(view, newest.date)) == held[name]
        assert members(view, UN_SC, at("2026-12-31")).last_observed == date.fromisoformat(newest.date)
    made.register.close()
