"""Names of persons whom nobody knows, found in both texts and paired."""

import pytest

from tizim import check_translation
from tizim.guard.han import departure
from tizim.guard.pinyin import from_cyrillic, in_cyrillic, syllables
from tizim.guard.readings import readings

MET = "The consul, Wang Jianguo, met Chen Yuhua at the airport."


def names(source, target, language, source_language="en"):
    """The findings about names."""
    found = check_translation(source, target, source_language=source_language, target_language=language).findings
    return [one for one in found if one.code == "name"]


def said(target, found):
    """The words that findings are about."""
    return [target[one.start : one.end] for one in found]


def test_a_name_is_read_in_the_habit_of_its_language():
    """What a habit of spelling makes of a name is one whole reading of it."""
    assert "giyom" in readings("guillaume")
    assert "viSnevska" in readings("wiśniewska")
    assert readings("rahmonov")[0] == "rahmonov"
    assert "vuCiC" in readings("vučić")
    assert "kisida" in readings("kishida")
    assert "hoJa" in readings("hoxha")
    assert "Juzepe" in readings("giuseppe")


def test_pinyin_is_written_as_palladius_has_it():
    """Syllables are found in either script, and a name that is no Chinese one has none."""
    assert syllables("xiaomei") == ("xiao", "mei")
    assert in_cyrillic(("wen", "bin")) == "вэньбинь"
    assert from_cyrillic("чжао") == ("zhao",)
    assert syllables("khattak") is None


@pytest.mark.parametrize("wrong", ["王西国", "王国建", "王建"])
def test_a_chinese_name_is_its_reading_in_signs(wrong):
    """A sign that is another, one left out and two turned round are told, and another sign of the same sound is not."""
    right = "领事王建国在机场会见了陈玉华。"

    assert names(MET, right, "zh") == []
    assert names(MET, right.replace("建", "健"), "zh") == []
    target = right.replace("王建国", wrong)
    assert [one.start for one in names(MET, target, "zh")] == [target.index("王")]


def test_a_vowel_that_is_another_and_a_sign_that_no_name_has_are_told():
    """A transcription has the vowels of the name, and only signs that transcriptions use."""
    assert departure("gelashvili", "格拉什维利") < 0.45
    assert departure("warsame", "瓦萨梅") < 0.45
    assert departure("gizat", "吉西特") >= 0.75
    assert departure("azamat", "阿水马特") >= 0.75


def test_a_dotted_name_that_the_source_has_not_is_told():
    """In signs a name with a dot has its counterpart among the words with a capital."""
    source = "Deputy minister Azamat Toktogulov visited the prison."

    assert names(source, "副部长阿扎马特·托克托古洛夫视察了监狱。", "zh") == []
    assert [one.severity for one in names(source, "副部长彼得·林德奎斯特视察了监狱。", "zh")] == ["severe"]


@pytest.mark.parametrize(
    ("target", "told"),
    [
        ("Le député Abdelkader Bensalem a répondu au général Mustafa al-Joubouri.", []),
        ("Le député Abdelkader Bensalem a répondu au général Mustafa la-Joubouri.", ["la"]),
        ("Le député Peter Lindqvist a répondu au général Mustafa al-Joubouri.", ["Peter Lindqvist"]),
    ],
)
def test_articles_and_strangers_are_told(target, told):
    """An article that is none before a word that is there, and a person whom the source does not name."""
    source = "The deputy Abdelkader Bensalem answered General Mustafa al-Jubouri."

    assert set(told) <= set(said(target, [one for one in names(source, target, "fr") if one.side == "target"]))
    assert bool(told) == bool(names(source, target, "fr"))


def test_a_family_name_left_out_is_told_and_a_given_name_is_not():
    """The given name alone names nobody; by the family name alone newspapers name a person twice."""
    source = "The lawyer Joseph Mwangi said that there was nothing against them."

    assert names(source, "« Il n’y avait rien contre eux », a dit l’avocat Mwangi.", "fr") == []
    assert [one.side for one in names(source, "Il n’y avait rien contre eux, a dit l’avocat Joseph.", "fr")] == [
        "source"
    ]


