import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_lock_names_the_public_index_only():
    """An address of somebody's private index in the lock would make tizim impossible to install elsewhere."""
    lock = (ROOT / "uv.lock").read_text()

    addresses = set(re.findall(r"[a-z]+://[^/\"]+(?:/simple)?", lock))

    assert addresses == {"https://pypi.org/simple", "https://files.pythonhosted.org"}
