import datetime as dt

import pytest

from tizim.domain.documents import Record
from tizim.domain.statements import Property
from tizim.errors import SourceRefused, SourceSuspicious
from tizim.sources.protocol import Hints
from tizim.sources.ru import FSB

MARCH = Hints(instant=dt.datetime(2025, 6, 1, tzinfo=dt.UTC), by="as given")
P = Property
HEAD = (
    "<tr><th>№ п/п</th><th>Организация</th><th>Суд, дата и номер решения</th>"
    "<th>Дата вступления в законную силу</th><th>Публикация</th><th>Примечание</th></tr>"
)
ROWS = """
<tr><td>1</td><td>2</td><td>3</td><td>4</td><td>5</td><td>6</td></tr>
<tr><td>1</td><td>«Фронт Зенды» (другие названия: «Зенда»; «Зенденский фронт»)</td>
<td>Верховный Суд Российской Федерации, решение от 14.02.2003 № ГКПИ 03-999</td>
<td>04.03.2003</td><td>РГ № 1</td><td></td></tr>
<tr><td>2</td><td>Движение Маяк</td>
<td>Московский городской суд,<br>15 марта 2010 года № 3-99/10, вступило в силу 01.04.2010</td><td>-</td><td>РГ № 2</td>
<td>Запрет приостановлен решением суда от 17.04.2025</td></tr>"""


def _page(rows=ROWS, head=HEAD):
    menu = "<table><tr><td>меню</td></tr></table>"
    return f"<!DOCTYPE html><html><body>{menu}<table>{head}{rows}</table></body></html>".encode()


def _read(data):
    _, records = FSB.read(data, "terror.htm", MARCH)
    return list(FSB.readings(records))


def _said(reading, prop):
    return [
        (claim.value, {name: value for name, value in claim.facets if name != "script"})
        for claim in reading.claims
        if claim.property is prop
    ]


def test_an_organisation_is_read_with_court_decision_and_day_of_force():
    """All of it is the legal basis that an audit asks for."""
    first, _ = _read(_page())

    assert first.subject == "ru-fsb:фронт-зенды"
    assert _said(first, P.MEMBER) == [("ru-fed", {})]
    assert _said(first, P.NAME) == [("Фронт Зенды", {})]
    assert [value for value, _ in _said(first, P.ALIAS)] == ["Зенда", "Зенденский фронт"]
    assert _said(first, P.LEGAL_BASIS) == [
        (
            "Верховный Суд Российской Федерации, решение от 14.02.2003 № ГКПИ 03-999",
            {"date": "2003-02-14", "number": "ГКПИ 03-999"},
        )
    ]
    assert _said(first, P.AUTHORITY) == [("Верховный Суд Российской Федерации", {})]
    assert _said(first, P.EFFECTIVE_ON) == [("2003-03-04", {})]
    assert _said(first, P.STATUS) == []
    assert first.unread == ()


def test_a_suspended_ban_is_neither_in_force_nor_removed():
    """Since the end of 2024 a court may suspend a ban; the entry stays on the list."""
    _, second = _read(_page())

    assert _said(second, P.MEMBER) == [("ru-fed", {})]
    assert _said(second, P.STATUS) == [
        ("suspended", {"printed": "Запрет приостановлен решением суда от 17.04.2025", "date": "2025-04-17"})
    ]
    assert _said(second, P.AUTHORITY) == [("Московский городской суд", {})]
    assert _said(second, P.EFFECTIVE_ON) == [("2010-04-01", {})]
    assert {"date": "2010-03-15", "number": "3-99/10"} in [facets for _, facets in _said(second, P.LEGAL_BASIS)]


def test_a_suspension_in_the_cell_of_the_name_is_no_name():
    """Where the page has no column for it."""
    rows = ROWS.replace("Движение Маяк", "Движение Маяк (деятельность запрета приостановлена 17.04.2025)")
    _, second = _read(_page(rows.replace("Запрет приостановлен решением суда от 17.04.2025", "")))

    assert _said(second, P.NAME) == [("Движение Маяк", {})]
    assert [value for value, _ in _said(second, P.STATUS)] == ["suspended"]


def test_a_column_that_is_not_known_is_unread():
    """Pages change."""
    page = _page(ROWS.replace("РГ № 1", "нечто"), HEAD.replace("Публикация", "Регион"))
    first, _ = _read(page)

    assert [(one.field, one.value) for one in first.unread] == [("Регион", "нечто")]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "the file is empty"),
        (b"no page", "no page of HTML"),
        (_page()[:-30], "cut off"),
        (_page(""), "no entries"),
        (_page("<tr><td>1</td><td>A</td></tr>"), "has 2 cells, the headers 6"),
        (_page('<tr><td rowspan="2">1</td><td>A</td></tr>'), "a cell spans rows"),
        (b"<html>\0</html>", "no page of HTML"),
        (b"<" * 2_000_000, "tags and attributes"),
    ],
)
def test_a_page_that_is_not_whole_is_refused(data, why):
    """An error page must not make absences."""
    with pytest.raises(SourceRefused, match=why):
        _read(data)


def test_a_page_without_the_table_is_set_aside():
    """Another page of the same site is HTML too."""
    with pytest.raises(SourceSuspicious, match="0 tables have columns"):
        _read(b"<html><body><table><tr><td>x</td></tr></table></body></html>")


def test_the_page_is_read_in_windows_1251_too():
    """As old pages are."""
    data = _page().decode().replace("<body>", '<head><meta charset="windows-1251"></head><body>').encode("windows-1251")

    assert _read(data)[0].key == "фронт-зенды"


def test_nothing_of_a_page_is_fetched_or_run():
    """Entities, scripts and foreign addresses are text or nothing."""
    page = _page(ROWS.replace("РГ № 1", '<script src="http://x">1</script><img src="http://127.0.0.1:1/x">&xxe;'))

    assert _read(page)[0].key == "фронт-зенды"


def test_the_document_says_that_its_reading_is_experimental():
    """Nobody has compared it with a real one."""
    facts, _ = FSB.read(_page(), "terror.htm", MARCH)

    assert ("experimental" in facts.title, FSB.info.experimental, FSB.info.proven) == (True, True, False)
    assert (facts.source, facts.entries) == ("ru-fsb", 2)


def test_a_record_without_a_name_has_no_identity():
    """Nothing could be told of it."""
    with pytest.raises(SourceRefused, match="has no name"):
        FSB.map(Record(place="row 1", fields=(("Организация", "-"),)))