def test_a_soft_sign_behind_a_vowel_is_a_slip():
    """Which sounds leave no trace of, but no Cyrillic spelling has."""
    source = "The lawyer Ramiro Castaño met Omar Khalaf."

    assert names(source, "Адвокат Рамиро Кастаньо встретился с Омаром Халафом.", "ru") == []
    assert len(names(source, "Адвокат Рамиро Кастаьно встретился с Омаром Халафом.", "ru")) == 1


def test_each_of_two_brothers_has_a_name_of_his_own():
    """The family name of one is not taken for the other's, which is garbled."""
    source = "Two brothers, Yasin Khalaf and Omar Khalaf, left the list."
    right = "غادر القائمة الشقيقان ياسين خلف وعمر خلف."

    assert names(source, right, "ar") == []
    target = right.replace("ياسين خلف", "ياسين خحف")
    assert said(target, names(source, target, "ar")) == ["خحف"]


@pytest.mark.parametrize(
    ("source", "right", "wrong", "language"),
    [
        ("The party was led by Rashid Farah.", "Партию возглавлял Рашид Фарах.",
         "Партию возглавлял Рашди Фарах.", "ru"),
        ("The court heard Joseph Mwangi.", "Le tribunal a entendu Joseph Mwangi.",
         "Le tribunal a entendu Josph Mwangi.", "fr"),
        ("The assets of Ben Ali were frozen.", "Les avoirs de Ben Ali ont été gelés.",
         "Les avoirs de Bn Ali ont été gelés.", "fr"),
        ("The accountant was Karim Djaballah.", "كان المحاسب كريم جاب الله.",
         "كان المحاسب كريم جاب الهل.", "ar"),
        ("The council thanked Anas Rashid.", "Совет поблагодарил Анаса Рашида.",
         "Совет поблагодарил Анаса Рашид.", "ru"),
        ("The lawyer Joseph Mwangi spoke.", "律师约瑟夫·姆旺吉讲了话。", "律师约天夫·姆旺吉讲了话。", "zh"),
    ],
)  # fmt: skip
def test_a_part_of_a_name_is_told_by_the_parts_beside_it(source, right, wrong, language):
    """Letters in another order, "son of", "of God", one case of two and a form of a given name are told where wrong."""
    assert names(source, right, language) == []
    assert names(source, wrong, language) != []


def test_ukrainian_declines_names_in_o():
    """A form of such a name is the name, and no slip."""
    assert names("Nobody has seen Kyrylo Budanov.", "Кирила Буданова ніхто не бачив.", "uk") == []


def test_public_figures_of_many_countries_are_written_as_newspapers_write_them():
    """Each in the habit of spelling of its language; a letter changed in any of them is a slip."""
    pairs = (
        ("Aleksandar Vučić", "Александар Вучич"), ("Ferit Hoxha", "Ферит Ходжа"), ("Giuseppe Conte", "Джузеппе Конте"),
        ("Fumio Kishida", "Фумио Кисида"), ("Jens Stoltenberg", "Йенс Столтенберг"),
        ("Andrej Plenković", "Андрей Пленкович"),
    )  # fmt: skip
    for latin, cyrillic in pairs:
        source = f"{latin} said on 5 March 2024 that the list would be published in 10 days."
        target = f"{cyrillic} заявил 5 марта 2024 года, что список будет опубликован через 10 дней."
        slip = f"{cyrillic[:-3]}м{cyrillic[-2:]}"

        assert names(source, target, "ru") == [], latin
        assert names(source, target.replace(cyrillic, slip), "ru") != [], slip


def test_a_given_name_that_is_also_a_month_is_no_date():
    """The month by itself is still one."""
    target = "Ян Липавский заявил, что список будет опубликован."
    said = "Jan Lipavský said that the list would be published."
    found = check_translation(said, target, source_language="en", target_language="ru").findings
    assert [one.code for one in found] == []

    dropped = check_translation(
        "The list will be published in June.", "Список будет опубликован.", source_language="en", target_language="ru"
    )
    assert [one.code for one in dropped.findings] == ["date"]
