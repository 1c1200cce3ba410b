"""Which machines may be asked: those of the public net, so that no page can send us to the user's own network."""

import ipaddress
import socket

from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver

_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class LocalAddressError(OSError):
    """A name leads to this machine or a network that is not public."""


def is_public(address: str) -> bool:
    """Tell whether an IP address is one of the public net.

    >>> is_public("93.184.216.34"), is_public("127.0.0.1"), is_public("::ffff:10.0.0.1"), is_public("169.254.169.254")
    (True, False, False, False)
    """
    ip = ipaddress.ip_address(address.split("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        # Addresses of the older kind come in newer ones.
        inner = ip.ipv4_mapped or ip.sixtofour
        if ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def check_literal(host: str) -> None:
    """Refuse a host that is written as an IP address which is not public; resolvers are not asked about those.

    Raises LocalAddressError.
    """
    try:
        public = is_public(host.strip("[]"))
    except ValueError:
        return  # a name
    if not public:
        raise LocalAddressError(f"{host} is no public address")


class PublicResolver(AbstractResolver):
    """Looks names up as the machine does, and refuses those that lead to an address which is not public.

    As the connection is made to the very addresses that were looked at, a name that changes does not get through.
    """

    def __init__(self) -> None:
        self._resolver = ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Return the addresses of a name. Raises LocalAddressError when one of them is not public."""
        found = await self._resolver.resolve(host, port, family)
        for result in found:
            if not is_public(result["host"]):
                raise LocalAddressError(f"{host} is at {result['host']}, which is no public address")
        return found

    async def close(self) -> None:
        """Do nothing: there is nothing to close."""
