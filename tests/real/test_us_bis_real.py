import datetime as dt
import random
from functools import cache
from pathlib import Path

import pytest
from tests.real.beside import Row, by_key, missing

from tizim.domain.documents import DocumentFacts, Record
from tizim.domain.statements import EntryReading
from tizim.sources.protocol import Hints
from tizim.sources.us_bis import SOURCE


@cache
def _the_bytes(folder: Path) -> bytes:
    return (folder / "lists" / "us-bis-dpl" / "2021-07-07-commit.dpl.txt").read_bytes()


@cache
def _the_document(folder: Path) -> tuple[DocumentFacts, list[Record], dict[str, EntryReading]]:
    facts, records = SOURCE.read(_the_bytes(folder), "dpl.txt")
    return facts, records, {reading.key: reading for reading in SOURCE.readings(records)}


@cache
def _the_entries(folder: Path) -> dict[str, list[Record]]:
    _, records, _ = _the_document(folder)
    return by_key(records, {record.place: SOURCE.map(record).key for record in records})


ROWS: list[Row] = [
    # twelve drawn by lot, then one order at five addresses, a slip in the year of a notice, other names in the
    # name, an impossible year of update, and one person under two orders
    ("hailin-lin.2009-12-29", "Name", "HAILIN LIN", "name", "HAILIN LIN", {}),
    ("hailin-lin.2009-12-29", "Last_Update", "2010-01-07", "amended_on", "2010-01-07", {}),
    (
        "hailin-lin.2009-12-29",
        "Action",
        "15 YEAR DENIAL & FR NOTICE UPDATED",
        "status",
        "15 YEAR DENIAL & FR NOTICE UPDATED",
        {},
    ),
    ("hailin-lin.2009-12-29", "Standard_Order", "Y", "feature", "Y", {"field": "standard order"}),
    ("bianca-garcia-rodriguez.2022-02-10", "Name", "BIANCA GARCIA-RODRIGUEZ", "name", "BIANCA GARCIA-RODRIGUEZ", {}),
    ("bianca-garcia-rodriguez.2022-02-10", "Last_Update", "2022-02-22", "amended_on", "2022-02-22", {}),
    ("bianca-garcia-rodriguez.2022-02-10", "Action", "F.R. NOTICE ADDED", "status", "F.R. NOTICE ADDED", {}),
    ("bianca-garcia-rodriguez.2022-02-10", "Effective_Date", "02/10/2022", "effective_on", "2022-02-10", {}),
    ("jason-liao.2004-05-28", "Name", "JASON LIAO", "name", "JASON LIAO", {}),
    ("jason-liao.2004-05-28", "Effective_Date", "05/28/2004", "effective_on", "2004-05-28", {}),
    ("jason-liao.2004-05-28", "Action", "NEW", "status", "NEW", {}),
    ("jason-liao.2004-05-28", "Last_Update", "2004-05-28", "amended_on", "2004-05-28", {}),
    ("peter-steve-plesinger.2018-04-06", "Name", "PETER STEVE PLESINGER", "name", "PETER STEVE PLESINGER", {}),
    (
        "peter-steve-plesinger.2018-04-06",
        "FR_Citation",
        "83 F.R. 16287 4/16/2018",
        "legal_basis",
        "83 F.R. 16287",
        {"date": "2018-04-16", "kind": "Federal Register notice"},
    ),
    ("peter-steve-plesinger.2018-04-06", "Last_Update", "2018-04-16", "amended_on", "2018-04-16", {}),
    ("peter-steve-plesinger.2018-04-06", "Standard_Order", "Y", "feature", "Y", {"field": "standard order"}),
    ("alexander-m-rovegno.2015-03-26", "Name", "ALEXANDER M. ROVEGNO", "name", "ALEXANDER M. ROVEGNO", {}),
    ("alexander-m-rovegno.2015-03-26", "Last_Update", "2015-04-02", "amended_on", "2015-04-02", {}),
    ("alexander-m-rovegno.2015-03-26", "Effective_Date", "03/26/2015", "effective_on", "2015-03-26", {}),
    ("alexander-m-rovegno.2015-03-26", "Expiration_Date", "09/10/2024", "expires_on", "2024-09-10", {}),
    ("ali-reza-parsa.2017-06-07", "Name", "ALI REZA PARSA", "name", "ALI REZA PARSA", {}),
    ("ali-reza-parsa.2017-06-07", "Last_Update", "2018-06-11", "amended_on", "2018-06-11", {}),
    ("ali-reza-parsa.2017-06-07", "Effective_Date", "06/07/2017", "effective_on", "2017-06-07", {}),
    ("ali-reza-parsa.2017-06-07", "Expiration_Date", "05/20/2026", "expires_on", "2026-05-20", {}),
    ("terand-inc.2016-08-12", "Name", "TERAND INC.", "name", "TERAND INC.", {}),
    (
        "terand-inc.2016-08-12",
        "Street_Address",
        "10701 HUNTERSVILLE COMMONS DRIVE SUITE C",
        "address",
        "10701 HUNTERSVILLE COMMONS DRIVE SUITE C, HUNTERSVILLE, NC, 28078, US",
        {"city": "HUNTERSVILLE", "country": "US", "postal_code": "28078", "state": "NC"},
    ),
    ("terand-inc.2016-08-12", "Last_Update", "2016-08-19", "amended_on", "2016-08-19", {}),
    ("terand-inc.2016-08-12", "Expiration_Date", "08/12/2024", "expires_on", "2024-08-12", {}),
    ("mark-jin.2001-07-31", "Name", "MARK JIN", "name", "MARK JIN", {}),
    ("mark-jin.2001-07-31", "Effective_Date", "07/31/2001", "effective_on", "2001-07-31", {}),
    ("mark-jin.2001-07-31", "Last_Update", "2001-08-01", "amended_on", "2001-08-01", {}),
    ("mark-jin.2001-07-31", "Action", "NEW", "status", "NEW", {}),
    ("andrew-estrada.2022-03-30", "Name", "ANDREW ESTRADA", "name", "ANDREW ESTRADA", {}),
    ("andrew-estrada.2022-03-30", "Action", "F.R. NOTICE ADDED", "status", "F.R. NOTICE ADDED", {}),
    ("andrew-estrada.2022-03-30", "Last_Update", "2022-04-05", "amended_on", "2022-04-05", {}),
    (
        "andrew-estrada.2022-03-30",
        "FR_Citation",
        "87 F.R. 19475 4/4/2022",
        "legal_basis",
        "87 F.R. 19475",
        {"date": "2022-04-04", "kind": "Federal Register notice"},
    ),
    ("infocom-corporation-inc.2001-09-06", "Name", "INFOCOM CORPORATION, INC", "name", "INFOCOM CORPORATION, INC", {}),
    ("infocom-corporation-inc.2001-09-06", "Standard_Order", "Y", "feature", "Y", {"field": "standard order"}),
    ("infocom-corporation-inc.2001-09-06", "Last_Update", "2007-01-31", "amended_on", "2007-01-31", {}),
    ("infocom-corporation-inc.2001-09-06", "Effective_Date", "09/06/2001", "effective_on", "2001-09-06", {}),
    (
        "muhammad-isam-muhammad-anwar-nur-shammout.2022-05-13",
        "Name",
        "MUHAMMAD ISAM MUHAMMAD ANWAR NUR SHAMMOUT",
        "name",
        "MUHAMMAD ISAM MUHAMMAD ANWAR NUR SHAMMOUT",
        {},
    ),
    (
        "muhammad-isam-muhammad-anwar-nur-shammout.2022-05-13",
        "Effective_Date",
        "05/13/2022",
        "effective_on",
        "2022-05-13",
        {},
    ),
    (
        "muhammad-isam-muhammad-anwar-nur-shammout.2022-05-13",
        "FR_Citation",
        ", 86 F.R. 66277 11/22/2021, 87 F.R. 30173 5/1",
        "legal_basis",
        "87 F.R. 30173",
        {"date": "2022-05-18", "kind": "Federal Register notice"},
    ),
    (
        "muhammad-isam-muhammad-anwar-nur-shammout.2022-05-13",
        "Standard_Order",
        "Y",
        "feature",
        "Y",
        {"field": "standard order"},
    ),
    ("ali-abdullah-alhay.2022-05-13", "Name", "ALI ABDULLAH ALHAY", "name", "ALI ABDULLAH ALHAY", {}),
    ("ali-abdullah-alhay.2022-05-13", "Effective_Date", "05/13/2022", "effective_on", "2022-05-13", {}),
    ("ali-abdullah-alhay.2022-05-13", "Expiration_Date", "11/09/2022", "expires_on", "2022-11-09", {}),
    (
        "ali-abdullah-alhay.2022-05-13",
        "Street_Address",
        "HOME 46, AL-KARRADA, BABIL REGION, DISTRICT 929, ST 21, BESIDE AL JADI",
        "address",
        "HOME 46, AL-KARRADA, BABIL REGION, DISTRICT 929, ST 21, BESIDE AL JADIRYA PRIVATE HOSPITAL, BAGHDAD, IQ",
        {"city": "BAGHDAD", "country": "IQ"},
    ),
    ("air-freight-ltd.2022-05-13", "Name", "AIR FREIGHT LTD", "name", "AIR FREIGHT LTD", {}),
    ("air-freight-ltd.2022-05-13", "Standard_Order", "Y", "feature", "Y", {"field": "standard order"}),
    (
        "air-freight-ltd.2022-05-13",
        "Street_Address",
        "P.O. BOX 911399",
        "address",
        "P.O. BOX 911399, AMMAN, 11191, JO",
        {"city": "AMMAN", "country": "JO", "postal_code": "11191"},
    ),
    ("air-freight-ltd.2022-05-13", "Expiration_Date", "11/09/2022", "expires_on", "2022-11-09", {}),
    ("naum-morgovsky.2022-08-24", "Name", "NAUM MORGOVSKY", "name", "NAUM MORGOVSKY", {}),
    ("naum-morgovsky.2022-08-24", "Expiration_Date", "11/13/2028", "expires_on", "2028-11-13", {}),
    ("naum-morgovsky.2022-08-24", "Effective_Date", "08/24/2022", "effective_on", "2022-08-24", {}),
    (
        "naum-morgovsky.2022-08-24",
        "FR_Citation",
        "87 F.R. 52740 8/29/2002",
        "legal_basis",
        "87 F.R. 52740",
        {"kind": "Federal Register notice", "printed": "87 F.R. 52740 8/29/2002"},
    ),
    ("fuyi-sun-a-k-a-frank-sun.2018-06-13", "Name", "FUYI SUN A/K/A FRANK SUN", "name", "FUYI SUN", {}),
    ("fuyi-sun-a-k-a-frank-sun.2018-06-13", "Standard_Order", "Y", "feature", "Y", {"field": "standard order"}),
    ("fuyi-sun-a-k-a-frank-sun.2018-06-13", "Action", "FR NOTICE ADDED", "status", "FR NOTICE ADDED", {}),
    ("fuyi-sun-a-k-a-frank-sun.2018-06-13", "Effective_Date", "06/13/2018", "effective_on", "2018-06-13", {}),
    ("mansour-zadeh.2017-08-10", "Name", "MANSOUR ZADEH", "name", "MANSOUR ZADEH", {}),
    ("mansour-zadeh.2017-08-10", "Expiration_Date", "12/14/2026", "expires_on", "2026-12-14", {}),
    ("mansour-zadeh.2017-08-10", "Action", "FR NOTICE ADDED", "status", "FR NOTICE ADDED", {}),
    (
        "mansour-zadeh.2017-08-10",
        "FR_Citation",
        "82 F.R. 39105 8/17/2017",
        "legal_basis",
        "82 F.R. 39105",
        {"date": "2017-08-17", "kind": "Federal Register notice"},
    ),
    ("i-ash.2002-03-04", "Name", "I. ASH", "name", "I. ASH", {}),
    ("i-ash.2002-03-04", "Effective_Date", "03/04/2002", "effective_on", "2002-03-04", {}),
    ("i-ash.2002-03-04", "Standard_Order", "Y", "feature", "Y", {"field": "standard order"}),
    ("i-ash.2002-03-04", "Action", "50 YEAR DENIAL", "status", "50 YEAR DENIAL", {}),
    ("i-ash.2003-06-19", "Name", "I. ASH", "name", "I. ASH", {}),
    ("i-ash.2003-06-19", "Expiration_Date", "06/29/2056", "expires_on", "2056-06-29", {}),
    (
        "i-ash.2003-06-19",
        "FR_Citation",
        "68 F.R. 38290 6/27/03 71 F.R. 38843 7/10/06 72 F.R. 4236 1/30/07",
        "legal_basis",
        "71 F.R. 38843",
        {"date": "2006-07-10", "kind": "Federal Register notice"},
    ),
    ("i-ash.2003-06-19", "Action", "FEDERAL REGISTER NOTICE UPDATED", "status", "FEDERAL REGISTER NOTICE UPDATED", {}),
    ("pearl-a-k-a-nei-chien-chu-li.2006-06-23", "Name", "PEARL (A.K.A. NEI-CHIEN CHU) LI", "name", "PEARL LI", {}),
    (
        "pearl-a-k-a-nei-chien-chu-li.2006-06-23",
        "Street_Address",
        "1132 SEAGULL LANE",
        "address",
        "1132 SEAGULL LANE, CHERRY HILL, NJ, 08054, US",
        {"city": "CHERRY HILL", "country": "US", "postal_code": "08054", "state": "NJ"},
    ),
    ("pearl-a-k-a-nei-chien-chu-li.2006-06-23", "Effective_Date", "06/23/2006", "effective_on", "2006-06-23", {}),
    (
        "pearl-a-k-a-nei-chien-chu-li.2006-06-23",
        "FR_Citation",
        "71 F.R. 38363 7/6/06",
        "legal_basis",
        "71 F.R. 38363",
        {"date": "2006-07-06", "kind": "Federal Register notice"},
    ),
    (
        "siberian-airlines-d-b-a-s7-airlines.2022-06-24",
        "Name",
        "SIBERIAN AIRLINES D/B/A S7 AIRLINES",
        "name",
        "SIBERIAN AIRLINES",
        {},
    ),
    ("siberian-airlines-d-b-a-s7-airlines.2022-06-24", "Last_Update", "2022-06-29", "amended_on", "2022-06-29", {}),
    (
        "siberian-airlines-d-b-a-s7-airlines.2022-06-24",
        "FR_Citation",
        "87 F.R. 38709 6/29/2022",
        "legal_basis",
        "87 F.R. 38709",
        {"date": "2022-06-29", "kind": "Federal Register notice"},
    ),
    (
        "siberian-airlines-d-b-a-s7-airlines.2022-06-24",
        "Standard_Order",
        "Y",
        "feature",
        "Y",
        {"field": "standard order"},
    ),
    ("fuyi-sun-a-k-a-frank-sun.2018-06-13", "Name", "FUYI SUN A/K/A FRANK SUN", "alias", "FRANK SUN", {}),
    ("pearl-a-k-a-nei-chien-chu-li.2006-06-23", "Name", "(A.K.A. NEI-CHIEN CHU)", "alias", "NEI-CHIEN CHU", {}),
    (
        "siberian-airlines-d-b-a-s7-airlines.2022-06-24",
        "Name",
        "SIBERIAN AIRLINES D/B/A S7 AIRLINES",
        "alias",
        "S7 AIRLINES",
        {"kind": "doing business as"},
    ),
]


