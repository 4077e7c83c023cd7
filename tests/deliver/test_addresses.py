"""Nothing is sent to this machine or its network, by whatever name it is called."""

import pytest
from tests.deliver.conftest import NOW

from tizim.deliver import hooks
from tizim.deliver.addresses import is_public
from tizim.deliver.posting import Limits, post
from tizim.errors import BadInput


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.1",
        "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1%eth0", "fd00::1", "ff02::1", "::ffff:127.0.0.1",
        "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "::7f00:1",
    ],
)  # fmt: skip
def test_an_address_that_is_not_the_internets_is_none_to_send_to(address, receiver):
    """Also where it stands within another, and whatever else the name leads to; nobody is asked."""
    limits = Limits(is_private_allowed=False, resolve=lambda _host, _port: ["93.184.216.34", address])

    outcome = post(f"https://receiver.test:{receiver.port}/", b"{}", {}, limits)

    assert not is_public(address)
    assert (outcome.arrived, receiver.got) == (False, [])
    assert "nothing is sent there" in outcome.told


def test_addresses_of_the_internet_are_sent_to():
    """What is refused is no more than that."""
    assert all(map(is_public, ("93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "64:ff9b::5db8:d822")))


def test_the_connection_goes_to_the_address_that_was_looked_at(receiver):
    """A name that leads elsewhere a moment later changes nothing: it is asked for once."""
    asked = []

    def resolve(host, _port):
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["127.0.0.2"]

    address = f"http://receiver.test:{receiver.port}/"
    outcome = post(address, b"{}", {}, Limits(is_private_allowed=True, resolve=resolve))

    assert (outcome.arrived, asked) == (True, ["receiver.test"])
    assert receiver.got[0][1]["Host"] == f"receiver.test:{receiver.port}"


def test_a_name_without_an_address_and_a_port_where_nobody_is_are_tried_again(receiver):
    """Both may be there later."""

    def nowhere(_host, _port):
        raise OSError

    assert post("https://no.test/", b"", {}, Limits(is_private_allowed=False, resolve=nowhere)).told == (
        "its name has no address"
    )
    receiver.close()
    outcome = post(receiver.address, b"", {}, Limits(is_private_allowed=True))
    assert (outcome.arrived, outcome.is_down, outcome.told) == (False, True, "no answer (ConnectionRefusedError)")


@pytest.mark.parametrize(
    "address",
    [
        "ftp://a.test/", "https://", "https://user:word@a.test/", "http://a.test/", "https://a.test:x/", "a.test",
        "mailto:", "mailto:a@b?bcc=c@d", "mailto:a@b,c@d", "mailto:a@b\r\nBcc: c@d", "https://a.test/\r\nx: y",
        "https://a.test/ b", "https://a.test:0/", "https://a.test/é",
    ],
)  # fmt: skip
def test_what_is_no_address_to_send_to_is_refused_when_it_is_entered(store, address):
    """Nothing is entered that would never arrive, goes in the open, or says more than an address."""
    with pytest.raises(BadInput):
        hooks.add(store, address, ("hit",), NOW, is_private_allowed=False)
    assert hooks.read_hooks(store) == []
