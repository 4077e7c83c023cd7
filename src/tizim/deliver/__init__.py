"""Events are sent to whoever wants them, until they arrive: webhooks, signed, and letters by e-mail.

An event is an id, a kind and a body of JSON; what it is about is not known here. `hooks` says who wants which kinds,
`outbox` what waits to be sent and when it is tried again, `sending` goes through it once, `posting` and `mailing` send
one thing, `addresses` says whereto nothing is sent, `signing` how a receiver knows that it came from here.

Each event goes out at least once, under an id by which who gets it twice knows it. Time is passed in. Start reading
with `outbox`.
"""

from tizim.deliver.hooks import Hook
from tizim.deliver.outbox import Message, forget, put

__all__ = ["Hook", "Message", "forget", "put"]
