"""The whole tree of errors, by whose turn it is.

    TizimError
    ├── BadInput          the caller's turn: what was asked cannot be answered as asked
    │   ├── NotFound      no such list, subject, document, register
    │   ├── Overtaken     another person's decision came first: look at it, then decide
    │   ├── TooLong       more was typed than any question needs
    │   └── NoRegister    a reading command met no register
    ├── SourceProblem     the publisher's turn
    │   ├── SourceRefused the document is not what its source publishes (empty, HTML, cut off, hostile)
    │   └── SourceSuspicious  well formed, but too unlike its neighbours to be taken without a person
    ├── EngineProblem     a translation engine's or a model's turn: nothing of use came from it in time
    ├── Busy              another writer holds the register: try again
    ├── NotSupported      a thing tizim does not do (yet)
    └── Broken            our turn: the register or tizim itself is damaged

Exit codes and status codes are chosen by the doors (``cli``), not here.
A message says what was wrong, where (document, row, field) and what to do.
"""


class TizimError(Exception):
    """Base of every error that tizim raises on purpose."""


class BadInput(TizimError):
    """The caller asked for something that cannot be done as asked."""


class NotFound(BadInput):
    """The named list, subject, document or statement is not in the register."""


class Overtaken(BadInput):
    """Somebody else decided in the meantime."""


class TooLong(BadInput):
    """More was typed than any question needs."""


class AddressRefused(BadInput):
    """An address leads to this machine or its network: nothing is sent there."""


class NoRegister(BadInput):
    """A reading command met no register where it looked."""


class SourceProblem(TizimError):
    """A publisher's document cannot be taken."""


class SourceRefused(SourceProblem):
    """The document is damaged, hostile or not this source's: refused whole, nothing changed."""


class SourceSuspicious(SourceProblem):
    """The document reads well but fell outside its expected band: set aside for a person."""


class EngineProblem(TizimError):
    """A translation engine or a model gave nothing that could be used."""


class Busy(TizimError):
    """Another writer holds the register."""


class NotSupported(TizimError):
    """Something tizim does not do."""


class Broken(TizimError):
    """The register or tizim itself is damaged."""
