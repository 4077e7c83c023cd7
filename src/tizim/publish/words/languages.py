"""The languages of the site: their CLDR locale, direction and own name."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import msgspec

MAIN: Final = "en"
"""the language that the messages in the code are written in"""


class Language(msgspec.Struct, frozen=True, kw_only=True):
    """A language in which pages are made."""

    code: str
    locale: str
    """CLDR locale, as Babel calls it: from it come digits, months and plural forms"""
    name: str
    """its name in itself"""
    direction: str = "ltr"
    solar: bool = False
    """whether its readers date by the Solar Hijri calendar"""


LANGUAGES: Final[Mapping[str, Language]] = MappingProxyType({
    one.code: one
    for one in (
        Language(code="en", locale="en_GB", name="English"),  # day before month, as in the register's own dates
        Language(code="fr", locale="fr", name="français"),
        Language(code="ar", locale="ar", name="العربية", direction="rtl"),
        Language(code="fa", locale="fa", name="فارسی", direction="rtl", solar=True),
        Language(code="prs", locale="fa_AF", name="دری", direction="rtl", solar=True),
        Language(code="ru", locale="ru", name="русский"),
        Language(code="kk", locale="kk", name="қазақша"),
        Language(code="id", locale="id", name="Bahasa Indonesia"),
        Language(code="zh", locale="zh", name="中文"),
        Language(code="ja", locale="ja", name="日本語"),
        Language(code="tr", locale="tr", name="Türkçe"),
        Language(code="es", locale="es", name="español"),
    )
})  # fmt: skip
"""by code, in the order in which they are offered"""
