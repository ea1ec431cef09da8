"""Where a request comes from."""

import pytest

from statements.accounts.origin import address_of, neighbourhood


@pytest.mark.parametrize(
    ("told", "address"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8::1", "2001:db8::1"),
        ("fe80::1%eth0", "fe80::1"),
        ("", None),
        ("unix:", None),
    ],
)
def test_it_works(rf, told, address):
    assert address_of(rf.get("/", REMOTE_ADDR=told)) == address


@pytest.mark.parametrize(("is_trusted", "address"), [(True, "198.51.100.7"), (False, "192.0.2.1")])
def test_only_a_proxy_that_is_trusted_is_believed(rf, settings, is_trusted, address):
    settings.TRUST_PROXY = is_trusted
    told = {"HTTP_X_FORWARDED_FOR": "10.0.0.1, 198.51.100.7", "REMOTE_ADDR": "192.0.2.1"}
    assert address_of(rf.get("/", **told)) == address


@pytest.mark.parametrize("told", ["nonsense", "", "1.2.3.4, "])
def test_nonsense_from_a_proxy_is_no_address(rf, settings, told):
    settings.TRUST_PROXY = True
    assert address_of(rf.get("/", HTTP_X_FORWARDED_FOR=told, REMOTE_ADDR="192.0.2.1")) is None


def test_a_network_stands_for_its_addresses():
    assert neighbourhood("2001:db8:1:2:3:4:5:6") == "2001:db8:1:2::/64"
    assert (neighbourhood("192.0.2.1"), neighbourhood(None)) == ("192.0.2.1", "unknown")
