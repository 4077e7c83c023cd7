"""The main language of a register."""

from tizim.errors import BadInput
from tizim.publish.words import LANGUAGES


def main_language(code: str) -> str:
    """*code*, as a setting has it. Raises `BadInput` if no pages are made in that language."""
    if code not in LANGUAGES:
        raise BadInput(f"TIZIM_MAIN_LANGUAGE is '{code}': the languages are {', '.join(LANGUAGES)}")
    return code
