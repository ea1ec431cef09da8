"""What an authenticator app would show."""

from django_otp.oath import totp


def code_at(key, seconds=0):
    """The code of a secret so many seconds from now."""
    return f"{totp(bytes.fromhex(key), t0=-seconds):06d}"
