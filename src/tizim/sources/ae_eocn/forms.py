"""Arabic words of the list: what the columns mean, what kind an entry is, acts and dates."""

import datetime as dt
import re
from functools import lru_cache
from typing import Final

import msgspec

from tizim.domain.names import Kind
from tizim.sources.dates import iso_day, iso_years, numeric
from tizim.text import fold, one_line

NUMBER: Final = "#"
NOTHING: Final = re.compile(r"[-–_\s]*")
"""what stands in a cell of which there is nothing to say"""

# What a column is about, by words of its header (folded as `fold` folds). The first that fits holds.
_MEANINGS: Final = tuple(
    (meaning, tuple(fold(word) for word in words))
    for meaning, words in (
        ("family name arabic", ("العائلة", "العربية")),
        ("family name latin", ("العائلة", "اللاتينية")),
        ("name arabic", ("اسم", "العربية")),
        ("name latin", ("اسم", "اللاتينية")),
        ("imo", ("البحرية", "الدولية")),
        ("imo", ("imo",)),
        ("alias", ("الاسم",)),
        ("category", ("التصنيف",)),
        ("nationality", ("الجنسية",)),
        ("flag", ("العلم",)),
        ("birth place", ("مكان", "الميلاد")),
        ("birth date", ("تاريخ", "الميلاد")),
        ("founding date", ("تاريخ", "التاسيس")),
        ("removal date", ("تاريخ", "الشطب")),
        ("removal date", ("تاريخ", "الرفع")),
        ("removal date", ("تاريخ", "رفع")),
        ("listing date", ("تاريخ", "الادراج")),
        ("issue date", ("تاريخ", "الاصدار")),
        ("expiry date", ("تاريخ", "الانتهاء")),
        ("street", ("الشارع",)),
        ("city", ("المدينه",)),
        ("country", ("الدوله",)),
        ("document number", ("رقم", "الوثيقه")),
        ("document number", ("رقم", "الرخصه")),
        ("document type", ("النوع",)),
        ("issuer", ("جهه", "الاصدار")),
        ("information", ("معلومات", "اخري")),
    )
)
_KINDS: Final = tuple(
    (fold(word), kind)
    for word, kind in (
        ("سفينة", Kind.VESSEL), ("سفن", Kind.VESSEL), ("السفن", Kind.VESSEL), ("vessels", Kind.VESSEL),
        ("شخص", Kind.PERSON), ("الأفراد", Kind.PERSON), ("أفراد", Kind.PERSON), ("الأشخاص", Kind.PERSON),
        ("individuals", Kind.PERSON), ("persons", Kind.PERSON),
        ("كيان", Kind.ORGANISATION), ("الكيانات", Kind.ORGANISATION), ("كيانات", Kind.ORGANISATION),
        ("تنظيم", Kind.ORGANISATION), ("التنظيمات", Kind.ORGANISATION), ("منظمة", Kind.ORGANISATION),
        ("entities", Kind.ORGANISATION), ("organisations", Kind.ORGANISATION),
    )
)  # fmt: skip
# Stems of "taken off", "struck out", "deleted", "removed", and of "listed"; titles inflect them.
_REMOVED: Final = ("رفع", "مرفوع", "شطب", "مشطوب", "حذف", "محذوف", "ازال", "مزال", "الغا", "ملغ", "removed", "delisted")
_LISTED: Final = ("مدرج", "listed")
_ACT: Final = re.compile(r"قرار\s+مجلس\s+الوزراء\s+رقم\s+\(?\s*(\d{1,4})\s*\)?\s+لسنة\s+(\d{4})")
_LISTED_UNDER: Final = re.compile(r"(?:مدرج|مدرجة|أدرج|أدرجت|تم إدراجه|تم إدراجها|تم الإدراج)\s+بموجب\s*")
_UNLISTED: Final = re.compile(r"(?:رفع|شطب|إزالة|حذف|إلغاء)")
_ARABIC_DIGITS: Final = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")


class Act(msgspec.Struct, frozen=True, kw_only=True):
    """A Cabinet decision that a cell names: its words, number and year, and whether it took the entry off."""

    printed: str
    number: str
    year: str
    removal: bool


@lru_cache(maxsize=256)
def meaning(header: str) -> str:
    """What a column is about, by its header; empty if that is not known."""
    if header.strip() == NUMBER:
        return "number"
    folded = fold(header)
    return next((found for found, needed in _MEANINGS if all(word in folded for word in needed)), "")


def kind_of(words: str) -> Kind | None:
    """The kind that a classification (``شخص إرهابي``), a sheet's name or its title names."""
    said = fold(words).split()
    return next((kind for word, kind in _KINDS if word in said), None)


def tells_removal(words: str) -> bool:
    """Whether a sheet's name or title says that its entries were taken off the list."""
    return any(stem in fold(words) for stem in _REMOVED)


def tells_listing(words: str) -> bool:
    """Whether a sheet's name or title says that its entries are on the list."""
    return not tells_removal(words) and any(stem in fold(words) for stem in _LISTED)


def acts(text: str) -> tuple[list[Act], str]:
    """The Cabinet decisions named in *text*, and what it says beside them; empty if nothing."""
    line = one_line(text).translate(_ARABIC_DIGITS)
    found: list[Act] = []
    rest, end = "", 0
    for match in _ACT.finditer(line):
        before = line[end : match.start()]
        removal = bool(_UNLISTED.search(before))
        found.append(Act(printed=match[0], number=match[1], year=match[2], removal=removal))
        rest += _LISTED_UNDER.sub("", before)
        end = match.end()
    rest += line[end:]
    return found, rest.strip(" ،,.;")


def day(text: str) -> str | None:
    """A date as the sheets write it: ``13-07-1989``, ``17/02/1967``, ``1975``, or a real day of a workbook."""
    said = one_line(text).translate(_ARABIC_DIGITS)
    return numeric(said, "dmy") or iso_day(said) or iso_years(said)


def newest_day(texts: list[str]) -> dt.date | None:
    """The newest day that decisions named in *texts* give: the first of their year."""
    years = [int(match[2]) for text in texts for match in _ACT.finditer(text.translate(_ARABIC_DIGITS))]
    return dt.date(max(years), 1, 1) if years else None
