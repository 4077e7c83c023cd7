"""Whole lists audited against the Security Council's: Indonesia's of 2022, Kazakhstan's of 2015.

``dttot_un.tsv`` holds 150 rows of the Indonesian list beside raw text of the Council's, judged by hand; its head says
how. Kazakhstan's names are those of the list as it was told of in November 2015.
"""

import gzip
import re
import xml.etree.ElementTree as ET
import zipfile
from collections import Counter
from functools import cache
from pathlib import Path

import msgspec
import pytest
from tests.real.kept import a_register_of, keep_names, on

from tizim.audit.compare import compare_lists
from tizim.audit.findings import FindingKind
from tizim.domain.lists import ListId

pytestmark = pytest.mark.real

UN = ListId("un-sc")
Kind = FindingKind


def audited(register, national, day):
    """The audit of a list against the Council's as of a day."""
    with register.view() as view:
        return compare_lists(view, ListId(national), UN, on(view, day), 1)


# -- Indonesia ------------------------------------------------------------------------------------------


class Row(msgspec.Struct, frozen=True):
    """A row of the table: two raw texts and the verdict."""

    code: str
    row: int
    name: str
    born: str
    verdict: str
    un: str
    un_name: str
    un_born: str

    def beside(self) -> str:
        """Both raw texts, for whoever looks at a wrong answer."""
        return f"{self.code} {self.name} [{self.born}] | {self.un} {self.un_name} [{self.un_born}]"


@cache
def checked():
    """The rows judged by hand."""
    lines = Path(__file__).with_name("dttot_un.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")][1:]
    return [Row(code, int(row), *rest) for code, row, *rest in rows]


@pytest.fixture(scope="module")
def indonesian(real_files, tmp_path_factory):
    """The Indonesian list of July 2022 against the Council's of October: two files and nothing else."""
    register = a_register_of(
        tmp_path_factory.mktemp("dttot"),
        real_files / "lists",
        {"un-sc": ["2022-10-21.xml.gz"], "id-dttot": ["2022-07-21.xlsx"]},
    )
    yield audited(register, "id-dttot", "2022-10-21")
    register.close()


def code_of(finding):
    """The code of a national entry: ``ILQ-079``; of those that two rows share, with the name."""
    return finding.national.member.subject.removeprefix("id-dttot:")


def counterparts(audit):
    """The Council's number for each code that has a counterpart."""
    return {
        code_of(finding): finding.reference.member.reference
        for finding in audit.findings
        if finding.national and finding.reference
    }


def test_the_table_holds_what_the_files_print(real_files):
    """Both raw texts of each row stand in the two files, whoever reads them."""
    main = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    with zipfile.ZipFile(real_files / "lists/id-dttot/2022-07-21.xlsx") as packed:
        shared = [
            "".join(text.text or "" for text in one.iter(f"{main}t"))
            for one in ET.fromstring(packed.read("xl/sharedStrings.xml"))  # noqa: S314 - looked at
        ]
        sheet = ET.fromstring(packed.read("xl/worksheets/sheet1.xml"))  # noqa: S314 - looked at
    cells = {
        cell.get("r"): shared[int(cell.findtext(f"{main}v"))]
        for cell in sheet.iter(f"{main}c")
        if cell.get("t") == "s" and cell.findtext(f"{main}v")
    }
    council = ET.fromstring(gzip.decompress((real_files / "lists/un-sc/2022-10-21.xml.gz").read_bytes()))  # noqa: S314
    names = {
        (entry.findtext("REFERENCE_NUMBER") or "").strip().rstrip("."): " + ".join(
            " ".join(text.split())
            for part in ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
            if (text := (entry.findtext(part) or "").strip())
        )
        for entry in council.iter()
        if entry.tag in {"INDIVIDUAL", "ENTITY"}
    }

    wrong = [
        row.beside()
        for row in checked()
        if not " ".join(cells[f"A{row.row}"].split()).startswith(row.name)
        or cells[f"D{row.row}"] != row.code.partition("/")[0]
        or " ".join(cells.get(f"F{row.row}", "").split()) != row.born.replace("-", "", row.born == "-")
        or names[row.un] != row.un_name
    ]

    assert not wrong
    assert len(checked()) == 150


def test_rows_checked_by_hand_are_matched_as_a_reader_matches_them(indonesian):
    """Precision and recall on the sample; a wrong answer is shown with both raw texts."""
    found = counterparts(indonesian)
    same = [row for row in checked() if row.verdict == "same"]
    given = [row for row in checked() if row.code in found]

    wrong = [f"{row.beside()} ({row.verdict}), but {found[row.code]}" for row in given
             if row.verdict != "same" or found[row.code] != row.un]  # fmt: skip
    missed = [row.beside() for row in same if row.code not in found]
    precision = (len(given) - len(wrong)) / len(given)
    recall = sum(found.get(row.code) == row.un for row in same) / len(same)

    assert precision >= 0.98, "\n".join(wrong)
    assert recall >= 0.97, "\n".join(wrong + missed)


