"""The enhanced XML of OFAC on the real files: counts, names beside those of other documents, and records by hand."""

import csv
import gzip
import io
import re
import tarfile
import zipfile
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from tizim.domain.documents import DocumentFacts, Record
from tizim.domain.statements import EntryReading, Property
from tizim.sources.us_ofac_enhanced import SOURCE
from tizim.text import one_line

FILES = {
    "cons": "CONS_ENHANCED-2025-commit.zip",
    "irgc": "program-IRGC-2024-08-28.xml.gz",
    "yemen": "program-YEMEN-2024-05-24.xml",
}
P = Property
IN = "names/name[1]/translations/translation"
ID = "identityDocuments/identityDocument"
ORDER = {"kind": "executive order"}
LATIN = {"script": "Latn"}
GOOD = {"script": "Latn", "quality": "good"}
FAMILY_FIRST = {"script": "Latn", "form": "family name first"}
SSI = {"list": "us-ofac-cons", "part": "Sectoral Sanctions Identifications List"}
CMIC = {"list": "us-ofac-cons", "part": "Non-SDN CMIC List"}
RISK = "Ukraine-/Russia-Related Sanctions Regulations, 31 CFR 589.201 and/or 589.209"
TIDEWATER = (
    "Telephone: 982188553321; Alt. Telephone: 982188554432; Fax: 982188717367; "
    "Alt. Fax: 982188708761; Alt. Fax: 982188708911"
)
SURE = {"reliability": "confirmed"}


def _related(name: str, key: str, phrase: str, **more: str) -> dict[str, str]:
    return {"name": name, "with": f"us-ofac:{key}", "phrase": phrase, **more}


