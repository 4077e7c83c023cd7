import datetime as dt

import pytest

from tizim.errors import SourceRefused
from tizim.sources.dating import placed_after
from tizim.sources.protocol import NO_HINTS, Hints

NEWEST = dt.date(2022, 9, 2)


def test_a_day_before_the_days_printed_in_it_is_not_a_documents_day():
    """A file may be saved under a wrong name; its own rows know better."""
    early = Hints(instant=dt.datetime(2021, 7, 7, tzinfo=dt.UTC), by="by its file name")

    date, instant, known = placed_after(early, "list.txt", NEWEST)

    assert date == NEWEST
    assert instant == dt.datetime(2022, 9, 2, tzinfo=dt.UTC)
    assert known == "the newest day printed in it; 2021-07-07 cannot be its day"


@pytest.mark.parametrize("newest", [NEWEST, None])
def test_a_day_given_after_them_is(newest):
    """Whoever gave it knows more than the rows tell."""
    given = Hints(instant=dt.datetime(2022, 9, 30, tzinfo=dt.UTC), by="as given")

    assert placed_after(given, "list.txt", newest)[0] == dt.date(2022, 9, 30)


def test_without_a_day_given_the_newest_printed_is_what_remains():
    """And with neither there is none."""
    assert placed_after(NO_HINTS, "list.txt", NEWEST)[0] == NEWEST
    with pytest.raises(SourceRefused, match="--dated"):
        placed_after(NO_HINTS, "list.txt", None)
