"""Codes by the time, and recovery codes."""

import pytest
from django.core.management import CommandError, call_command
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from statements.accounts import second_factor
from tests.accounts.codes import code_at
from tests.factories import make_account

pytestmark = pytest.mark.django_db
KEY = "3132333435363738393031323334353637383930"


@pytest.fixture
def account():
    return make_account("curator")


@pytest.fixture
def codes(account):
    return second_factor.enrol(account=account, key=KEY, code=code_at(KEY))


def accepts(account, code):
    return second_factor.accepted_device(account=account, code=code) is not None


def test_it_works(account, codes):
    assert second_factor.has_one(account)
    assert len(set(codes)) == second_factor.N_RECOVERY_CODES
    assert accepts(account, code_at(KEY, 30))


def test_a_code_that_is_wrong_sets_nothing_up(account):
    wrong = f"{(int(code_at(KEY)) + 1) % 1_000_000:06d}"
    assert second_factor.enrol(account=account, key=KEY, code=wrong) is None
    assert not second_factor.has_one(account)


@pytest.mark.parametrize("code", ["", "12345", "1234567", "１２３４５６", "12 456", "abcdef"])
def test_what_is_no_code_sets_nothing_up(account, code):
    assert second_factor.enrol(account=account, key=KEY, code=code) is None


def test_the_code_that_set_it_up_is_not_taken_again(account, codes):
    assert not accepts(account, code_at(KEY))


def test_a_code_is_taken_once(account, codes):
    code = code_at(KEY, 30)
    assert accepts(account, code)
    TOTPDevice.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    assert not accepts(account, code)


def test_after_a_failure_the_next_attempt_waits(account, codes):
    assert not accepts(account, "000000")
    assert not accepts(account, code_at(KEY, 30))
    TOTPDevice.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    assert accepts(account, code_at(KEY, 30))


def test_a_code_with_spaces(account, codes):
    code = code_at(KEY, 30)
    assert accepts(account, f" {code[:3]} {code[3:]} ")


def test_a_recovery_code_is_taken_once(account, codes):
    assert accepts(account, codes[0].upper())
    assert second_factor.n_recovery_codes(account) == len(codes) - 1
    assert not accepts(account, codes[0])


def test_a_recovery_code_without_its_hyphens(account, codes):
    assert accepts(account, codes[0].replace("-", " "))


def test_recovery_codes_are_not_kept_as_they_are(account, codes):
    kept = set(StaticToken.objects.values_list("token", flat=True))
    assert not kept & {code.replace("-", "") for code in codes}
    assert not accepts(account, next(iter(kept)))


def test_new_recovery_codes_void_the_old(account, codes):
    [new, *_] = second_factor.new_recovery_codes(account=account)
    assert not accepts(account, codes[0])
    assert second_factor.n_recovery_codes(account) == len(codes)
    assert new not in codes


def test_another_device_takes_the_place_of_the_first(account, codes):
    key = second_factor.new_key()
    assert second_factor.enrol(account=account, key=key, code=code_at(key))
    assert not accepts(account, code_at(KEY, 30))
    assert not accepts(account, codes[0])


def test_somebody_elses_code(codes):
    other = make_account("other")
    assert not accepts(other, code_at(KEY, 30))
    assert not accepts(other, codes[0])


def test_removing_it(account, codes):
    assert second_factor.remove(account=account) == 1
    assert not second_factor.has_one(account)
    assert not accepts(account, codes[0])


def test_removing_it_by_command(account, codes, capsys):
    call_command("remove_second_factor", "curator")
    assert capsys.readouterr().out == "devices removed: 1\n"
    assert not second_factor.has_one(account)


def test_removing_that_of_nobody():
    with pytest.raises(CommandError, match="no account nobody"):
        call_command("remove_second_factor", "nobody")


def test_the_picture_is_an_svg_and_the_address_says_whose_it_is(account):
    address = second_factor.address_of_key(account, KEY)
    assert address.startswith("otpauth://totp/Demarche%3Acurator?secret=GEZDGNBVGY3TQOJQ")
    assert second_factor.picture_of(address).startswith("data:image/svg+xml")


def test_the_secret_is_spelt_in_groups():
    assert second_factor.in_groups(second_factor.spelt(KEY)) == (
        "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ"
    )