@pytest.mark.real
@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]} {row[3]}")
def test_a_claim_says_what_the_raw_text_beside_it_says(real_files, row):
    """Twenty records and more, field by field, as a reader of the file would read them."""
    readings = _the_document(real_files)[2]

    assert missing(row, _the_entries(real_files), readings) == ""


@pytest.mark.real
def test_the_records_of_the_table_were_drawn_by_lot(real_files):
    """So that no record is in the table because it reads well."""
    _, _, readings = _the_document(real_files)

    drawn = random.Random(7).sample(sorted(readings), 12)

    assert set(drawn) <= {row[0] for row in ROWS}


@pytest.mark.real
def test_the_document_is_newer_than_the_name_it_came_by(real_files):
    """It was saved under a day of 2021, yet its rows were written until September 2022."""
    as_named = Hints(instant=dt.datetime(2021, 7, 7, tzinfo=dt.UTC), by="by its file name")

    facts, records = SOURCE.read(_the_bytes(real_files), "2021-07-07-commit.dpl.txt", as_named)

    assert facts.date == dt.date(2022, 9, 2)
    assert "2021-07-07 cannot be its day" in facts.title
    assert len(records) == 581
    assert facts.entries == 460


@pytest.mark.real
def test_only_impossible_days_are_unread(real_files):
    """Three rows were updated in the years 222, 2922 and 3017."""
    _, _, readings = _the_document(real_files)

    unread = sorted(left.value for reading in readings.values() for left in reading.unread)

    assert unread == ["0222-05-18", "2922-09-01", "3017-08-22"]
