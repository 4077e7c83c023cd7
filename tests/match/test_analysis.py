import pytest

from tizim.errors import BadInput
from tizim.match import analysis
from tizim.match.analysis import MATCHABLE, PERSON, SCHEMATA, Analyser, reading_of
from tizim.match.compare import analyser
from tizim.match.frequencies import frequencies
from tizim.match.record import FLAGS, KIND, MOST_WORDS, PLACE, SIZE, WEIGHT, Flag, Kind


def kinds(words):
    """The kinds of words, in order."""
    return [kind for _, kind in words]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Abdul Rahman", ["part", "word"]),
        ("Abd al-Rahman", ["part", "word"]),
        ("Abd-ur-Rahman", ["part", "word"]),
        ("Abdulrahman", ["part", "word"]),
        ("عبدالرحمن", ["part", "word"]),
        ("Nur al-Din", ["word", "light", "part"]),
        ("Nuruddin", ["word", "part"]),
        ("نور الدين", ["word", "part"]),
        ("نورالدين", ["word", "part"]),
        ("Шамсиддин", ["word", "part"]),
    ],
)
def test_compound_given_names_are_taken_apart_however_they_are_written(read, name, words):
    """Abd-, -allah and -din are written apart, with a hyphen or in one, by the same clerk on the same day."""
    assert kinds(read(name)) == words


@pytest.mark.parametrize("name", ["Abdullah", "Abd Allah", "Abdu Allah", "عبد الله"])
def test_abdullah_is_one_word_however_it_is_written(read, name):
    """The servant of God is one name, and commoner than any other with abd-."""
    assert read(name) == [("abdullah", "word")] or read(name) == [(name.lower(), "word")]


def test_a_name_with_allah_is_one_word(read):
    """Saif Ullah and Saifullah are one given name."""
    assert read("Saif Ullah") == read("Saifullah") == [("saifullah", "word")]


@pytest.mark.parametrize("name", ["Ahmed al-Tikriti", "Ahmed Al Tikriti", "Ahmed el Tikriti"])
def test_an_article_is_light_and_the_place_after_it_a_nisba(read, name):
    """The article says nothing; the nisba says from where."""
    assert kinds(read(name)) == ["word", "light", "nisba"]


def test_the_article_before_a_sun_letter_is_one_only_there(read):
    """Ad-Din is an article; Ad Smith is not."""
    assert kinds(read("Nur ad Dawla"))[1] == "light"
    assert "light" not in kinds(read("Ad Smith"))


@pytest.mark.parametrize("mark", ["bin", "ibn", "ben", "ould", "uulu", "oglu", "بن"])
def test_a_mark_of_descent_flags_the_father(mark):
    """Of A bin B, B is the father: exchanged they are two persons."""
    name = analyser().read(f"Salman {mark} Ahmed Tamimi", PERSON)
    flags = {form: Flag(row[FLAGS]) for form, row in zip(name.forms, name.words, strict=True)}

    assert all(Flag.FATHER_CHAIN in flag for flag in flags.values())
    assert [form for form, flag in flags.items() if Flag.AFTER_FATHER in flag] == ["ahmed"]
    assert Kind.FATHER in {Kind(row[KIND]) for row in name.words}


def test_a_mark_of_descent_at_the_end_is_a_word(read):
    """Where nobody follows there is no father: Ben is a given name too."""
    assert "father" not in kinds(read("Smith Ben"))


@pytest.mark.parametrize("name", ["Abu Bakr", "Abou Bakr", "ابو بکر"])
def test_a_kunya_is_a_part(read, name):
    """Abu X is father of X, in the name of many."""
    assert kinds(read(name))[0] == "part"


@pytest.mark.parametrize("name", ["Ivan Petrovich Sidorov", "Иван Петрович Сидоров", "Anna Petrovna Sidorova"])
def test_a_patronymic_is_known_by_its_ending(read, name):
    """It is left out often, and contradicts where both have one."""
    assert kinds(read(name))[1] == "patronymic"


@pytest.mark.parametrize("name", ["Haji Gul", "Mr John", "Sheikh Salim", "الشيخ سليم"])
def test_a_title_before_a_name_is_a_title(read, name):
    """Titles come and go with the writer."""
    assert kinds(read(name))[0] == "title"


def test_a_title_alone_is_a_name(read):
    """A name that is all titles still names somebody."""
    assert kinds(read("Sheikh")) == ["word"] or kinds(read("Sheikh")) == ["part"]
    assert "title" not in kinds(read("Haji Mullah"))


