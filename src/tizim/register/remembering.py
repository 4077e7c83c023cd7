"""Memory of derived values that stays small: the last ones asked for."""

import threading
from collections import OrderedDict


class Bounded:
    """At most *most* values by key, those asked for last. Several threads may ask."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._kept: OrderedDict[object, object] = OrderedDict()

    def get(self, key: object) -> object | None:
        """What is remembered under *key*."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def put(self, key: object, value: object) -> None:
        """Remember *value*, and forget what nobody asked for the longest time."""
        with self._lock:
            self._kept[key] = value
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