# Document, number; then path in the record, what the file has there, and the claim that it must become.
# Fifteen were drawn by chance (`random.Random(2026).sample`), the others for what is odd in them.
# In identity numbers every digit stands as a 9 here.
RECORDS = {
    ("cons", "18808"): [
        ("generalInfo/entityType", "Entity", P.KIND, "organisation", {}),
        ("sanctionsLists/sanctionsList[1]/@datePublished", "2015-12-22", P.LISTED_ON, "2015-12-22",
         {"list": "us-ofac-cons"}),
        ("sanctionsLists/sanctionsList[2]/@datePublished", "2015-12-22", P.LISTED_ON, "2015-12-22", SSI),
        ("sanctionsTypes/sanctionsType", "13662 Sectoral Directive 3", P.IMPOSED_MEASURE,
         "13662 Sectoral Directive 3", {}),
        ("names/name[2]/translations/translation/formattedFullName", "NPO OPTIKA, AO", P.ALIAS, "NPO OPTIKA, AO", GOOD),
        ("names/name[5]/aliasType", "F.K.A.", P.ALIAS,
         "FEDERALNOE GOSUDARSTVENNOE UNITARNOE PREDPRIYATIE NAUCHNO PROIZVODSTVENNOE OBEDINENIE OPTIKA",
         {**GOOD, "kind": "former name"}),
        ("addresses/address[2]/translations/translation/addressParts/addressPart[1]/value",
         "Shosse Altufyevskoye, D. 33", P.ADDRESS, "Shosse Altufyevskoye, D. 33, Moscow, 127410, Russia",
         {"street": "Shosse Altufyevskoye, D. 33", "city": "Moscow", "postal_code": "127410", "country": "Russia"}),
        ("features/feature[1]/value", "TEOPT@MAIL.CNT.RU", P.CONTACT, "TEOPT@MAIL.CNT.RU", {"kind": "e-mail"}),
        ("relationships/relationship/relatedEntity/@entityId", "17260", P.RELATION, "17260",
         _related("STATE CORPORATION ROSTEC", "17260", "Owned or Controlled By")),
    ],
    ("cons", "32072"): [
        (f"{IN}/formattedFullName", "CHINA COMMUNICATIONS CONSTRUCTION GROUP (LIMITED)", P.NAME,
         "CHINA COMMUNICATIONS CONSTRUCTION GROUP (LIMITED)",
         {**LATIN, "written": "China Communications Construction Group (Limited)"}),
        ("names/name[5]/isLowQuality", "true", P.ALIAS, "CCCG", {**LATIN, "quality": "low"}),
        ("addresses/address/translations/translation/addressParts/addressPart[2]/value", "Xicheng District",
         P.ADDRESS, "No. 85, Deshengmen Outer Street, Xicheng District, Beijing, 100088, China",
         {"street": "No. 85, Deshengmen Outer Street, Xicheng District", "city": "Beijing", "postal_code": "100088",
          "country": "China"}),
        ("features/feature[1]/value", "Private Company", P.FEATURE, "Private Company", {"field": "target type"}),
        ("features/feature[3]/value", "China Communications Construction Group (Ltd.)", P.FEATURE,
         "China Communications Construction Group (Ltd.)", {"field": "issuer name", "primary": "no"}),
    ],
    ("irgc", "15629"): [
        ("generalInfo/entityType", "Aircraft", P.KIND, "aircraft", {}),
        ("sanctionsLists/sanctionsList/@datePublished", "2013-05-16", P.LISTED_ON, "2013-05-16",
         {"list": "us-ofac-sdn"}),
        ("sanctionsPrograms/sanctionsProgram[3]", "SDGT", P.MEMBER, "us-sdgt", {}),
        ("features/feature[1]/value", "9999", P.IDENTIFIER, "9999",
         {**SURE, "type": "Aircraft Construction Number (also called L/N or S/N or F/N)"}),
        ("features/feature[2]/value", "1975", P.FEATURE, "1975", {**SURE, "field": "build date"}),
        ("features/feature[5]/value", "Syrianair", P.FEATURE, "Syrianair", {**SURE, "field": "operator"}),
    ],
    ("irgc", "15749"): [
        ("names/name/translations/translation/formattedFullName", "YK-ATA", P.NAME, "YK-ATA", LATIN),
        ("legalAuthorities/legalAuthority[2]", "Executive Order 13582 (Syria)", P.LEGAL_BASIS,
         "Executive Order 13582 (Syria)", {**ORDER, "number": "13582"}),
        ("features/feature[3]/value", "99999999", P.IDENTIFIER, "99999999",
         {**SURE, "type": "Aircraft Manufacturer’s Serial Number (MSN)"}),
        ("features/feature[4]/value", "Il-76T", P.FEATURE, "Il-76T", {**SURE, "field": "aircraft model"}),
    ],
    ("irgc", "40741"): [
        (f"{IN}[2]/formattedFullName", "\u202bمحمد صادق حیدری موسی\u202c", P.ORIGINAL_NAME, "محمد صادق حیدری موسی",
         {"script": "Arab", "given_name": "محمد", "middle_name": "صادق حیدری", "family_name": "موسی"}),
        ("names/name[3]/translations/translation/formattedFullName", "HEIDARI, Mohammad Ali Mohammad Sadegh", P.ALIAS,
         "HEIDARI, Mohammad Ali Mohammad Sadegh",
         {**FAMILY_FIRST, "quality": "good", "family_name": "Heidari", "given_name": "Mohammad",
          "middle_name": "Ali Mohammad Sadegh"}),
        ("features/feature[2]/value", "23 Sep 1977", P.BIRTH_DATE, "1977-09-23", {"printed": "23 Sep 1977"}),
        ("features/feature[3]/value", "24 Sep 1977", P.BIRTH_DATE, "1977-09-24",
         {"printed": "24 Sep 1977", "primary": "no"}),
        ("features/feature[6]/value", "Shahrebabak, Iran", P.BIRTH_PLACE, "Shahrebabak, Iran", {}),
        (f"{ID}/documentNumber", "9999999999", P.IDENTIFIER, "9999999999",
         {"type": "National ID No.", "country": "Iran"}),
        ("relationships/relationship/type", "Acting for or on behalf of", P.RELATION, "39038",
         _related("PARAVAR PARS COMPANY", "39038", "Acting for or on behalf of")),
    ],
    ("cons", "18780"): [
        ("names/name[1]/translations/translation/formattedLastName",
         "OBSCHESTVO S OGRANICHENNOI OTVETSTVENNOSTYU PROMINVEST", P.NAME,
         "OBSCHESTVO S OGRANICHENNOI OTVETSTVENNOSTYU PROMINVEST", LATIN),
        ("features/feature[2]/value", RISK, P.IMPOSED_MEASURE, RISK, {"kind": "Secondary sanctions risk"}),
        (f"{ID}[3]/documentNumber", "9999999999", P.IDENTIFIER, "9999999999", {"type": "Tax ID No."}),
    ],
    ("cons", "20621"): [
        ("sanctionsLists/sanctionsList[1]/@datePublished", "2016-12-20", P.LISTED_ON, "2016-12-20", SSI),
        ("relationships/relationship/quality", "High", P.RELATION, "17014",
         _related("JOINT STOCK COMPANY RUSSIAN AGRICULTURAL BANK", "17014", "Owned or Controlled By", quality="high")),
    ],
    ("irgc", "28694"): [
        (f"{IN}[2]/script", "Arabic", P.ORIGINAL_NAME, "ستاد بازسازی عتبات عالیات", {"script": "Arab"}),
        ("addresses/address[5]/translations/translation/addressParts/addressPart/value", "Samarra", P.ADDRESS,
         "Samarra, Iraq", {"city": "Samarra", "country": "Iraq"}),
        ("sanctionsPrograms/sanctionsProgram[3]", "SDGT", P.PROGRAMME, "SDGT", {}),
    ],
    ("irgc", "38417"): [
        (f"{IN}[1]/formattedFullName", "RASHIDI-BARJINI, Aliakbar", P.NAME, "RASHIDI-BARJINI, Aliakbar",
         {**FAMILY_FIRST, "family_name": "Rashidi-Barjini", "given_name": "Aliakbar"}),
        ("legalAuthorities/legalAuthority[1]", "Executive Order 13694 (Cyber)", P.LEGAL_BASIS,
         "Executive Order 13694 (Cyber)", {**ORDER, "number": "13694"}),
        ("addresses/address/country", "Iran", P.ADDRESS, "Iran", {"country": "Iran"}),
        ("features/feature[5]/value", "Meybod, Yazd Province, Iran", P.BIRTH_PLACE, "Meybod, Yazd Province, Iran", {}),
    ],
    ("irgc", "24530"): [
        ("names/name[5]/translations/translation/formattedFullName", "MAS'UD, Abu Ali", P.ALIAS, "MAS'UD, Abu Ali",
         {**FAMILY_FIRST, "quality": "good", "family_name": "Mas'ud", "given_name": "Abu", "middle_name": "Ali"}),
        (f"{ID}[3]/documentNumber", "9999999", P.IDENTIFIER, "9999999", {"type": "Passport"}),
    ],
    ("cons", "9704"): [
        ("generalInfo/remarks", "HAMAS - Gaza", P.COMMENT, "HAMAS - Gaza", {}),
        ("sanctionsLists/sanctionsList[1]/@datePublished", "2006-04-12", P.LISTED_ON, "2006-04-12",
         {"list": "us-ofac-cons", "part": "Non-SDN Palestinian Legislative Council List"}),
        ("sanctionsLists/sanctionsList[2]/@datePublished", "2014-10-10", P.LISTED_ON, "2014-10-10",
         {"list": "us-ofac-cons"}),
        ("legalAuthorities/legalAuthority", "General License 4 Under EO 13224 (Terrorism)", P.LEGAL_BASIS,
         "General License 4 Under EO 13224 (Terrorism)", {}),
        ("sanctionsTypes/sanctionsType", "Reject", P.IMPOSED_MEASURE, "Reject", {}),
    ],
    ("irgc", "26126"): [
        (f"{ID}/idFeatures/idFeature", "Gender: Male", P.IDENTIFIER, "G9999999",
         {"type": "Passport", "country": "Iran", "issued": "2016-03-16", "expires": "2021-03-16",
          "feature": "Gender: Male"}),
        ("features/feature[3]/value", "Male", P.GENDER, "male", {}),
    ],
    ("irgc", "24471"): [
        ("names/name[2]/isLowQuality", "true", P.ALIAS, "JA'FARI, Mohammad",
         {**FAMILY_FIRST, "quality": "low", "family_name": "Ja'fari", "given_name": "Mohammad"}),
        ("features/feature[3]/value", "1967", P.BIRTH_DATE, "1967", {"primary": "no"}),
    ],
    ("irgc", "15617"): [
        ("names/name/translations/translation/formattedFullName", "YK-AYF", P.NAME, "YK-AYF", LATIN),
        ("features/feature[2]/value", "10 Oct 1984", P.FEATURE, "1984-10-10",
         {**SURE, "field": "build date", "printed": "10 Oct 1984"}),
    ],
    ("irgc", "26861"): [
        ("names/name[2]/translations/translation/formattedFullName",
         "MANABEA THARWAT AL-JANOOB GENERAL TRADING COMPANY, LLC", P.ALIAS,
         "MANABEA THARWAT AL-JANOOB GENERAL TRADING COMPANY, LLC",
         {**GOOD, "written": "Manabea Tharwat Al-Janoob General Trading Company, LLC"}),
        ("relationships/relationship/type", "Providing support to", P.RELATION, "10465",
         _related("ISLAMIC REVOLUTIONARY GUARD CORPS (IRGC)-QODS FORCE", "10465", "Providing support to")),
    ],
    ("yemen", "31195"): [
        ("generalInfo/title", "Commander of the Houthi Air Force", P.TITLE, "Commander of the Houthi Air Force", {}),
        (f"{IN}[2]/formattedFullName", "\u202bأحمد الحمزي\u202c", P.ORIGINAL_NAME, "أحمد الحمزي",
         {"script": "Arab", "family_name": "الحمزي", "given_name": "أحمد"}),
        ("features/feature[1]/reliability", "Reported", P.BIRTH_DATE, "1985", {"reliability": "reported"}),
        ("features/feature[3]/value", "Yemen", P.NATIONALITY, "Yemen", {}),
    ],
    ("irgc", "16538"): [
        (f"{ID}/isValid", "false", P.IDENTIFIER, "D9999999",
         {"type": "Passport", "issued": "2008-11-12", "expires": "2013-11-13", "valid": "no"}),
        ("legalAuthorities/legalAuthority[1]", "CISADA", P.LEGAL_BASIS, "CISADA", {}),
    ],
    ("irgc", "12057"): [
        ("features/feature[2]/value", "1951 to 1953", P.BIRTH_DATE, "1951/1953", {"printed": "1951 to 1953"}),
        ("features/feature[2]/valueDate/isDateRange", "true", P.BIRTH_YEAR, "1951/1953", {}),
        ("features/feature[4]/value", "Apr 1961", P.BIRTH_DATE, "1961-04", {"printed": "Apr 1961", "primary": "no"}),
        ("features/feature[9]/value", "Tehran, Iran", P.BIRTH_PLACE, "Tehran, Iran", {"primary": "no"}),
    ],
    ("irgc", "39438"): [
        ("features/feature[2]/value", "Mar 1955 to Mar 1956", P.BIRTH_DATE, "1955-03/1956-03",
         {"printed": "Mar 1955 to Mar 1956"}),
        ("names/name[2]/translations/translation[2]/formattedFullName", "\u202bمحمدحسین زیبایی\u200cنژاد\u202c",
         P.ALIAS, "محمدحسین زیبایی\u200cنژاد",
         {"script": "Arab", "quality": "good", "of": "ZIBAEE NEJAD, Mohammad Hossein", "given_name": "محمدحسین",
          "family_name": "زیبایی\u200cنژاد"}),
    ],
    ("irgc", "10479"): [
        ("features/feature[2]/valueDate/isApproximate", "true", P.BIRTH_DATE, "1956",
         {"about": "circa", "printed": "circa 1956"}),
        ("features/feature[3]/value", "Iran", P.NATIONALITY, "Iran", {"kind": "citizenship"}),
        ("legalAuthorities/legalAuthority[1]", "31 CFR 594.201(a)(5)", P.LEGAL_BASIS, "31 CFR 594.201(a)(5)",
         {"kind": "regulation"}),
    ],
    ("irgc", "46909"): [
        ("relationships/relationship/relatedEntity/@entityId", "46908", P.RELATION, "46908",
         {"phrase": "Owned or Controlled By", "with": "us-ofac:46908"}),
        ("features/feature[2]/value", "26 Jun 2012", P.FEATURE, "2012-06-26",
         {"field": "established", "printed": "26 Jun 2012"}),
    ],
    ("irgc", "12803"): [
        ("generalInfo/remarks", TIDEWATER, P.CONTACT, "982188708911", {"kind": "fax"}),
        ("features/feature[4]/value", "Port Operator", P.FEATURE, "Port Operator",
         {**SURE, "field": "IFCA determination"}),
    ],
    ("cons", "15268"): [
        ("sanctionsLists/sanctionsList[2]", "CAPTA List", P.MEMBER, "us-ofac-cons", {"part": "CAPTA List"}),
        ("sanctionsLists/sanctionsList[2]/@datePublished", "2019-03-14", P.LISTED_ON, "2019-03-14",
         {"list": "us-ofac-cons", "part": "CAPTA List"}),
        ("addresses/address[3]/translations/translation/addressParts/addressPart[2]/value", "(Registered Office)",
         P.ADDRESS, "No. 7 Century Ave, (Registered Office), Xinjiang, Karamay, 834000, China",
         {"street": "No. 7 Century Ave, (Registered Office)", "city": "Xinjiang", "state": "Karamay",
          "postal_code": "834000", "country": "China"}),
    ],
    ("cons", "33091"): [
        ("names/name/translations/translation[2]/script", "Chinese Simplified", P.ORIGINAL_NAME, "旷视科技有限公司",
         {"script": "Hans"}),
        ("features/feature[1]/type", "Effective Date (CMIC)", P.EFFECTIVE_ON, "2022-02-14",
         {"under": "CMIC", "printed": "14 Feb 2022"}),
        ("features/feature[3]/value", "16 Dec 2021", P.LISTED_ON, "2021-12-16",
         {"under": "CMIC", "printed": "16 Dec 2021", "list": "us-ofac-cons"}),
        ("sanctionsLists/sanctionsList[1]/@datePublished", "2021-12-16", P.LISTED_ON, "2021-12-16", CMIC),
    ],
    ("cons", "17064"): [
        (f"{ID}[2]/documentNumber", "99999999 (Russia)", P.IDENTIFIER, "99999999",
         {"type": "Government Gazette Number", "country": "Russia", "printed": "99999999 (Russia)"}),
    ],
    ("cons", "17015"): [
        ("sanctionsLists/sanctionsList[3]", "SDN List", P.MEMBER, "us-ofac-sdn", {}),
        ("sanctionsLists/sanctionsList[3]/@datePublished", "2018-08-15", P.LISTED_ON, "2018-08-15",
         {"list": "us-ofac-sdn"}),
        ("addresses/address[2]/translations/translation[2]/addressParts/addressPart[2]/value", "Город Москва",
         P.ADDRESS, "Пр-Кт Академика Сахарова, Д. 9, Город Москва, 107078, Russia",
         {"script": "Cyrl", "street": "Пр-Кт Академика Сахарова, Д. 9", "city": "Город Москва",
          "postal_code": "107078", "country": "Russia"}),
        ("names/name[6]/translations/translation[2]/formattedFullName", "ВЭБ.РФ", P.ALIAS, "ВЭБ.РФ",
         {"script": "Cyrl", "quality": "good", "of": "VEB.RF"}),
    ],
    ("cons", "26182"): [
        ("sanctionsLists/sanctionsList[1]", "FSE List", P.MEMBER, "us-ofac-cons", {"part": "FSE List"}),
        (f"{ID}/documentNumber", "U99999999", P.IDENTIFIER, "U99999999", {"type": "Passport", "country": "Turkey"}),
    ],
}  # fmt: skip