def test_single_letters_of_alphabets_are_initials_and_single_syllables_are_not(read):
    """J. stands for a name; 王 is one."""
    assert kinds(read("J. R. Smith")) == ["initial", "initial", "word"]
    assert kinds(read("П. Иванов"))[0] == "initial"
    assert kinds(read("王")) == ["word"]


@pytest.mark.parametrize(
    ("name", "forms"),
    [("习近平", ["习", "近平"]), ("欧阳修", ["欧阳", "修"]), ("司马相如", ["司马", "相如"]), ("王伟", ["王", "伟"])],
)
def test_a_chinese_name_is_a_family_name_and_a_given_name(read, name, forms):
    """It is written in one, and romanised in two."""
    assert [form for form, _ in read(name)] == forms


def test_a_korean_name_is_its_syllables(read):
    """They are joined, parted and hyphenated at will."""
    assert [form for form, _ in read("김정은")] == ["김", "정", "은"]


@pytest.mark.parametrize(
    "name", ["Ali Hasan (علي حسن)", "Ali Hasan (Али Хасан)", "Ali Hasan (علي حسن", "Ali (علي) Hasan (حسن)"]
)
def test_brackets_that_repeat_a_name_in_another_script_are_left_out(read, name):
    """Else each word of it would contradict or stand alone."""
    assert [form for form, _ in read(name)] == ["ali", "hasan"]


def test_brackets_in_the_same_script_are_part_of_the_name(read):
    """They hold another name, or a part of it."""
    assert [form for form, _ in read("Ali (Hasan)")] == ["ali", "hasan"]


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Acme Ltd", "ltd"),
        ("Acme L.L.C.", "llc"),
        ("Acme Limited Liability Company", "limited liability company"),
        ("ООО Ромашка", "ооо"),
        ("Gazprom OAO", "oao"),
        ("中国银行有限公司", "有限公司"),
        ("Acme Gesellschaft mit beschränkter Haftung", "gesellschaft mit beschrankter haftung"),
    ],
)
def test_a_legal_form_is_found_in_any_language_and_length(read, name, form):
    """Forms say less than the name, and differ less than their words do."""
    assert (form, "legal_form") in read(name, "Company")


def test_a_short_legal_form_is_one_at_the_edges_of_a_name_only(read):
    """AS is a company's form; "as" in the middle is a word."""
    assert ("as", "legal_form") in read("Norsk Fisk AS", "Company")
    assert ("as", "legal_form") not in read("Known as Acme", "Company")


def test_a_name_that_is_a_legal_form_is_a_word(read):
    """What is all there is cannot be left out."""
    assert "legal_form" not in kinds(read("Limited", "Company"))


@pytest.mark.parametrize("name", ["Acme Bank", "Acme Banque", "Acme Банк", "Acme بنك", "Acme 银行"])
def test_a_word_that_many_organisations_share_is_a_descriptor(read, name):
    """Two banks are not one because both are banks."""
    assert kinds(read(name, "Company")) == ["word", "descriptor"]


@pytest.mark.parametrize("name", ["Bank of China", "Банк Россия", "中国银行"])
def test_a_place_in_the_name_of_an_organisation_is_a_place(read, name):
    """The Bank of China and the Bank of Japan are told apart by it alone."""
    assert "place" in kinds(read(name, "Company"))


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Fund VII", [7]),
        ("Fund 7", [7]),
        ("Fund Seven", [7]),
        ("Seventh Fund", [7]),
        ("7th Fund", [7]),
        ("Fund XXIV", [24]),
        ("Fund I", [1]),
        ("Trust 2004-1", [1, 2004]),
        ("٢٣ يوليو", [23]),
        ("Vintage Fund", []),
        ("X Fund", []),
    ],
)
def test_numbers_are_read_in_figures_words_ordinals_and_roman_numerals(numbers, name, found):
    """Fund VII is fund 7 and never fund VIII."""
    assert numbers(name) == found


def test_a_letter_after_a_series_mark_is_a_number(numbers):
    """Series A and series B are two issues; a letter elsewhere is an initial."""
    (a,), (b,) = numbers("Trust Series A"), numbers("Trust Series B")

    assert a != b
    assert numbers("Series X") == [10]
    assert numbers("A Trust") == []