def test_the_code_tells_the_regime_of_the_counterpart(indonesian):
    """``ILQ``/``ELQ`` rows are entries of the Al-Qaida list, ``ILT``/``ELT`` ones of the Taliban's, none across."""
    findings = [finding for finding in indonesian.findings if finding.national]
    codes = Counter(code_of(finding)[:3] for finding in findings)
    found = {code: number[:2] for code, number in counterparts(indonesian).items()}
    regimes = Counter((code[2], number) for code, number in found.items() if code[1] == "L" and code[2] in "QT")

    assert codes["ILQ"] + codes["ELQ"] == 313
    assert codes["ILT"] + codes["ELT"] == 140
    assert set(regimes) == {("Q", "QD"), ("T", "TA")}
    assert regimes["Q", "QD"] >= 0.97 * 313
    assert regimes["T", "TA"] >= 0.97 * 140


def test_the_other_rows_are_told_as_they_are(indonesian):
    """Of 74 rows of domestic codes 29 are Indonesians whom the Council lists too, one more is under another letter,
    and 44 are Indonesia's own.
    """
    found = counterparts(indonesian)
    domestic = [code_of(finding) for finding in indonesian.findings if finding.national]
    domestic = [code for code in domestic if code[1] == "D" or code[2] == "D"]
    matched = {code for code in domestic if code in found}

    assert len(domestic) == 74
    assert {code for code in matched if code[2] == "D"} == {"IDD-003"}
    assert found["IDD-003"] == "QDi.404"  # Bachrun Naim: the same full name and day of birth
    assert {code for code in domestic if code[2] == "Q"} <= matched
    assert len(matched) == 30


def test_every_remaining_difference_is_explained(indonesian):
    """Eight births and one country are printed otherwise; one bare name is not enough."""
    differing = {
        code_of(one): [(difference.what, difference.national) for difference in one.differences]
        for one in indonesian.findings
        if one.kind is Kind.DIFFERING
    }
    extra = {code_of(one) for one in indonesian.findings if one.kind is Kind.EXTRA}

    assert differing == {
        "IDQ-005": [("birth date", "1972")],  # the Council: 3 September 1962; formerly about 1972
        "IDQ-007": [("birth date", "1958-08-17")],  # the Council: 1957; formerly both
        "ILQ-107": [("birth date", "1971-01-21")],  # the Council: 29 January; formerly 21 January
        "ILQ-244": [("birth date", "1980-07-14")],  # 14/07/1980; the Council: 4 July
        "ILQ-299": [("birth date", "1967-07-14")],  # the Council: 4 July
        "ILT-080": [("birth date", "1948")],  # the Council: about 1965
        "ILT-090": [("birth date", "1966")],  # the Council: 1965
        "ILT-100": [("nationality", "al")],  # "Albania", born in Logar
        "ILT-108": [("birth date", "1965")],  # the Council: between 1968 and 1973
    }
    # Mohammad Sadiq "alias" Amir Mohammad: the Council has the two as one name, and no birth is there to tell.
    assert {code for code in extra if code[2] != "D"} == {"ILT-035"}
    assert {one.kind for one in indonesian.findings} == {Kind.EXTRA, Kind.DIFFERING, Kind.SAME, Kind.MISSING}


def test_the_regime_decides_between_two_numbers_of_one_person(indonesian):
    """Hassan Dahir Aweys stands on two of the Council's lists; a row of the Al-Qaida letter is that entry."""
    (finding,) = [one for one in indonesian.findings if one.national and code_of(one) == "ILQ-079"]

    assert finding.reference.member.reference == "QDi.042"
    assert finding.reasons[-1] == "of entries as near to it, the one under the same regime (qaida)"


# -- Kazakhstan -----------------------------------------------------------------------------------------

MATCHED = {
    "Аль-Каида": "QDe.004",
    "Исламская партия Восточного Туркестана": "QDe.088",
    "Исламское движение Узбекистана": "QDe.010",
    "Асбат-аль-Ансар": "QDe.007",
    "Лашкар-и-Тайба": "QDe.118",
    "Жамаат моджахедов Центральной Азии": "QDe.119",
    "Исламское государство": "QDe.115",
    "Фронт ан-Нусра": "QDe.137",
}
DOUBTFUL = {"Исламская партия Туркестана", "Джунд-аль-Халифат"}
ALONE = {
    "Братья мусульмане", "Боз Гурд", "Общество социальных реформ", "Организация освобождения Восточного Туркестана",
    "АУМ Синрике", "Курдский народный конгресс",
}  # fmt: skip
TALIBAN = "движение Талибан"
SEVENTEEN = (*MATCHED, *sorted(DOUBTFUL), TALIBAN, *sorted(ALONE))


