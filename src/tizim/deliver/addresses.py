"""Whereto nothing is sent: this machine, its network, and whatever else is not the internet's.

A name is resolved once, every address that it leads to is looked at, and the connection goes to one of those: a name
that leads elsewhere a moment later changes nothing.
"""

import ipaddress
import socket
from collections.abc import Callable
from typing import Final

import msgspec

from tizim.errors import AddressRefused

Resolve = Callable[[str, int], list[str]]
"""the addresses of a name. Raises `OSError`"""
_IP: Final = ipaddress.ip_address
_NAT64: Final = ipaddress.ip_network("64:ff9b::/96")
_COMPATIBLE: Final = ipaddress.ip_network("::/96")
"""once for addresses of the older internet, by nobody used any longer"""


class Found(msgspec.Struct, frozen=True):
    """An address that was looked at."""

    host: str
    ip: str
    port: int


def resolved(host: str, port: int) -> list[str]:
    """The addresses of a name, as this machine knows them. Raises `OSError`."""
    return [str(one[4][0]) for one in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def look(host: str, port: int, *, resolve: Resolve = resolved, is_private_allowed: bool) -> Found:
    """Where a name leads.

    Raises `AddressRefused` where any of its addresses is not the internet's, `OSError` for no name.
    """
    found = resolve(host, port)
    if not found:
        raise OSError(f"{host} has no address")
    if not is_private_allowed:
        for one in found:
            if not is_public(one):
                raise AddressRefused(
                    "its name leads to an address of this machine or its network: nothing is sent there"
                )
    return Found(host, found[0], port)


def is_public(text: str) -> bool:
    """Whether an address is the internet's, also where it stands within another."""
    found = _IP(text.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour
        if inner is None and found in _NAT64:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
        if found.teredo is not None or found in _COMPATIBLE:
            return False
    return found.is_global and not found.is_multicast
