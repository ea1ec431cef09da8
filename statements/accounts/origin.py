"""Where a request comes from, as far as that can be believed."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

N_NETWORK_BITS = 64  # an IPv6 customer has so many addresses that each of them says nothing


def address_of(request: HttpRequest) -> str | None:
    """Returns the address, or None where none is told.

    Behind a proxy that is believed (TRUST_PROXY) it is the one that the proxy added, the last.
    """
    told = request.META.get("REMOTE_ADDR", "")
    if settings.TRUST_PROXY:
        told = request.META.get("HTTP_X_FORWARDED_FOR", told).split(",")[-1]
    try:
        address = ip_address(told.strip())
    except ValueError:
        return None
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(address).partition("%")[0]


def neighbourhood(address: str | None) -> str:
    """The address, or the network that one customer has, to count attempts by."""
    if address is None or ":" not in address:
        return address or "unknown"
    return str(ip_network((address, N_NETWORK_BITS), strict=False))
