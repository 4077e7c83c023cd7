"""A newsroom for stories: commands a minute apart, and the site as its readers see it."""

import datetime as dt
import html
import json
import re

from tests.api.conftest import a_site

from tizim.app import App
from tizim.cli import main
from tizim.settings import Settings

START = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)


class Newsroom:
    """Editors at the command line, and readers at the site; their clock is moved on by hand."""

    def __init__(self, home, monkeypatch, capsys):
        self.now = START
        monkeypatch.setenv("TIZIM_HOME", str(home))
        monkeypatch.delenv("TIZIM_REGISTER_URL", raising=False)
        for module in ("tizim.app", "tizim.cli.bulletin"):
            monkeypatch.setattr(f"{module}.clock", lambda: self.now)
        self._capsys = capsys
        self.app = App(Settings.read())
        self.site = a_site(self.app)
        self.site.app.state.server._now = lambda: self.now

    def __call__(self, *arguments):
        """Run a command a minute later; its code and what it says."""
        self.now += dt.timedelta(minutes=1)
        try:
            main(["bulletin", *arguments])
            code = 0
        except SystemExit as end:
            code = end.code or 0
        read = self._capsys.readouterr()
        return code, read.out + read.err

    def json(self, *arguments):
        """What a command answers."""
        code, said = self(*arguments, "--json")
        assert code == 0, said
        return json.loads(said)

    def read(self, address):
        """The content of a page, as it is read."""
        page = self.site.get(address)
        assert page.status_code == 200, page.text
        inside = page.text.partition("<main")[2].partition(">")[2].partition("</main")[0]
        return " ".join(html.unescape(re.sub(r"<[^>]+>", "", inside)).split())
