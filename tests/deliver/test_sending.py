"""Events arrive, whatever receivers do in the meantime, and a receiver knows whom they are from."""

import datetime as dt
import email
import json

import pytest
from tests.deliver.conftest import ALLOWED, NOW, a_message, give

from tizim.deliver import hooks, outbox
from tizim.deliver.mailing import post_of
from tizim.deliver.posting import Limits
from tizim.deliver.sending import send
from tizim.deliver.signing import HEADER, is_genuine
from tizim.errors import BadInput, NotFound

MINUTE, HOUR = dt.timedelta(minutes=1), dt.timedelta(hours=1)


def add(store, address, kinds=("hit",), *, now=NOW):
    """Send to an address of this machine."""
    return hooks.add(store, address, kinds, now, is_private_allowed=True)


def arrived(receiver):
    """The events that a receiver took, in their order."""
    return [json.loads(body)["id"] for _, _, body in receiver.got]


def test_an_event_arrives_once_signed_and_under_its_id(store, receiver):
    """A receiver checks who sent it and when, and knows again what it gets twice."""
    hook = add(store, receiver.address)
    give(store, a_message("e1"), a_message("b1", "bulletin"))

    first, second = (send(store, NOW, ALLOWED, None) for _ in range(2))

    assert (first.arrived, second.arrived) == (1, 0)
    ((path, headers, body),) = receiver.got
    assert path == "/hook?a=1"
    assert json.loads(body) == {
        "id": "e1", "kind": "hit", "at": "2026-11-27T08:00:00Z", "text": "e1 happened", "event": {"number": "e1"},
    }  # fmt: skip
    assert (headers["idempotency-key"], headers["tizim-event"]) == ("e1", "hit")
    seconds = int(NOW.timestamp())
    assert is_genuine(hook.secret, headers[HEADER], body, seconds)
    assert not is_genuine(hook.secret, headers[HEADER], body + b" ", seconds)
    assert not is_genuine("another", headers[HEADER], body, seconds)
    assert not is_genuine(hook.secret, headers[HEADER], body, seconds + 3_600)


def test_a_receiver_that_is_down_for_an_hour_loses_nothing(store, receiver):
    """What does not arrive is tried again after growing pauses, in its order, until it does."""
    add(store, receiver.address)
    give(store, *(a_message(f"e{at}") for at in range(5)))
    receiver.answer = lambda _: 503
    now = NOW
    while now < NOW + HOUR:
        send(store, now, ALLOWED, None)
        now = max(outbox.next_due(store), now + MINUTE)
    tries = len(receiver.got)
    assert 5 <= tries <= 30
    receiver.got.clear()

    receiver.answer = lambda _: 200
    done = send(store, now + HOUR, ALLOWED, None)

    assert done.arrived == 5
    assert arrived(receiver) == [f"e{at}" for at in range(5)]
    assert outbox.read_deliveries(store) == []


def test_what_one_event_does_to_a_receiver_keeps_no_other_from_it(store, receiver):
    """A status that is about what was sent is no reason to wait with others."""
    add(store, receiver.address)
    give(store, a_message("bad"), a_message("good"))
    receiver.answer = lambda body: 400 if b"bad" in body else 200

    done = send(store, NOW, ALLOWED, None)

    assert (done.arrived, done.failed) == (1, 1)
    (left,) = outbox.read_deliveries(store)
    assert (left.event, left.told, left.tries) == ("bad", "answered 400", 1)


def test_what_nobody_takes_in_three_days_is_put_aside_and_can_be_sent_again(store, receiver):
    """A dead letter is seen, and sent when somebody says so."""
    add(store, receiver.address)
    give(store, a_message("e1"))
    receiver.answer = lambda _: 500
    now = NOW
    while outbox.next_due(store) is not None:
        now = outbox.next_due(store)
        send(store, now, ALLOWED, None)
    (dead,) = outbox.read_deliveries(store)
    assert dead.state is outbox.State.DEAD
    assert now - NOW >= outbox.GIVEN_UP_AFTER
    receiver.answer = lambda _: 200
    assert send(store, now + HOUR, ALLOWED, None).arrived == 0

    outbox.again(store, dead.seq, now)
    done = send(store, now, ALLOWED, None)

    assert done.arrived == 1
    with pytest.raises(BadInput, match="arrived"):
        outbox.again(store, dead.seq, now)
    with pytest.raises(NotFound):
        outbox.again(store, 99, now)


@pytest.mark.parametrize("answer", ["stall", "drip"])
def test_a_receiver_that_never_ends_its_answer_is_left(store, receiver, answer):
    """Nobody keeps others waiting: a connection is cut, and tried again later."""
    add(store, receiver.address)
    give(store, a_message("e1"))
    receiver.answer = lambda _: answer

    done = send(store, NOW, Limits(is_private_allowed=True, wait=30.0, longest=0.3), None)

    assert done.failed == 1
    assert outbox.read_deliveries(store)[0].told == "no answer in time"