@cache
def _the_bytes(folder: Path, document: str) -> bytes:
    data = (folder / "lists" / "us-ofac-enhanced-xml" / FILES[document]).read_bytes()
    return gzip.decompress(data) if FILES[document].endswith(".gz") else data


@cache
def _the_document(folder: Path, document: str) -> tuple[DocumentFacts, dict[str, Record], dict[str, EntryReading]]:
    facts, records = SOURCE.read(_the_bytes(folder, document), FILES[document].removesuffix(".gz"))
    readings = {reading.key: reading for reading in SOURCE.readings(records)}
    return facts, dict(zip(readings, records, strict=True)), readings


def _masked(prop: Property, text: str) -> str:
    return re.sub(r"\d", "9", text) if prop is P.IDENTIFIER else text


@pytest.mark.parametrize(
    ("document", "line", "title", "entries"),
    [
        ("cons", "us-ofac-enhanced-xml/cons", "OFAC consolidated non-SDN lists (enhanced XML), as of 2025-01-10", 443),
        ("irgc", "us-ofac-enhanced-xml/search",
         "OFAC lists (enhanced XML), search export limited to programme IRGC, as of 2024-08-28", 293),
        ("yemen", "us-ofac-enhanced-xml/search",
         "OFAC lists (enhanced XML), search export limited to programme YEMEN, as of 2024-05-24", 10),
    ],
)  # fmt: skip
def test_a_document_has_the_entities_counted_when_it_was_collected(real_files, document, line, title, entries):
    """A plain search for the start of an entity counts the same, by other means than this reader."""
    facts, records, readings = _the_document(real_files, document)

    data = _the_bytes(real_files, document)
    if document == "cons":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            data = archive.read("CONS_ENHANCED.XML")
    assert data.count(b"<entity id=") == facts.entries == len(records) == len(readings) == entries
    assert (facts.source, facts.title) == (line, title)
    assert facts.complete is (document == "cons")


