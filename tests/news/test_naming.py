"""Names that nobody knows yet: told where they stand as one who is listed, and nowhere else."""

import pytest

from tizim.news import Known, read_news

NOBODY = Known(key="nobody", subjects=(), officials=(), outlets=())


def names(text, code):
    """The new names that a text claims something of."""
    claims = read_news(text, code, "2025-06-03", known=NOBODY).claims
    assert all(one.subject is None for one in claims)
    return {(one.subject_name, one.list, one.action) for one in claims}


@pytest.mark.parametrize(
    ("code", "text", "found"),
    [
        (
            "en",
            "Norway has designated the group Northern Shield as a terrorist organisation.",
            {("Northern Shield", "no", "list")},
        ),
        (
            "en",
            "Canada listed the River Valley Liberation Front as a terrorist entity.",
            {("River Valley Liberation Front", "ca", "list")},
        ),
        (
            "en",
            "Kenya took the Red Lamp Front and the Blue Lamp Front off its list of terrorist organisations.",
            {("Red Lamp Front", "ke", "delist"), ("Blue Lamp Front", "ke", "delist")},
        ),
        (
            "fr",
            "La Belgique a inscrit le groupe Bouclier du Nord sur sa liste des organisations terroristes.",
            {("Bouclier du Nord", "be", "list")},
        ),
        (
            "ru",
            "Суд в Казахстане признал движение «Северный щит» террористическим.",
            {("Северный щит", "kz", "list")},
        ),
        (
            "uk",
            "Польща внесла організацію «Північний щит» до списку терористичних організацій.",
            {("Північний щит", "pl", "list")},
        ),
        (
            "es",
            "Perú incluyó al grupo Escudo del Norte en su lista de organizaciones terroristas.",
            {("Escudo del Norte", "pe", "list")},
        ),
        (
            "de",
            "Österreich setzte die Gruppe „Nordschild“ auf die Terrorliste.",
            {("Nordschild", "at", "list")},
        ),
        ("zh", "日本将“北方之盾”组织列入恐怖组织名单。", {("北方之盾", "jp", "list")}),
        (
            "tr",
            'Türkiye, "Kuzey Kalkanı" örgütünü terör örgütleri listesine aldı.',
            {("Kuzey Kalkanı", "tr", "list")},
        ),
    ],
    ids=lambda one: one if isinstance(one, str) and len(one) == 2 else "",
)
def test_a_name_beside_its_noun_is_a_subject(code, text, found):
    """A name that no register has is told in the text's words, with no id."""
    assert names(text, code) == found


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "The Terrorism Act lets the Home Secretary put groups on the list of terrorist organisations."),
        ("en", "Prime Minister Ada Moore said that Norway had banned terrorist organisations."),
        ("en", "Monday's Northern Herald said that the list of terrorist organisations had been extended."),
        ("fr", "Le Conseil a prolongé la liste des organisations terroristes, a écrit Le Courrier du Nord."),
        ("ru", "Газета «Северный курьер» пишет о списке террористических организаций."),
        ("de", "Die Regierung hat die Organisation auf die Terrorliste gesetzt."),
    ],
)
def test_what_is_no_subject_is_no_name(code, text):
    """Laws, offices, persons who speak and newspapers are not listed by being named beside a list."""
    assert names(text, code) == set()


def test_a_second_name_in_brackets_is_the_same_subject():
    """An abbreviation behind a new name makes no claim of its own."""
    text = "Canada listed the River Valley Liberation Front (RVLF) as a terrorist entity."

    assert names(text, "en") == {("River Valley Liberation Front", "ca", "list")}
