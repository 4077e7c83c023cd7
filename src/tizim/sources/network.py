"""The one way out: which addresses may be asked, and connections to no other address than the one checked.

Owns the policy (`Policy`), what a fetch may cost (`Budget`) and the transport below httpx that keeps both.
Knows neither sources nor files. Whoever connects by another way than this module connects unchecked.
"""

import ipaddress
import re
import socket
import ssl
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from typing import Final, Self

import httpcore
import httpx
import msgspec

from tizim.errors import SourceRefused

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

PORTS: Final = {"https": 443, "http": 80}
_UNICAST: Final = ipaddress.IPv6Network("2000::/3")
"""all of IPv6 that is given out to be reached from anywhere (RFC 4291, 2.4)"""
_NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")
"""an IPv4 address behind a gateway, as networks without IPv4 are told it (RFC 6052)"""
_LONGEST_HEAD: Final = 256 * 1024
_END_OF_HEAD: Final = re.compile(rb"\n\r?\n")
"""some servers end their lines as Unix does, and h11 takes that"""


def is_public(address: Address) -> bool:
    """Whether *address* lies in the open internet.

    Private, loopback, link-local, shared, documentation, multicast, reserved and unspecified addresses do
    not; of an IPv6 address that carries an IPv4 one both must.
    """
    if isinstance(address, ipaddress.IPv4Address):
        return address.is_global and not (address.is_multicast or address.is_reserved)
    if address.ipv4_mapped is not None:
        return is_public(address.ipv4_mapped)
    if address in _NAT64:
        return is_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    carried = [address.sixtofour, *(address.teredo or ())]
    if any(one is not None and not is_public(one) for one in carried):
        return False
    return address in _UNICAST and address.is_global and address.scope_id is None


class Policy(msgspec.Struct, frozen=True, kw_only=True):
    """What may be asked for one source. Only tests weaken ``schemes`` and ``permits``."""

    places: frozenset[str]
    """hosts in lower case ASCII, with ``:port`` where it is not the usual one"""
    schemes: frozenset[str] = frozenset({"https"})
    permits: Callable[[Address], bool] = is_public

    def objection(self, url: httpx.URL) -> str:
        """Why *url* may not be asked; empty if it may."""
        if url.scheme not in self.schemes:
            return "only https addresses are fetched"
        if not url.host:
            return "an address without a host is not fetched"
        if url.userinfo:
            return "an address with a user name in it is not fetched"
        if place_of(url) not in self.places:
            return f"{place_of(url)} is not a host that the catalogue names for this source"
        return ""

    def addresses(self, host: str, found: Iterable[str]) -> list[str]:
        """The addresses *found* for *host*, once each. Raises `SourceRefused` if one of them is not permitted."""
        checked = list(dict.fromkeys(found))
        for text in checked:
            try:
                permitted = self.permits(ipaddress.ip_address(text))
            except ValueError:
                permitted = False
            if not permitted:
                # One bad address among good ones is how a name is turned against who asks: none is tried.
                raise SourceRefused(f"{host} leads to {text}, which is no public address")
        return checked


def place_of(url: httpx.URL) -> str:
    """The host of *url* as a policy names it."""
    host = url.raw_host.decode("ascii").lower()
    return host if url.port is None or url.port == PORTS.get(url.scheme) else f"{host}:{url.port}"


