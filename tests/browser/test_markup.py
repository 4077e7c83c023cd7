"""The markup is what the standard asks for, judged by html-validate."""

import json
import subprocess
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from tools.browsing import PATIENCE, PROBLEMS, every_place

RULES = Path(__file__).parents[2] / "tools" / "browser" / "htmlvalidate.json"


def judged(node_modules, folder):
    """What html-validate finds in the pages of a folder, by page."""
    command = ["node", node_modules / "html-validate" / "bin" / "html-validate.mjs", "--config", RULES]
    ran = subprocess.run(  # noqa: S603 - a tool that was installed for this
        [*command, "--formatter", "json", folder], capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert ran.returncode in {0, 1}, ran.stderr
    return {
        Path(page["filePath"]).name: [
            f"{one['ruleId']}: {one['message']}, l. {one['line']}" for one in page["messages"]
        ]
        for page in json.loads(ran.stdout)
    }


def page_of(address, key=""):
    """The text of a page, whatever its status, for who has a key."""
    asked = Request(address, headers={"Authorization": f"Bearer {key}"} if key else {})  # noqa: S310 - our own server
    try:
        with urlopen(asked, timeout=PATIENCE) as answer:  # noqa: S310 - our own server
            return answer.read().decode()
    except HTTPError as problem:
        return problem.read().decode()


@pytest.mark.browser
@pytest.mark.parametrize("language", ["en", "prs"])
def test_every_page_is_valid(site, node_modules, tmp_path, language):
    """A browser mends what is broken, each in its own way; nothing here leaves that to it."""
    for place, address in every_place().items():
        (tmp_path / f"{place}.html").write_text(page_of(site.page(language, address)), encoding="utf-8")

    found = judged(node_modules, tmp_path)

    assert "\n".join(f"{page}: {one}" for page, wrong in found.items() for one in wrong) == ""
    assert {*PROBLEMS, "home"} <= {path.stem for path in tmp_path.iterdir()}


@pytest.mark.browser
def test_the_pages_of_the_desk_are_valid(site, node_modules, tmp_path):
    """Those too that only editors see, and what refuses everybody else."""
    (waiting,) = json.loads(page_of(site.page("en", "held.json"), site.key))
    pages = {"held": "held/", "version": f"held/{waiting['id']}/", "draft": "draft/"}
    pages["drafted"] = f"draft/{waiting['bulletin']}/"
    for name, address in pages.items():
        (tmp_path / f"{name}.html").write_text(page_of(site.page("prs", address), site.key), encoding="utf-8")
    (tmp_path / "refused.html").write_text(page_of(site.page("prs", "held/")), encoding="utf-8")

    found = judged(node_modules, tmp_path)

    assert "\n".join(f"{page}: {one}" for page, wrong in found.items() for one in wrong) == ""


@pytest.mark.browser
def test_broken_markup_is_found(node_modules, tmp_path):
    """The judge is asked in a way in which it would speak up."""
    broken = (
        '<!doctype html>\n<html lang="en"><head><title>x</title></head><body><p style="color:red"><div></p></body>\n'
    )
    (tmp_path / "broken.html").write_text(broken, encoding="utf-8")

    rules = {one.partition(":")[0] for one in judged(node_modules, tmp_path)["broken.html"]}

    assert {"no-inline-style", "close-order"} <= rules
