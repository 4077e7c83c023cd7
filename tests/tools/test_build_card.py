"""The picture beside a link."""

from tizim.publish.assets import assets
from tools import build_card


def test_the_picture_that_ships_is_what_the_tool_draws():
    """Nobody can look into a picture for what changed in it, so it is drawn anew and compared."""
    assert assets()["card.png"].data == build_card.drawn()


def test_the_picture_has_the_size_that_pages_say():
    """Those who show a card keep room for it before it has come."""
    drawn = build_card.drawn()

    assert drawn.startswith(b"\x89PNG\r\n\x1a\n")
    assert int.from_bytes(drawn[16:20], "big") == build_card.WIDTH == 1200
    assert int.from_bytes(drawn[20:24], "big") == build_card.HEIGHT == 630
