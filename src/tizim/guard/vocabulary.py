"""Words that stand in names and are translated, not written anew: council, front, court, titles, places."""

import unicodedata
from functools import cache
from typing import Final

from tizim.match.tables import table
from tizim.news.tokens import fold as fold_word
from tizim.text import fold
from tizim.text.scripts import script_of

_OFFICES: Final = (
    "ombudsman ombudsperson омбудсмен омбудсмена médiateur médiatrice ombudsmann team équipe equipo ekibi ekip kremlin "
    "кремля кремль exteriores étrangères hariciye prosecutor procureur fiscal jaksa juru interior intérieur defence "
    "defense défense defensa verteidigung pertahanan innern innere inneren dalam negeri luar foreign affairs justice "
    "الداخلية الدفاع الخارجية المظالم أمين içişleri dışişleri savunma justicia home treasury trésor tesoro finance"
)
"""offices and bodies that the tables for names of organisations have not"""
_PROSE: Final = (
    "additional acting joint deputy permanent senior junior assistant former high chief under first second third "
    "new old great upper lower annex annexe gazette journal road street avenue north south east west northern "
    "southern eastern western front army corps navy guard guards people peoples member members state states law "
    "laws rule rules order act bill code chapter section part paragraph point item list lists entry number case "
    "file note notes letter party parties board bureau desk unit branch wing force forces service services "
    "mission office offices staff house room city town village county canton valley river lake sea bay gulf "
    "island mount mountain desert border camp base artikel artigo artículo pasal madde стаття статьи статья "
    "частина глава пункт розділ город область район bakan bakanlık bakanlığı maliye kontra counter badan lembaga "
    "dewan negara daerah kota provinsi kabupaten timur barat utara selatan tengah tambahan jenderal general kamati "
    "baraza activos socorro greens grünen yeşiller hür exchange shipping textile textiles airline airlines airways "
    "holding holdings hotel hospital mosque school college square hall холл холле холла холі anti raum "
    "брат брата брату братом братья братьев сестра сестры сестре сестру сын сына сыну отец отца отцу мать жена жены "
    "жене муж мужа мужу вдова вдовы вдове дочь дочери брати братові сестрі дружина дружині"
)
"""other words that official prose writes with a capital and translates"""
_STEMS: Final = (
    "antiterr antiteror антитер "
    "admin agenc agent akadem academ ambass ambas analyst articl artícul artik assembl asamble assoc asoc author "
    "autor brigad bulletin bolet cabinet kabine campaign central certif chancel canciller charter coalit koalit "
    "kolekt commiss comis comité komis committ komit communi komuni confeder konfeder confer konfer congres "
    "kongres constitu konstitu consul konsul conven konven cooper kooper coordin koordin correspond criminal "
    "krimin custom declar deklar decre dekre defen delegat delegac democr demokr depart deput develop digital "
    "diplom direct direk distri divisi docum dokum econom ekonom ökonom electr elektr embass emergenc estable "
    "establ execut ejecut exékut expert export facult fakult federal federaci federas fédéra föder financ finan "
    "forum foundat fundac fondat founda gobier govern histor immigr indepen industr inform inspec inspek institu "
    "insur integr intelig intellig intern invest judic jurid juríd justic justiz keaman legisl mahkam maritim "
    "mechan mekan minist mission monitor munici munisi museum nation nacion nasion naval observ oficin operat "
    "operac organis organiz parliam parlam parlem particip patriot penal perman polic poliz polis politi populair "
    "popular presid prezid preven prison princip prinsip proced prosed procur prokur profess profes program "
    "project proyek proyec prosec protec protect protoc protok provinc provinz publi rapport relator reform "
    "region regist regul relig report repres repúbl republi resolu rezol rezoluc respons revolu rewolu sanction "
    "sanksi sancion secret secrét sekret secur sécur segur senat session sesión siche sosial sozial special "
    "spécial espec spezial statist strateg stratég suprem supréme suprêm techn tekn técn telecom territ terit "
    "terror théolog tradi transit transpor treasur treat tribun univers vertrag wirtschaft админ агент академ "
    "артик архив ассам асамб ассоц асоц бригад бюллет депар депут дирек диплом докум доклад інспек инспек інстит "
    "инстит интерн інтерн информ інформ кабін кабин канцел кодекс коали коалі комис коміс комит коміт конвен "
    "конгр консти консул конфер коорд корпор легисл минист мініст монит моніт муниц муніц нацио націо опера парла "
    "парти парті полиц поліц полит політ прези прокур прото програ проек регио регіо регис резол респуб рефор "
    "санкц секрет секто сенат сесс сесі спеціал специал статист страт терро терор техн трибун універ универ федер "
    "финанс фінанс фонд центр экон екон эксперт експерт юрид юстиц совет"
)
"""beginnings of words that many languages share and that are of bodies, offices and acts: Convention, Конвенция"""
_TOWNS: Final = (
    "genève cenevre женева женеву женеве женевы женевой женеви женеві mossoul musul musullu mosul batum batumi "
    "shymkent chymkent çimkent schymkent шымкент шымкента шымкенте aleppo alep halep alepo haleb nicosia nicosie "
    "nikosia lefkoşa lefkoşe salonica thessalonique selanik saloniki cologne köln colonia kolonya munich münchen "
    "münih cairo kairo kahire caire cairene homs humus emèse jerusalem jérusalem jerusalén kudüs kuds"
)
"""towns that languages have names of their own for"""
_TABLES: Final = ("organisation_words", "places", "number_words", "countries")
_LIGHT: Final = ("titles", "person_words", "particles")


