"""Whom a request came from: the one place that reads an address, and believes a proxy only when told to."""

import functools
import ipaddress

from django.conf import settings
from django.http import HttpRequest

LONGEST = 45  # of an address as text: IPv6 with an IPv4 in it


def client_ip(request: HttpRequest) -> str:
    """The client's address. X-Forwarded-For is read from the right, and only through TRUSTED_PROXIES."""
    ip = str(request.META.get("REMOTE_ADDR", ""))
    hops = [hop.strip() for hop in str(request.META.get("HTTP_X_FORWARDED_FOR", "")).split(",")]
    while _is_trusted(ip) and hops and _address(hops[-1]):
        ip = hops.pop()
    return str(_address(ip) or "")


def network_of(ip: str) -> str:
    """The network an address counts under in a limit: its /24, or its /64."""
    address = _address(ip)
    if address is None:
        return "unknown"
    return str(ipaddress.ip_network(f"{address}/{24 if address.version == 4 else 64}", strict=False))


def _is_trusted(ip: str) -> bool:
    address = _address(ip)
    return address is not None and any(address in network for network in settings.TRUSTED_PROXIES)


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    text = text.partition("%")[0]  # behind it is a zone: any text, of no length
    return _parsed(text) if len(text) <= LONGEST else None


@functools.lru_cache(maxsize=4096)  # most requests come from an address that has just been read
def _parsed(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
