"""Whose address counts: the peer's, unless a proxy we were told to trust says otherwise."""

import ipaddress

import pytest
from django.test import RequestFactory

from access.origins import origin_of
from lib.network import client_ip, network_of

PROXY, INNER = "10.0.0.1", "10.0.0.2"
VISITOR, LIAR = "203.0.113.9", "198.51.100.7"


def request(peer, forwarded=None, **headers):
    if forwarded is not None:
        headers["HTTP_X_FORWARDED_FOR"] = forwarded
    return RequestFactory().get("/", REMOTE_ADDR=peer, **headers)


@pytest.fixture
def trusted(settings):
    settings.TRUSTED_PROXIES = [ipaddress.ip_network("10.0.0.0/24"), ipaddress.ip_network("fd00::/8")]


def test_without_trusted_proxies_forwarded_addresses_are_ignored(settings):
    settings.TRUSTED_PROXIES = []

    assert client_ip(request(PROXY, VISITOR)) == PROXY


@pytest.mark.parametrize(
    "header", ["HTTP_X_REAL_IP", "HTTP_FORWARDED", "HTTP_CLIENT_IP", "HTTP_X_CLIENT_IP", "HTTP_CF_CONNECTING_IP"]
)
def test_no_other_header_is_believed(trusted, header):
    assert client_ip(request(PROXY, **{header: LIAR})) == PROXY


@pytest.mark.parametrize(
    ("peer", "forwarded", "ip"),
    [
        (VISITOR, LIAR, VISITOR),  # not a proxy of ours
        (PROXY, VISITOR, VISITOR),
        (PROXY, f"{LIAR}, {VISITOR}", VISITOR),  # the left is what the visitor claims
        (PROXY, f"{VISITOR}, {INNER}", VISITOR),
        (PROXY, f"{LIAR}, {VISITOR}, {INNER}, 10.0.0.3", VISITOR),
        (PROXY, f"{INNER}", INNER),
        (PROXY, "", PROXY),
        (PROXY, "unknown", PROXY),
        (PROXY, f"{VISITOR}, unknown", PROXY),
        (PROXY, f"{VISITOR}:4711", PROXY),
        (PROXY, "'; DROP TABLE events_event; --", PROXY),
        (PROXY, "999.1.1.1", PROXY),
        (PROXY, "fe80::1%" + "a" * 300, "fe80::1"),
        ("fd00::1", "2001:db8::9", "2001:db8::9"),
        ("::ffff:10.0.0.1", VISITOR, VISITOR),
        ("", VISITOR, ""),
        ("unix:", VISITOR, ""),
        ("fe80::1%eth0", VISITOR, "fe80::1"),
    ],
)
def test_the_rightmost_address_no_proxy_of_ours_has_is_the_clients(trusted, peer, forwarded, ip):
    assert client_ip(request(peer, forwarded)) == ip


@pytest.mark.parametrize(
    ("ip", "network"),
    [
        ("203.0.113.9", "203.0.113.0/24"),
        ("203.0.113.200", "203.0.113.0/24"),
        ("::ffff:203.0.113.9", "203.0.113.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("", "unknown"),
        ("nonsense", "unknown"),
        ("fe80::1%eth0", "fe80::/64"),
    ],
)
def test_an_address_counts_under_its_network(ip, network):
    assert network_of(ip) == network


def test_an_origin_keeps_printable_text_of_the_client_cut_to_255():
    agent = "curl/8\r\nX: 1\x1b[31m\0" + "a" * 400

    client = origin_of(request(VISITOR, HTTP_USER_AGENT=agent)).client

    assert client.startswith("curl/8X: 1[31maaa")
    assert len(client) == 255
