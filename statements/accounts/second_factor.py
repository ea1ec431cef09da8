"""The second factor: codes that a device makes by the time (RFC 6238), and codes for its loss.

django-otp keeps the devices, counts failures and refuses a code that was used. A recovery code is
kept as a digest alone: with 80 bits of chance nobody guesses what made it.
"""

import secrets
import time
from base64 import b32encode
from hashlib import sha256

import segno
from django.contrib.auth.models import User
from django.db import transaction
from django_otp.models import Device
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp.util import random_hex

N_RECOVERY_CODES = 10
N_CODE_DIGITS = 6
N_RECOVERY_CHARACTERS = 16
ALPHABET = "abcdefghijkmnopqrstuvwxyz2345679"  # without l and 8, which are misread
N_DIGEST_CHARACTERS = 16  # what django-otp has room for


def has_one(account: User) -> bool:
    """Whether an account has set up a second factor."""
    return bool(TOTPDevice.objects.filter(user=account, confirmed=True).exists())


def new_key() -> str:
    """Makes the secret that an account's device is to share with the archive, in hexadecimal."""
    return str(random_hex(20))


def address_of_key(account: User, key: str) -> str:
    """Writes the secret as the address that authenticator apps read."""
    return str(TOTPDevice(user=account, key=key).config_url)


def picture_of(address: str) -> str:
    """Draws an address as a QR code: an SVG within a data address."""
    return segno.make(address, error="m").svg_data_uri(scale=5, border=4, light="#fff")


def enrol(*, account: User, key: str, code: str) -> list[str] | None:
    """Sets up a device that has shown the right code, in the place of what was there.

    Returns the recovery codes, which nobody can read again; None when the code is wrong.
    """
    device = TOTPDevice(user=account, key=key, name="app", confirmed=True)
    clock = TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift)
    clock.time = time.time()
    if not _is_a_code(code) or not clock.verify(int(code), device.tolerance):
        return None
    device.last_t = clock.t()
    with transaction.atomic():
        remove(account=account)
        device.save()
        return new_recovery_codes(account=account)


def new_recovery_codes(*, account: User) -> list[str]:
    """Makes new recovery codes, and those made before void."""
    codes = [_recovery_code() for _n in range(N_RECOVERY_CODES)]
    with transaction.atomic():
        StaticDevice.objects.filter(user=account).delete()
        device = StaticDevice.objects.create(user=account, name="recovery", confirmed=True)
        StaticToken.objects.bulk_create(
            StaticToken(device=device, token=_digest(code)) for code in codes
        )
    return codes


def n_recovery_codes(account: User) -> int:
    return int(StaticToken.objects.filter(device__user=account).count())


@transaction.atomic
def remove(*, account: User) -> int:
    """Forgets an account's second factor and its recovery codes; returns how many devices."""
    StaticDevice.objects.filter(user=account).delete()
    return int(TOTPDevice.objects.filter(user=account).delete()[0])


@transaction.atomic
def accepted_device(*, account: User, code: str) -> Device | None:
    """The device that a code is right for, once: the app's, or that of the recovery codes.

    Each failure makes the next attempt wait longer.
    """
    told = "".join(code.split()).replace("-", "").lower()
    is_of_app = _is_a_code(told)
    kind = TOTPDevice if is_of_app else StaticDevice
    token = told if is_of_app else _digest(told)
    devices = kind.objects.select_for_update().filter(user=account, confirmed=True)
    return next((device for device in devices if device.verify_token(token)), None)


def device_of(account: User) -> Device | None:
    """The device that an account has set up."""
    return TOTPDevice.objects.filter(user=account, confirmed=True).first()


def spelt(key: str) -> str:
    """The secret as it is typed into an app: in base 32 (RFC 4648)."""
    return b32encode(bytes.fromhex(key)).decode()


def is_recovery(device: Device) -> bool:
    return isinstance(device, StaticDevice)


def in_groups(text: str, n_characters: int = 4) -> str:
    """Parts a secret by spaces, for who types it."""
    starts = range(0, len(text), n_characters)
    return " ".join(text[start : start + n_characters] for start in starts)


def _is_a_code(text: str) -> bool:
    return len(text) == N_CODE_DIGITS and text.isascii() and text.isdecimal()


def _recovery_code() -> str:
    code = "".join(secrets.choice(ALPHABET) for _n in range(N_RECOVERY_CHARACTERS))
    return in_groups(code).replace(" ", "-")


def _digest(code: str) -> str:
    plain = code.replace("-", "")
    return sha256(f"recovery:{plain}".encode()).hexdigest()[:N_DIGEST_CHARACTERS]
