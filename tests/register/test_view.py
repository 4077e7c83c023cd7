"""What is remembered of a register goes with the head that it was remembered for."""

import gc
import weakref
from functools import partial

from tests.makers import Ticking, a_document, a_register, an_entry


class Derived:
    """A value that holds the reading that it comes from, as many do."""

    def __init__(self, view):
        self.view = view


def test_what_was_derived_of_an_older_head_is_gone_as_soon_as_there_is_a_newer(tmp_path):
    """A server lives through thousands of heads, and its collector does not look for rings among what it held."""
    register, clock = a_register(tmp_path), Ticking()
    register.append(a_document("2015-01-01", [an_entry("A")]), clock)
    with register.view() as view:
        one = view.shared.once("a key", partial(Derived, view))
        other = view.shared.recent("a slot", "a key", partial(Derived, view), 3)
        assert view.shared.once("a key", partial(Derived, view)) is one
    kept = [weakref.ref(one), weakref.ref(other)]
    register.append(a_document("2016-01-01", [an_entry("A"), an_entry("B")]), clock)
    gc.disable()

    try:
        del view, one, other
        with register.view():
            pass
        assert [each() for each in kept] == [None, None]
    finally:
        gc.enable()
        register.close()
