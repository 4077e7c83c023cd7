import pytest

from tools import licences


@pytest.fixture
def check(tmp_path):
    """Return a function that checks a lock of one package, installed with the metadata given."""

    def check(*metadata: str, marker: str = "", installed: bool = True) -> int:
        need = f'{{ name = "thing", marker = "{marker}" }}' if marker else '{ name = "thing" }'
        lock = tmp_path / "uv.lock"
        lock.write_text(
            f'[[package]]\nname = "tizim"\nversion = "1"\ndependencies = [{need}]\n\n'
            '[[package]]\nname = "thing"\nversion = "2.0"\n'
        )
        site = tmp_path / "site"
        site.mkdir()
        if installed:
            folder = site / "thing-2.0.dist-info"
            folder.mkdir()
            lines = ["Metadata-Version: 2.4", "Name: thing", "Version: 2.0", *metadata, "", ""]
            (folder / "METADATA").write_text("\n".join(lines))
        return licences.main(["--lock", str(lock), "--site", str(site)])

    return check


@pytest.mark.parametrize(
    "metadata",
    [
        ["License-Expression: GPL-3.0-or-later"],
        ["License-Expression: AGPL-3.0-only"],
        ["License-Expression: LGPL-3.0-only"],
        ["License-Expression: MIT AND GPL-2.0-only"],
        ["License-Expression: MIT AND (GPL-2.0-only OR LGPL-2.1-only)"],
        ["License-Expression: CC-BY-NC-4.0"],
        ["License: GPLv3"],
        ["License: MIT", "Classifier: License :: OSI Approved :: GNU General Public License v3 (GPLv3)"],
        ["License: free for non-commercial use"],
        ["License: MIT License", "        with an added clause: no commercial use"],
        ["License: see the website"],
        ["Classifier: License :: OSI Approved"],
        ["Classifier: License :: Other/Proprietary License"],
        ["License-Expression: MIT AND"],
        ["License-Expression: GPL-2.0-only WITH LLVM-exception"],
        ["License-Expression: Apache-2.0 WITH Commons-Clause"],
        ["License-Expression: Apache-2.0 WITH"],
        ["License-Expression: (MIT"],
        ["License-Expression: MIT MIT"],
        [],
    ],
)
def test_copyleft_noncommercial_and_unknown_terms_are_refused(check, metadata, capsys):
    """The core can be used by anyone only if everything under it can."""
    assert check(*metadata) == 1

    assert capsys.readouterr().err.splitlines()[0].startswith("refused: thing 2.0: ")


@pytest.mark.parametrize(
    "metadata",
    [
        ["License-Expression: MIT"],
        ["License-Expression: Apache-2.0 OR GPL-2.0-only"],
        ["License-Expression: (MIT OR GPL-2.0-only) AND BSD-3-Clause"],
        ["License-Expression: BSD-2-Clause AND Apache-2.0 WITH LLVM-exception"],
        ["License: Apache-2.0"],
        ["License: BSD License", "Classifier: License :: OSI Approved :: BSD License"],
        ["Classifier: License :: OSI Approved", "Classifier: License :: OSI Approved :: MIT License"],
        ["Classifier: License :: OSI Approved :: MIT License", "License: Permission is", "        granted"],
    ],
)
def test_permissive_terms_pass(check, metadata, capsys):
    """A choice of licences is ours to make; what is written the old way counts like an SPDX name."""
    assert check(*metadata) == 0

    assert "thing" in capsys.readouterr().out


def test_a_package_that_is_not_installed_is_unknown(check, capsys):
    """What cannot be read cannot be vouched for."""
    assert check(installed=False) == 1

    assert "not installed" in capsys.readouterr().err


def test_a_package_for_another_platform_is_not_asked_for(check, capsys):
    """Only what is installed here can be read; each platform's own run checks its own packages."""
    assert check(marker="sys_platform == 'nowhere'", installed=False) == 0

    assert "(not for this platform)" in capsys.readouterr().out


def test_only_the_core_and_what_is_under_it_is_walked():
    """Extras may bring what the core may not, unless a core package asks for one by name."""
    lock = {
        "package": [
            {
                "name": "tizim",
                "version": "1",
                "dependencies": [{"name": "direct", "extra": ["more"]}],
                "optional-dependencies": {"postgres": [{"name": "copyleft"}]},
                "dev-dependencies": {"dev": [{"name": "copyleft"}]},
            },
            {
                "name": "direct",
                "version": "1",
                "dependencies": [
                    {"name": "under", "marker": "sys_platform == 'nowhere'"},
                    {"name": "direct"},
                ],
                "optional-dependencies": {"more": [{"name": "under"}], "most": [{"name": "copyleft"}]},
            },
            {"name": "under", "version": "1"},
            {"name": "copyleft", "version": "1"},
        ]
    }

    walked = list(licences.core_packages(lock))

    assert walked == [("direct", "1", True), ("under", "1", True)]
