"""Handing mails over, so that it is known whether a mail that failed may have been taken."""

import smtplib
from typing import Any

from django.core.mail.backends.smtp import EmailBackend


class AnswerLost(Exception):
    """The words were sent, and no answer came: the server may have taken the mail, or not."""


class _Noting:
    """Tells a connection lost before the words of a mail from one lost while or after they went.

    RFC 5321, sections 4.2.5 and 6.1: who has answered 250 to the end of the words is responsible
    for the mail; whether one answered whose answer is lost nobody knows.
    """

    def data(self, msg: Any) -> tuple[int, bytes]:
        try:
            return super().data(msg)  # type: ignore[misc, no-any-return]
        except smtplib.SMTPServerDisconnected as error:
            raise AnswerLost(str(error)) from error
        except smtplib.SMTPException:
            raise  # the server said no
        except OSError as error:
            raise AnswerLost(str(error)) from error


class _Plain(_Noting, smtplib.SMTP):
    pass


class _Encrypted(_Noting, smtplib.SMTP_SSL):
    pass


class Backend(EmailBackend):
    """Django's own, with a connection that knows how far it came."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return _Encrypted if self.use_ssl else _Plain
