"""The environment is read strictly."""

import os
import stat
import threading

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from archive import environment


def read_database(value):
    return environment.database("DATABASE_URL", value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [("1", True), ("true", True), ("Yes", True), ("ON", True), ("0", False), ("off", False)],
)
def test_a_truth_value_is_read(monkeypatch, value, expected):
    monkeypatch.setenv("DEBUG", value)
    assert environment.boolean("DEBUG", default=not expected) is expected


@pytest.mark.parametrize("value", ["2", "maybe", "truee", "-1"])
def test_another_truth_value_is_refused_by_name(monkeypatch, value):
    monkeypatch.setenv("DEBUG", value)
    with pytest.raises(ImproperlyConfigured, match=r"^DEBUG is .*Accepted: 1 or 0"):
        environment.boolean("DEBUG", default=False)


@pytest.mark.parametrize("value", ["", "  "])
def test_a_variable_set_to_nothing_counts_as_unset(monkeypatch, value):
    monkeypatch.setenv("PORT", value)
    assert environment.integer("PORT", default=8000, least=1, most=65535) == 8000


@pytest.mark.parametrize("value", ["65536", "-1", "80a", "8 0", "1e3", "٨٠", "99999999999"])
def test_a_number_out_of_bounds_is_refused_by_name(monkeypatch, value):
    monkeypatch.setenv("PORT", value)
    with pytest.raises(ImproperlyConfigured, match="^PORT is .* from 1 to 65535"):
        environment.integer("PORT", default=8000, least=1, most=65535)


def test_hosts_are_split(monkeypatch):
    monkeypatch.setenv("ALLOWED_HOSTS", "archive.example.org, .example.net,127.0.0.1,[::1]")
    hosts = environment.hosts("ALLOWED_HOSTS", "")
    assert hosts == ["archive.example.org", ".example.net", "127.0.0.1", "[::1]"]


@pytest.mark.parametrize("value", ["*", "https://example.org", "example.org:443", "a b", "-a"])
def test_what_is_no_host_name_is_refused(monkeypatch, value):
    monkeypatch.setenv("ALLOWED_HOSTS", value)
    with pytest.raises(ImproperlyConfigured, match="^ALLOWED_HOSTS holds"):
        environment.hosts("ALLOWED_HOSTS", "")


@pytest.mark.parametrize("value", ["example.org", "ftp://example.org", "https://example.org/a"])
def test_what_is_no_origin_is_refused(monkeypatch, value):
    monkeypatch.setenv("CSRF_TRUSTED_ORIGINS", value)
    with pytest.raises(ImproperlyConfigured, match="^CSRF_TRUSTED_ORIGINS holds"):
        environment.origins("CSRF_TRUSTED_ORIGINS")


@pytest.mark.parametrize("value", ["hunter2", "a" * 60])
def test_a_weak_key_is_refused_without_being_shown(monkeypatch, value):
    monkeypatch.setenv("SECRET_KEY", value)
    with pytest.raises(ImproperlyConfigured, match="^SECRET_KEY is too short") as refusal:
        environment.secret("SECRET_KEY")
    assert value not in str(refusal.value)


def test_a_database_on_a_host():
    found = read_database(
        "postgresql://an%40a:p%2Fw%3A@db.example.org:5433/na%20me?sslmode=require"
    )
    assert found["NAME"] == "na me"
    assert (found["USER"], found["PASSWORD"]) == ("an@a", "p/w:")
    assert (found["HOST"], found["PORT"]) == ("db.example.org", "5433")
    assert found["OPTIONS"] == {"sslmode": "require"}


def test_a_database_behind_a_socket():
    found = read_database("postgres://me@/archive?host=/run/my%20folder&port=5440")
    assert (found["HOST"], found["PORT"], found["OPTIONS"]) == ("/run/my folder", "5440", {})


def test_a_database_on_an_ipv6_address():
    assert read_database("postgresql://[::1]:5432/archive")["HOST"] == "::1"


@pytest.mark.parametrize(
    "value",
    [
        "mysql://host/name",
        "archive",
        "postgresql://host",
        "postgresql://host/",
        "postgresql://host/a/b",
        "postgresql://host:99999/name",
        "postgresql://host:port/name",
        "postgresql://host/name?sslmod=require",
        "postgresql://host/name?sslmode",
        "postgresql://[::1/name",
    ],
)
def test_a_bad_database_address_is_refused_by_name(value):
    with pytest.raises(ImproperlyConfigured, match="^DATABASE_URL"):
        read_database(value)


def test_a_refusal_does_not_show_the_password():
    with pytest.raises(ImproperlyConfigured) as refusal:
        read_database("postgresql://me:hunter2@host:port/name")
    assert "hunter2" not in str(refusal.value)


@given(st.text(max_size=60))
def test_any_database_address_is_read_or_refused(value):
    try:
        assert read_database(value)["NAME"]
    except ImproperlyConfigured as refusal:
        assert str(refusal).startswith("DATABASE_URL")


def test_a_secret_is_made_once_for_its_owner_alone(tmp_path):
    path = tmp_path / "secret.key"
    first = environment.kept_secret(path)
    assert environment.kept_secret(path) == first
    assert len(first) >= 50
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert os.listdir(tmp_path) == ["secret.key"]


def test_of_two_at_once_both_get_the_same_secret(tmp_path):
    found = []
    path = tmp_path / "secret.key"
    threads = [
        threading.Thread(target=lambda: found.append(environment.kept_secret(path)))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(found)) == 1


def test_a_damaged_secret_is_refused(tmp_path):
    path = tmp_path / "secret.key"
    path.write_text("")
    with pytest.raises(ImproperlyConfigured, match="damaged"):
        environment.kept_secret(path)


def test_options_are_added_to_those_there():
    found = environment.with_options({"options": "-c a=1", "sslmode": "require"}, "-c b=2")
    assert found == {"options": "-c a=1 -c b=2", "sslmode": "require"}