@pytest.mark.parametrize("document", FILES)
def test_nothing_is_unread(real_files, document):
    """Every value of the files held is understood; what new files bring will be told by name."""
    _, _, readings = _the_document(real_files, document)

    assert [left for reading in readings.values() for left in reading.unread] == []


@pytest.mark.parametrize("document", FILES)
def test_the_same_bytes_give_the_same_readings(real_files, document):
    """Nothing depends on what was read before."""
    _, records, readings = _the_document(real_files, document)

    assert [SOURCE.map(record) for record in records.values()] == list(readings.values())


def _names(readings: dict[str, EntryReading]) -> dict[str, str]:
    return {key: next(c.value for c in r.claims if c.property is P.NAME) for key, r in readings.items()}


def test_the_numbers_are_those_of_the_consolidated_list_in_csv(real_files):
    """All 443 of January 2025 stand in the CSV of April 2025 under the same number and name."""
    names = _names(_the_document(real_files, "cons")[2])

    text = (real_files / "lists" / "us-ofac-cons-csv" / "2025-04-21-commit.cons_prim.csv").read_text("latin-1")
    assert names == {row[0]: row[1] for row in csv.reader(io.StringIO(text)) if len(row) > 1}


@pytest.mark.parametrize(("document", "shared"), [("irgc", 266), ("yemen", 10)])
def test_the_numbers_are_those_of_the_sdn_list_in_csv(real_files, document, shared):
    """What the CSV of February 2024 has of these, it has under the same number and name; 27 are newer than it."""
    names = _names(_the_document(real_files, document)[2])

    with tarfile.open(real_files / "lists" / "us-ofac-sdn-csv" / "sdn-history.tar.xz") as archive:
        newest = max((one for one in archive.getmembers() if one.isfile()), key=lambda one: one.name)
        held = archive.extractfile(newest)
        assert held is not None
        text = held.read().decode("latin-1")
    printed = {row[0]: one_line(row[1]) for row in csv.reader(io.StringIO(text)) if len(row) > 1}
    common = names.keys() & printed.keys()
    assert len(common) == shared
    assert {key: names[key] for key in common} == {key: printed[key] for key in common}


