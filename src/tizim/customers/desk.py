"""What a running service holds in memory of the customers' store, read anew when it was changed."""

import msgspec

from tizim.customers.clearances import Clearances, read_clearances
from tizim.customers.keys import Keys, read_keys
from tizim.customers.policies import Policies, read_policies
from tizim.customers.store import Store


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """What was there at one moment. It never changes: what is newer is another one."""

    keys: Keys = Keys()
    policies: Policies = Policies()
    clearances: Clearances = Clearances()


class Desk:
    """What a process that answers holds. Swapping is one assignment, so that nobody sees half of it."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._changes = -1
        self.held = Held()
        self.look()

    def look(self) -> None:
        """Read anew what was changed since it was read. Raises `TizimError` where it cannot be read."""
        changes = self.store.changes()
        if changes == self._changes:
            return
        store = self.store
        self.held = Held(
            keys=Keys(read_keys(store)), policies=Policies(read_policies(store)),
            clearances=Clearances(read_clearances(store)),
        )  # fmt: skip
        self._changes = changes