def test_a_number_too_long_for_a_record_is_told_from_others(numbers):
    """Account numbers have more digits than fit; they must not come out equal, nor as 0."""
    one, other = numbers("Acme 12345678901234567890"), numbers("Acme 12345678901234567891")

    assert one != other
    assert 0 not in (*one, *other)


def test_a_ship_keeps_words_that_describe_companies(read):
    """Bank Star is a ship's whole name."""
    assert kinds(read("Bank Star", "Vessel")) == ["word", "word"]


def test_every_word_says_something_and_none_more_than_one():
    """A weight of 0 would make a name of nothing; one above 1 would outweigh all others."""
    for text in ("Mohammed bin Ali", "the of and", "Acme Ltd", "王 习近平"):
        for reading in (0, 1, 2):
            for row in analyser().read(text, reading).words:
                weight = int(row[WEIGHT * 2]) + 256 * int(row[WEIGHT * 2 + 1])
                assert 0 < weight <= 1000


def test_a_common_word_says_less_than_a_rare_one_and_light_words_least():
    """Mohammed is in every tenth name."""
    known = frequencies()

    assert known.weight("mohammed") < known.weight("zarqawi") <= 1
    assert known.weight("never-seen-before") == 1


def test_records_do_not_depend_on_the_order_of_the_text():
    """The kernel compares them in the order of their hashes, so that order never counts."""
    one, other = (analyser().read(text, PERSON) for text in ("Owen Some Example", "Example Owen Some"))

    assert one.forms == other.forms
    assert (one.words[:, :PLACE] == other.words[:, :PLACE]).all()
    assert one.exact == other.exact


def test_order_counts_where_a_mark_of_descent_gives_it():
    """A bin B and B bin A are written with the same words."""
    one, other = (analyser().records(text, PERSON)[1] for text in ("Ali bin Omar", "Omar bin Ali"))

    assert one != other


def test_no_more_words_are_compared_than_there_is_room_for():
    """The kernel's tables have sixteen rows."""
    for text in ("ab " * 1000, "Ltd bank of china 7 " * 100, "bin abd al " * 100, "王伟 " * 50):
        for reading in (0, 1, 2):
            data, _ = analyser().records(text, reading)
            assert 0 < len(data) <= MOST_WORDS * SIZE


def test_a_text_of_any_length_is_cut_before_it_is_read(monkeypatch):
    """Cutting into words costs some microseconds a character: a hundred thousand would cost a tenth of a second."""
    read = []
    monkeypatch.setattr(analysis, "tokens", lambda text: read.append(len(text)) or tuple(text.lower().split()[:9]))
    one = Analyser(frequencies())
    read.clear()

    for text in ("é " * 50_000, "é" * 100_000, "(习" * 50_000, "!" * 100_000, "a" * 100_000):
        one.records(text, PERSON)

    assert read
    assert max(read) <= 2000


def test_long_texts_are_equal_only_if_all_of_them_is():
    """What is read of them is their beginning; equality is decided by the whole."""
    long = "ab " * 40_000

    assert analyser().records(long, PERSON)[1] == analyser().records(long.upper(), PERSON)[1]
    assert analyser().records(long, PERSON)[1] != analyser().records(long + "c", PERSON)[1]


def test_a_long_text_is_read_from_its_first_letter_on():
    """Two thousand blanks or dots before a name hide nobody."""
    data, _ = analyser().records("." * 5000 + "Owen Example", PERSON)

    assert len(data) == 2 * SIZE


def test_words_that_no_name_has_are_not_remembered():
    """Callers send whatever they like; long words would fill the memory."""
    one = Analyser(frequencies())
    before = len(one._records), len(one._alone)

    for letter in "abcdefgh":
        one.records(letter * 1000, PERSON)

    assert (len(one._records), len(one._alone)) == before


@pytest.mark.parametrize("schema", ["Thing", "person", "", None, 7, ["Person"]])
def test_a_schema_that_is_not_compared_is_the_callers_mistake(schema):
    """The message names those there are."""
    with pytest.raises(BadInput, match="use one of Person, Organization"):
        reading_of(schema)


def test_schemata_that_may_be_the_same_subject_say_so_both_ways():
    """A legal entity may be a person or a company; a ship is neither."""
    assert set(MATCHABLE) == set(SCHEMATA)
    for schema, others in MATCHABLE.items():
        assert schema in others
        assert all(schema in MATCHABLE[other] for other in others)