def test_memberships_agree_with_a_plain_count(real_files):
    """77 entities of the consolidated document are on the SDN list too, two of them for terrorism."""
    counts = {
        document: Counter(
            list_id
            for reading in _the_document(real_files, document)[2].values()
            for list_id in {c.value for c in reading.claims if c.property is P.MEMBER}
        )
        for document in FILES
    }

    assert counts == {
        "cons": {"us-ofac-cons": 443, "us-ofac-sdn": 77, "us-sdgt": 2},
        "irgc": {"us-ofac-sdn": 293, "us-sdgt": 213, "us-fto": 6},
        "yemen": {"us-ofac-sdn": 10},
    }


@pytest.mark.parametrize(("document", "key"), RECORDS)
def test_a_record_says_what_stands_in_the_file(real_files, document, key):
    """Each line was read in the file itself: the text there, and the claim that it must become."""
    _, records, readings = _the_document(real_files, document)

    fields = dict(records[key].fields)
    claims = [
        (
            claim.property,
            _masked(claim.property, claim.value),
            {name: _masked(claim.property, said) if name == "printed" else said for name, said in claim.facets},
        )
        for claim in readings[key].claims
    ]
    for path, raw, prop, value, pairs in RECORDS[document, key]:
        assert raw == (_masked(prop, fields[path]) if path.endswith(("documentNumber", "/value")) else fields[path])
        assert (prop, value, pairs) in claims
