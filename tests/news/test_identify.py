"""Which language a text is in."""

import pytest
from tests.news.passages import passages

from tizim.news.identify import known_code, language_of


@pytest.mark.parametrize("code", sorted({code for code, _ in passages()} - {"prs"}))
def test_a_text_is_known_by_its_own_words(code):
    """All passages of a language together are in that language."""
    text = "\n".join(passage["text"] for _, passage in passages(code))

    assert language_of(text) == code


def test_a_few_lines_are_enough():
    """All but one in fifty passages are known by themselves, Dari and Persian apart, which may be alike."""
    wrong = [
        (code, passage["text"])
        for code, passage in passages()
        if code not in {"fa", "prs"} and language_of(passage["text"]) != code
    ]

    assert len(wrong) <= len(passages()) / 50


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("kk", "Жоғарғы сот бұл ұйымның қызметіне тыйым салды, деп хабарлады министрлік."),
        ("ky", "Жогорку сот бул уюмдун ишине тыюу салды, деп билдирди министрлик."),
        ("uz", "Oliy sud bu tashkilot faoliyatini taqiqladi, dedi vazirlik."),
        ("uz", "Олий суд бу ташкилот фаолиятини тақиқлади, деди вазирлик."),
        ("tr", "Yüksek Mahkeme bu örgütün faaliyetlerini yasakladı, bakanlık açıkladı."),
        ("tg", "Суди олӣ фаъолияти ин созмонро манъ кард, хабар дод вазорати адлия."),
        ("ru", "Верховный суд запретил деятельность этой организации, сообщили в министерстве."),
        ("ps", "سترې محکمې د دې ډلې پر فعالیت بندیز ولګاوه، وزارت وویل."),
        ("ur", "سپریم کورٹ نے اس تنظیم کی سرگرمیوں پر پابندی لگا دی، وزارت نے بتایا۔"),
        ("fa", "دیوان عالی فعالیت این سازمان را ممنوع کرد، وزارت دادگستری خبر داد."),
    ],
)
def test_neighbours_are_told_apart(code, text):
    """Languages of one script and one stock of words: Kazakh and Kyrgyz, Uzbek in both scripts, Tajik, Pashto."""
    assert language_of(text) == code


def test_dari_is_told_from_iranian_persian():
    """By months, offices and names of states, where the text has them."""
    assert language_of("ستره محکمه در ماه جون فیصله کرد که این گروه در لیست باشد و وزیر از آن خبر داد") == "prs"
    assert language_of("دادگاه در ماه ژوئن حکم کرد که این گروه در فهرست باشد و وزیر از آن خبر داد") == "fa"


def test_a_page_may_say_what_its_text_leaves_open():
    """The tag of a page decides between languages that are alike."""
    text = "طالبان در این کشور از فهرست بیرون شد"

    assert language_of(text, "fa-AF") == "prs"
    assert language_of(text, "fa-IR") == "fa"


@pytest.mark.parametrize("text", ["", "1234 5678", "საქართველო და სომხეთი", "ελληνική γλώσσα"])
def test_what_is_in_none_of_the_languages_is_unknown(text):
    """Better no language than a wrong one."""
    assert language_of(text) == "und"


@pytest.mark.parametrize(
    ("tag", "code"), [("en-GB", "en"), ("zh-Hant", "zh"), ("fa_AF", "prs"), ("sv", None), (None, None)]
)
def test_tags_are_codes(tag, code):
    """BCP 47 tags of languages that can be read are their codes."""
    assert known_code(tag) == code