def _words(tables: tuple[str, ...]) -> frozenset[str]:
    return frozenset(
        _plain(word)
        for name in tables
        for key, variants in table(name).items()
        for variant in (key, *variants)
        for word in fold(variant).split()
    )


@cache
def _translated() -> frozenset[str]:
    return _words(_TABLES) | frozenset(_plain(word) for word in fold(f"{_OFFICES} {_PROSE} {_TOWNS}").split())


@cache
def _stems() -> dict[int, frozenset[str]]:
    found: dict[int, set[str]] = {}
    for stem in _STEMS.split():
        plain = _plain(fold(stem))
        found.setdefault(len(plain), set()).add(plain)
    return {size: frozenset(stems) for size, stems in found.items()}


@cache
def _light() -> frozenset[str]:
    return _words(_LIGHT)


def _plain(word: str) -> str:
    """*word* without accents."""
    return "".join(sign for sign in unicodedata.normalize("NFD", word) if not unicodedata.combining(sign))


@cache
def _given_names() -> dict[str, str]:
    return {
        fold_word(variant).replace(" ", ""): key
        for name in ("translated_names", "given_names")
        for key, variants in table(name).items()
        for variant in (key, *variants)
    }


def given_name(word: str) -> str | None:
    """What all spellings of the given name *word* have in common; ``None`` if it is none that is known."""
    return _given_names().get(fold_word(word))


@cache
def _translated_names() -> frozenset[str]:
    return frozenset(
        fold_word(variant) for key, variants in table("translated_names").items() for variant in (key, *variants)
    )


def is_translated_name(word: str) -> bool:
    """Whether the given name *word* is another word in other languages: John, Juan, Ivan."""
    return fold_word(word) in _translated_names()


@cache
def _spellings() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for word, key in _given_names().items():
        found.setdefault(key, set()).add(script_of(word))
    return {key: frozenset(scripts) for key, scripts in found.items()}


def is_spelt_in(word: str, script: str) -> bool:
    """Whether spellings in *script* are known of the given name *word*."""
    key = given_name(word)
    return key is not None and " " not in key and script in _spellings()[key]


def is_translated(word: str) -> bool:
    """Whether *word* is one that a translation puts into its own language."""
    plain = _plain(fold(word))
    return plain in _translated() or any(plain[:size] in stems for size, stems in _stems().items())


def is_light(word: str) -> bool:
    """Whether *word* is a title or a small word that stands in names, and is a name only beside one."""
    return _plain(fold(word)) in _light()


_OFFICES_ALONE: Final = frozenset({"ambiguous", "marshall", "cardinal", "koenig"})


@cache
def _names_or_titles() -> frozenset[str]:
    return frozenset(fold_word(word) for word in table("titles")["ambiguous"]) - _OFFICES_ALONE


def is_name_or_title(word: str) -> bool:
    """Whether *word* may be a title or a part of a name, and is written anew as either: Khan, Sharif, Rana."""
    return fold_word(word) in _names_or_titles()


def is_vocabulary(word: str) -> bool:
    """Whether *word* is either, and so tells no name apart."""
    return is_translated(word) or is_light(word)