def look_up(host: str, port: int) -> list[str]:
    """The addresses of *host*, from the system's resolver. Raises `OSError`."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


class Budget:
    """What one fetch may still cost: moments until *give_up*, and *most* bytes over the wire.

    Also counts the bytes of an answer's body, to tell one that is longer than it says.
    """

    def __init__(self, give_up: float, most: int, quiet: float, ticks: Callable[[], float]) -> None:
        self._give_up, self._most, self._quiet, self._ticks = give_up, most, quiet, ticks
        self.begin()

    def begin(self) -> None:
        """A new connection: count anew."""
        self.received = 0
        self.body = 0
        self._head: bytes | None = b""

    @property
    def is_over(self) -> bool:
        """Whether the time is up."""
        return self._ticks() >= self._give_up

    @property
    def left(self) -> float:
        """Seconds until the end. Raises `httpcore.TimeoutException` if there are none."""
        left = self._give_up - self._ticks()
        if left <= 0:
            raise httpcore.ReadTimeout("the time is up")
        return left

    @property
    def patience(self) -> float:
        """Seconds to wait for the next byte."""
        return min(self.left, self._quiet)

    def take(self, data: bytes) -> None:
        """Count *data*. Raises `SourceRefused` beyond the limit."""
        self.received += len(data)
        if self.received > self._most:
            raise SourceRefused(f"more than {self._most} bytes")
        if self._head is None:
            self.body += len(data)
            return
        self._head += data
        while self._head is not None and (end := _END_OF_HEAD.search(self._head)) is not None:
            head, rest = self._head[: end.start()], self._head[end.end() :]
            if head.partition(b" ")[2].startswith(b"1"):  # "100 Continue" and its like come before the answer
                self._head = rest
            else:
                self._head, self.body = None, len(rest)
        if self._head is not None and len(self._head) > _LONGEST_HEAD:
            raise SourceRefused(f"more than {_LONGEST_HEAD} bytes of headers")


class _Stream(httpcore.NetworkStream):
    """A connection each read and write of which ends with the budget, however slowly bytes drip."""

    def __init__(self, stream: httpcore.NetworkStream, budget: Budget) -> None:
        self._stream, self._budget = stream, budget

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002 - the budget rules
        data = self._stream.read(max_bytes, self._budget.patience)
        self._budget.take(data)
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002 - the budget rules
        self._stream.write(buffer, self._budget.patience)

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002 - the budget rules
    ) -> httpcore.NetworkStream:
        try:
            return _Stream(self._stream.start_tls(ssl_context, server_hostname, self._budget.patience), self._budget)
        except httpcore.ConnectError as error:
            if isinstance(error.__cause__, ssl.SSLCertVerificationError):
                raise SourceRefused(f"its certificate does not prove it: {error.__cause__.verify_message}") from error
            raise
        except BaseException:
            self._stream.close()
            raise

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)


class _Backend(httpcore.NetworkBackend):
    """Looks a name up, checks every address, and connects to one of those and to nothing else."""

    def __init__(self, policy: Policy, budget: Budget, resolve: Callable[[str, int], list[str]]) -> None:
        self._policy, self._budget, self._resolve = policy, budget, resolve

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 - the budget rules
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        addresses = self._policy.addresses(host, self._looked_up(host, port))
        failed: Exception = httpcore.ConnectError(f"{host} has no address")
        for rest, address in enumerate(addresses, -len(addresses)):
            # An address that swallows everything must leave time for the next one.
            patience = min(self._budget.patience, self._budget.left / -rest)
            try:
                stream = httpcore.SyncBackend().connect_tcp(address, port, patience, local_address, socket_options)
            except (httpcore.NetworkError, httpcore.TimeoutException) as error:
                failed = error
                continue
            self._budget.begin()
            return _Stream(stream, self._budget)
        raise failed

    def _looked_up(self, host: str, port: int) -> list[str]:
        done: Future[list[str]] = Future()

        def run() -> None:
            try:
                done.set_result(self._resolve(host, port))
            except BaseException as error:  # noqa: BLE001 - handed to the caller, who raises it
                done.set_exception(error)

        # The system's resolver knows no time limit: one that hangs is left behind.
        threading.Thread(target=run, name="tizim-look-up", daemon=True).start()
        try:
            return done.result(timeout=self._budget.left)
        except TimeoutError as error:
            raise httpcore.ConnectTimeout(f"{host} was not found in time") from error
        except (OSError, ValueError, OverflowError) as error:
            raise httpcore.ConnectError(f"{host} was not found: {error}") from error


class _Body(httpx.SyncByteStream):
    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        yield from self._response.iter_stream()

    def close(self) -> None:
        self._response.close()


class CheckedTransport(httpx.BaseTransport):
    """Below httpx: sends requests over connections that keep to a policy and a budget.

    The name in the address, not the address connected to, is what TLS proves. No proxy is used, whatever
    the environment says: a proxy would look names up by itself.
    """

    def __init__(
        self, policy: Policy, budget: Budget, resolve: Callable[[str, int], list[str]], trust: ssl.SSLContext
    ) -> None:
        self._policy = policy
        self._pool = httpcore.ConnectionPool(ssl_context=trust, network_backend=_Backend(policy, budget, resolve))

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if objection := self._policy.objection(request.url):
            raise SourceRefused(objection)
        url = httpcore.URL(
            scheme=request.url.raw_scheme, host=request.url.raw_host, port=request.url.port,
            target=request.url.raw_path,
        )  # fmt: skip
        response = self._pool.handle_request(httpcore.Request(method="GET", url=url, headers=request.headers.raw))
        return httpx.Response(status_code=response.status, headers=response.headers, stream=_Body(response))

    def __enter__(self) -> Self:
        return self

    def close(self) -> None:
        self._pool.close()


NETWORK_ERRORS: Final = (
    httpcore.NetworkError,
    httpcore.TimeoutException,
    httpcore.ProtocolError,
    httpcore.UnsupportedProtocol,
    httpx.HTTPError,
)
"""what the transport raises where the other side, or what lies between, fails"""
