"""Articles and their claims at the door: kept, asked about, judged; feeds followed and read by an update."""

import json
import shutil

import pytest
from tests.claims.making import an_app
from tests.news.test_by_model import says
from tests.serving import Server, answer

from tizim.cli import main
from tizim.sources.network import Policy

TEXT = (
    "A court in Kyrgyzstan has added the Taliban to the list of banned terrorist organisations, prosecutor Bakyt"
    " Example said on 5 May 2026."
)
PAGE = f"""<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Courier</title>
<meta property="og:title" content="Back on the list"><meta property="og:site_name" content="Port Courier">
<meta property="article:published_time"
 content="2026-05-06T10:00:00Z"></head><body><nav>Home</nav><article><h1>Back on the list</h1><p>{TEXT}</p></article>
</body></html>"""
RSS = "<rss><channel><item><title>Back</title><link>/a.html</link></item></channel></rss>"


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """A home with the starter that nobody writes to."""
    home = tmp_path_factory.mktemp("filled") / "home"
    an_app(home).close()
    return home


@pytest.fixture
def run(filled, tmp_path, monkeypatch, capsys):
    """Runs a command in a home with the starter; gives its code, its output and its errors."""
    shutil.copytree(filled, tmp_path / "home")
    monkeypatch.setenv("TIZIM_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("TIZIM_REGISTER_URL", raising=False)

    def go(*arguments):
        try:
            main([str(one) for one in arguments])
            code = 0
        except SystemExit as end:
            code = end.code or 0
        read = capsys.readouterr()
        return code, read.out, read.err

    return go


@pytest.fixture
def page(tmp_path):
    """An article as a page."""
    path = tmp_path / "a.html"
    path.write_text(PAGE, encoding="utf-8")
    return path


@pytest.fixture
def server():
    """An outlet, or a model, on loopback."""
    made = Server()
    yield made
    made.close()


def kept(run, page, *more):
    """Keep the page, and give the id of its claim."""
    assert run("read", "--keep", page, *more)[0] == 0
    _, out, _ = run("claims", "taliban", "--list", "kg-list", "--json")
    (one,) = [one for act in json.loads(out)["acts"] for one in act["tellings"] if one["kind"] == "claim"]
    return one


def test_a_page_is_kept_with_what_it_says_of_itself(run, page):
    """Whose it is, in which language, of which day: as the page has it."""
    code, out, _ = run("read", "--keep", page)
    again = run("read", "--keep", page)[1]
    told = kept(run, page)

    assert (code, out) == (0, "kept  Back on the list: read by rules; 1 claim\n")
    assert again == "unchanged  Back on the list: held already, and read so before; 1 claim\n"
    assert (told["article"]["outlet"], told["article"]["language"]) == ("Port Courier", "en")
    assert (told["published"], told["title"]) == ("2026-05-06", "Back on the list")
    assert told["quotes"][0]["text"] == "court in Kyrgyzstan has added the Taliban to the list"


def test_what_a_person_says_of_an_article_prevails_over_the_page(run, page):
    """Pages carry the day of their last change, and the name of their host."""
    told = kept(run, page, "--outlet", "Steppe Post", "--published", "2026-05", "--url", "https://steppe.example/a",
                "--language", "en", "--retrieved-at", "2026-06-01")  # fmt: skip

    assert (told["article"]["outlet"], told["article"]["language"]) == ("Steppe Post", "en")
    assert (told["article"]["published"], told["url"]) == ("2026-05", "https://steppe.example/a")


def test_a_claim_is_told_judged_and_told_again(run, page):
    """From the terminal: what is claimed, a person's word on it, and what comes of it."""
    ident = kept(run, page)["id"]
    before = run("ask", "taliban", "--list", "kg-list")[1]
    state = json.loads(run("ask", "taliban", "--list", "kg-list", "--json")[1])["own_entry"]
    _, told, _ = run("claims", "taliban", "--list", "kg-list", "--open")

    code, entered, _ = run("claims", "confirm", ident, "--author", "Ann B. Clerk", "--reason", "seen")
    after = json.loads(run("ask", "taliban", "--list", "kg-list", "--json")[1])
    left = run("claims", "taliban", "--list", "kg-list", "--open")[1]

    assert "put on a list — kg-list: not confirmed" in told
    assert "What articles claim, and what the register says to it" in before
    assert (code, entered) == (
        0, f"confirmed: claim {ident}, says Ann B. Clerk; it counts from now on as a statement of its speaker\n",
    )  # fmt: skip
    assert (state["status"], after["own_entry"]["status"]) == ("delisted", "not_observed")
    assert [one["confirmation"] for one in after["claimed"] if one["action"] == "list"] == ["confirmed"]
    assert "put on a list" not in left
    assert "confirmed by Ann B. Clerk" in " ".join(run("claims", "taliban")[1].split())


@pytest.mark.parametrize(
    ("verb", "word"), [("reject", "rejected"), ("set-aside", "set aside"), ("reopen", "unconfirmed")]
)
def test_each_verb_is_entered_with_author_and_reason(run, page, verb, word):
    """In text and in JSON."""
    ident = kept(run, page)["id"]

    code, out, _ = run("claims", verb, ident[:8], "--author", "Ann B. Clerk", "--reason", "seen", "--json")
    without, _, error = run("claims", verb, ident, "--author", "Ann B. Clerk")

    told = json.loads(out)
    assert code == 0
    assert (told["standing"], told["claims"], told["counts_as_statement"]) == (word, [ident], [])
    assert without == 2
    assert "--reason" in error


def test_a_claim_that_there_is_not_is_refused(run):
    """With where to look."""
    code, _, error = run("claims", "confirm", "0000000000000000-000000000000", "--author", "A", "--reason", "r")

    assert code == 2
    assert "'tizim claims' names them" in error


def test_without_articles_the_answer_says_how_to_keep_one(run):
    """An empty answer is no end."""
    assert "No article was kept" in run("claims")[1]
    assert run("claims", "--since", "2026-13-01")[0] == 2
    assert run("claims", "nobody at all")[0] == 2


def test_an_article_without_claims_and_files_that_are_none_are_told(run, tmp_path):
    """Football, an empty file, a picture, and nothing at all."""
    (tmp_path / "club.txt").write_text("The club was taken off the list of the league.", encoding="utf-8")
    (tmp_path / "empty.txt").write_bytes(b" \n")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")

    assert run("read", "--keep", tmp_path / "club.txt")[1] == "kept  club.txt: read by rules; no claim about a list\n"
    assert run("read", "--keep", tmp_path / "empty.txt")[0] == 2
    assert run("read", "--keep", tmp_path / "picture.png")[0] == 2
    assert run("read", "--keep", tmp_path / "gone.txt")[0] == 2
    assert run("read", "--keep", tmp_path / "club.txt", "--published", "May")[0] == 2
    assert run("read", tmp_path / "club.txt", "--outlet", "Courier")[0] == 2


def test_a_notice_of_machine_translation_is_kept_with_the_article(run, page):
    """Whoever reads a claim knows that its words are a machine's."""
    page.write_text(
        PAGE.replace("</article>", "<p>Translated by machine; see the Russian original.</p></article>"),
        encoding="utf-8",
    )

    told = kept(run, page)

    assert (told["article"]["machine_translated"], told["article"]["main_language"]) == (
        "Translated by machine; see the Russian original.", "ru",
    )  # fmt: skip
    assert told["source_class"] == "machine translation of press"


def test_an_article_in_a_language_that_nobody_reads_is_not_kept_as_read(run, tmp_path):
    """That nothing was found must not be said of what nobody could read."""
    (tmp_path / "a.txt").write_text("qwertz uiop", encoding="utf-8")

    code, _, error = run("read", "--keep", tmp_path / "a.txt")

    assert code == 2
    assert "--language" in error
    assert "No article was kept" in run("claims")[1]


def test_a_model_reads_where_it_is_asked_to_and_is_named_in_the_register(run, page, server, monkeypatch):
    """The register records who read a claim, and the model's inventions are dropped and told."""
    monkeypatch.setenv("TIZIM_LLM_URL", server.url("/v1"))
    monkeypatch.setenv("TIZIM_LLM_MODEL", "a-model")
    said = {
        "evidence": "court in Kyrgyzstan has added the Taliban to the list", "subject_name": "Taliban", "list": "kg",
        "list_words": "Kyrgyzstan", "action": "list", "modality": "done", "date_words": "5 May 2026",
        "announcer": "the Prosecutor General in person", "chain": [],
    }  # fmt: skip
    says(server, json.dumps({"claims": [said]}))

    code, out, _ = run("read", "--keep", page, "--reader", "model")
    told = kept(run, page, "--reader", "model")

    assert code == 0
    assert out == (
        "kept  Back on the list: read by model a-model; 1 claim\n"
        "    dropped: claim 1: announcer is not in the article\n"
    )
    assert (told["subject"], told["date"], told["announcer"]) == ("taliban", "2026-05-05", None)
    assert told["article"]["reader"] == "model a-model"


def test_a_model_that_is_not_named_or_does_not_answer_is_told(run, page, server, monkeypatch):
    """Nothing is kept by halves."""
    code, _, error = run("read", "--keep", page, "--reader", "model")
    monkeypatch.setenv("TIZIM_LLM_URL", server.url("/v1"))
    monkeypatch.setenv("TIZIM_LLM_MODEL", "a-model")
    says(server, "no", status=500)

    assert (code, "TIZIM_LLM_URL" in error) == (2, True)
    assert run("read", "--keep", page, "--reader", "model")[0] == 3
    assert "No article was kept" in run("claims")[1]


def test_feeds_are_followed_listed_and_removed(run):
    """What an update will read."""
    url = "https://courier.example/feed"

    assert "no feed is followed" in run("news", "list")[1]
    code, out, _ = run("news", "add", url, "--outlet", "Courier", "--language", "en", "--host", "STATIC.example",
                       "--unchecked")  # fmt: skip
    assert (code, out) == (0, f"followed: {url}. 'tizim update' reads what is new of it.\n")
    assert run("news", "add", url, "--unchecked")[0] == 2
    assert run("news", "list")[1] == f"{url}  Courier, not read yet\n"
    (told,) = json.loads(run("news", "list", "--json")[1])
    assert told["hosts"] == ["courier.example", "static.example", "www.courier.example"]
    assert run("news", "remove", url)[1] == f"no longer followed: {url}\n"
    assert run("news", "remove", url)[0] == 2


@pytest.fixture
def outlet(server, monkeypatch):
    """The outlet's feed on loopback, which the policy of these tests permits."""
    server.says |= {
        "/feed": [answer(RSS.encode(), content_type="application/rss+xml")],
        "/a.html": [answer(PAGE.encode(), content_type="text/html")],
    }
    allowed = server.allows("127.0.0.1")

    def permits(**_):
        return allowed

    monkeypatch.setattr("tizim.cli.news.Policy", permits)
    monkeypatch.setattr("tizim.claims.polling.Policy", permits)
    monkeypatch.setattr("tizim.claims.polling.time.sleep", lambda _: None)
    assert isinstance(allowed, Policy)
    return server.url("/feed")


def test_an_update_reads_what_is_new_of_the_outlets_that_are_followed(run, outlet):
    """An announced act shows up before the official file changes."""
    added = run("news", "add", outlet)

    listed = run("update", "news", "--list")
    first = run("update", "news")
    second = run("update", "news", "--json")

    assert "it names 1 story now" in added[1]
    assert "due" in listed[1]
    assert first[0] == 0
    assert first[1].startswith("kept  news http://127.0.0.1:")
    assert first[1].endswith("/a.html: 1 claim\n")
    assert json.loads(second[1]) == {"documents": [], "news": []}
    assert "put on a list — kg-list: not confirmed" in run("claims", "--open")[1]
    assert ", read 2" in run("news", "list")[1]


def test_an_update_tells_what_could_not_be_read(run, outlet, server):
    """And ends with the code of a source's problem."""
    server.says["/a.html"] = [answer(b"\x89PNG\0\0\0\0")]
    run("news", "add", outlet)

    code, out, error = run("update", "news")

    assert code == 3
    assert out.startswith("refused  news ")
    assert "1 of 1 articles" in error


def test_a_feed_that_is_none_is_not_followed(run, server, outlet):
    """Said at once, and not at the next update."""
    server.says["/feed"] = [answer(b"%PDF")]

    code, _, error = run("news", "add", outlet)

    assert code == 3
    assert "is no feed" in error
    assert "no feed is followed" in run("news", "list")[1]