def test_a_redirect_is_not_followed(store, receiver):
    """Whoever answers cannot have us ask somebody else."""
    add(store, receiver.address)
    give(store, a_message("e1"))
    receiver.answer, receiver.location = (lambda _: 307), f"http://127.0.0.1:{receiver.port}/elsewhere"

    send(store, NOW, ALLOWED, None)

    assert [path for path, _, _ in receiver.got] == ["/hook?a=1"]
    assert outbox.read_deliveries(store)[0].told == "answered 307"


def test_a_process_that_dies_while_sending_loses_nothing(store, receiver):
    """What it had is free again after a while; until then no other sends it too."""
    add(store, receiver.address)
    give(store, a_message("e1"))
    outbox.claim(store, outbox.due(store, NOW, 10), NOW)

    meanwhile = send(store, NOW, ALLOWED, None)
    later = send(store, NOW + outbox.LEASE, ALLOWED, None)

    assert (meanwhile.arrived, later.arrived) == (0, 1)


def test_a_hook_gets_what_came_after_it_and_each_event_once(store, receiver):
    """An event that is given out twice, or is older than the hook, is not sent (again)."""
    add(store, receiver.address, now=NOW)
    give(store, a_message("old", at=NOW - MINUTE), a_message("e1"))
    send(store, NOW, ALLOWED, None)
    give(store, a_message("e1"))

    send(store, NOW + MINUTE, ALLOWED, None)

    assert arrived(receiver) == ["e1"]


def test_a_hook_that_is_removed_gets_nothing_more(store, receiver):
    """What waited for it is forgotten."""
    hook = add(store, receiver.address)
    give(store, a_message("e1"))

    hooks.remove(store, hook.id)

    assert send(store, NOW, ALLOWED, None).arrived == 0
    assert hooks.read_hooks(store) == []
    assert outbox.read_deliveries(store, every=True) == []
    with pytest.raises(NotFound):
        hooks.remove(store, hook.id)


def test_of_what_arrived_no_body_is_kept(store, receiver):
    """What is about persons stays no longer than it has to."""
    add(store, receiver.address)
    give(store, a_message("e1"))

    send(store, NOW, ALLOWED, None)

    (done,) = outbox.read_deliveries(store, every=True)
    assert (done.state, done.body) == (outbox.State.DONE, "")
    assert hooks.read_hooks(store)[0].secret not in repr(hooks.read_hooks(store))
    send(store, NOW + dt.timedelta(days=31), ALLOWED, None)
    assert outbox.read_deliveries(store, every=True) == []


def test_a_letter_tells_all_that_is_new_and_its_subject_of_nobody(store, mailbox):
    """One letter for many events; subjects stand on screens that others see."""
    add(store, "mailto:desk@bank.test", ("hit", "bulletin"))
    give(store, a_message("e1"), a_message("e2", "bulletin"))
    post = post_of(f"smtp://127.0.0.1:{mailbox.port}", "tizim@bank.test")

    done = send(store, NOW, ALLOWED, post)

    assert done.arrived == 2
    (letter,) = (email.message_from_string(one) for one in mailbox.letters)
    assert (letter["Subject"], letter["To"], letter["From"]) == (
        "tizim: 2 changes",
        "desk@bank.test",
        "tizim@bank.test",
    )
    assert "e1 happened" in letter.get_payload()
    assert "e2 happened" in letter.get_payload()


def test_a_letter_that_nobody_takes_is_tried_again(store, mailbox):
    """A server that refuses, is not there or not set loses nothing; a password is never sent in the open."""
    add(store, "mailto:desk@bank.test")
    give(store, a_message("e1"))
    mailbox.refuses = True
    here = f"127.0.0.1:{mailbox.port}"
    told = []
    for at, post in enumerate(
        (None, post_of(f"smtp://{here}", "a@b.test"), post_of(f"smtp://name:word@{here}", "a@b.test"))
    ):
        send(store, NOW + at * HOUR, ALLOWED, post)
        told.append(outbox.read_deliveries(store)[0].told)
    assert told == [
        "no server is set for e-mail (TIZIM_SMTP_URL)",
        "the server refused the receiver",
        "the server encrypts nothing: no password is sent",
    ]

    mailbox.refuses = False
    assert send(store, NOW + 4 * HOUR, ALLOWED, post_of(f"smtp://{here}", "a@b.test")).arrived == 1


def test_settings_of_e_mail_that_say_nothing_are_refused():
    """Half a setting would lose letters in silence."""
    assert post_of("", "") is None
    for address, sender in (("smtp://host", ""), ("", "a@b"), ("http://host", "a@b"), ("smtp://h:x", "a@b")):
        with pytest.raises(BadInput, match="TIZIM_SMTP_URL"):
            post_of(address, sender)