@pytest.fixture(scope="module")
def copies_only(real_files, tmp_path_factory):
    """Copies of the Council's list from before and after, and the seventeen names: nothing else is known."""
    register = a_register_of(
        tmp_path_factory.mktemp("copies"), real_files / "lists", {"un-sc": ["2015-03-27.xml.gz", "2017-06-20.xml.gz"]}
    )
    keep_names(register, "kz-2015", SEVENTEEN, "2015-11-30")
    yield register
    register.close()


@pytest.fixture(scope="module")
def with_ledger(real_files, tmp_path_factory):
    """The starter, with its ledger and copies up to February 2026, and the seventeen names."""
    assert real_files
    register = a_register_of(tmp_path_factory.mktemp("ledger"), real_files / "lists", {}, starter=True)
    keep_names(register, "kz-2015", SEVENTEEN, "2015-11-30")
    yield register
    register.close()


def by_name(audit):
    """The national findings by name, of which there is one for each."""
    findings = [finding for finding in audit.findings if finding.national]
    found = {finding.national.member.name: finding for finding in findings}
    assert len(found) == len(findings) == len(SEVENTEEN)
    return found


@pytest.fixture(params=["copies_only", "with_ledger"])
def of_2015(request):
    """The audit of November 2015, with and without the ledger."""
    return by_name(audited(request.getfixturevalue(request.param), "kz-2015", "2015-11-30"))


def test_seventeen_bare_names_have_the_counterparts_that_a_reader_finds(of_2015):
    """Eight matches through Russian names, two that need a person, six without and the Taliban, whose regime it is."""
    matched = {name: one.reference.member.reference for name, one in of_2015.items() if one.reference}
    kinds = {name: one.kind for name, one in of_2015.items()}

    assert matched == MATCHED
    assert {kinds[name] for name in MATCHED} == {Kind.SAME}
    assert {name for name, kind in kinds.items() if kind is Kind.AMBIGUOUS} == DOUBTFUL
    assert {name for name, kind in kinds.items() if kind is Kind.EXTRA} == ALONE
    assert kinds[TALIBAN] is Kind.MEMBERS_ONLY


def test_the_ambiguous_name_the_entries_that_may_be_meant(of_2015):
    """A person who is to decide sees between what."""
    rivals = {name: {side.member.reference for side in of_2015[name].rivals} for name in DOUBTFUL}

    assert rivals == {"Исламская партия Туркестана": {"QDe.088"}, "Джунд-аль-Халифат": {"QDe.151"}}


def test_every_reason_is_a_sentence_that_a_reader_understands(of_2015):
    """Words and names, no codes of ours; and none is empty."""
    for one in of_2015.values():
        assert one.reasons
        for reason in one.reasons:
            assert len(reason.split()) >= 4, reason
            assert not re.search(r"\b(un-sc:|ledger:|None|nan)\b|[a-z]_[a-z]", reason), reason


def test_the_taliban_have_associates_and_no_entry(of_2015):
    """The Council's regime of 1988 is about them; the entity of that name that it lists is Pakistan's."""
    finding = of_2015[TALIBAN]

    assert (finding.reference, finding.associated_on) == (None, "un-1988")
    assert 135 <= finding.associated <= 145
    assert "un-1988 is the regime that names it" in finding.reasons[0]


def test_a_file_that_still_prints_an_entry_does_not_outweigh_the_act_that_ends_it(with_ledger):
    """The Committee took the Nusra Front off on 27 February 2026; the file of that day has it, so matching files
    alone would leave it on.
    """
    found = by_name(audited(with_ledger, "kz-2015", "2026-03-01"))
    matched = {name: one.reference.member.reference for name, one in found.items() if one.reference}

    assert matched == {name: number for name, number in MATCHED.items() if name != "Фронт ан-Нусра"}
    assert found["Фронт ан-Нусра"].kind is Kind.EXTRA
    assert found[TALIBAN].associated == 140


def test_by_then_two_groups_of_the_caliphate_s_soldiers_are_listed(with_ledger):
    """Algeria's and Tunisia's bear the name of the Kazakh one; neither is taken for it."""
    finding = by_name(audited(with_ledger, "kz-2015", "2026-03-01"))["Джунд-аль-Халифат"]

    assert finding.kind is Kind.AMBIGUOUS
    assert {side.member.reference for side in finding.rivals} == {"QDe.151", "QDe.167"}


def test_the_ledger_s_own_list_of_kazakhstan_is_audited_to_the_same_end(with_ledger):
    """Its entries have ids and more names, misprints among them: a misprint's two letters are no short Algeria."""
    findings = {
        finding.national.member.name: finding
        for finding in audited(with_ledger, "kz-list", "2015-11-30").findings
        if finding.national
    }
    matched = {name: one.reference.member.reference for name, one in findings.items() if one.reference}

    assert matched == MATCHED
    assert {name for name, one in findings.items() if one.kind is Kind.AMBIGUOUS} == DOUBTFUL
    assert findings[TALIBAN].kind is Kind.MEMBERS_ONLY
