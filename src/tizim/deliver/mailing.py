"""One letter to one address, with all that is new for it: its subject tells how many things, and of nobody."""

import smtplib
import ssl
from collections.abc import Sequence
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Final
from urllib.parse import unquote, urlsplit

import msgspec

from tizim.deliver.outbox import Message
from tizim.deliver.posting import Outcome
from tizim.errors import BadInput

_WAIT: Final = 20.0


class Post(msgspec.Struct, frozen=True, kw_only=True):
    """The server that letters go through, and whose they are."""

    host: str
    port: int
    is_tls: bool
    """whether the connection begins encrypted; else it becomes so where the server can"""
    user: str
    password: str
    sender: str

    def __repr__(self) -> str:
        """No password."""
        return f"Post(host={self.host!r})"


def post_of(address: str, sender: str) -> Post | None:
    """From ``smtps://user:password@host:465`` or ``smtp://…``; none where neither is set. Raises `BadInput`."""
    if not address and not sender:
        return None
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname or "@" not in sender or not sender.isprintable():
        raise BadInput(
            "e-mail needs both TIZIM_SMTP_URL, such as smtps://name:password@mail.example.org, and TIZIM_MAIL_FROM"
        )
    is_tls = parts.scheme == "smtps"
    return Post(
        host=parts.hostname, port=port or (465 if is_tls else 587), is_tls=is_tls, user=unquote(parts.username or ""),
        password=unquote(parts.password or ""), sender=sender,
    )  # fmt: skip


def letter(post: Post, to: str, messages: Sequence[Message]) -> EmailMessage:
    """A letter that tells of *messages*."""
    found = EmailMessage()
    found["From"] = post.sender
    found["To"] = to
    found["Subject"] = f"tizim: {len(messages)} changes" if len(messages) > 1 else "tizim: one change"
    found["Date"] = format_datetime(max(one.at for one in messages))
    found["Message-ID"] = f"<{messages[0].id}.{len(messages)}@{post.sender.rpartition('@')[2].strip('>')}>"
    found["Auto-Submitted"] = "auto-generated"
    found.set_content("\n\n".join(f"{one.text}\n[{one.kind} {one.id}]" for one in messages) + "\n")
    return found


def mail(post: Post, to: str, messages: Sequence[Message]) -> Outcome:
    """Send a letter. A password is sent over an encrypted connection alone."""
    try:
        context = ssl.create_default_context()
        server = (
            smtplib.SMTP_SSL(post.host, post.port, timeout=_WAIT, context=context)
            if post.is_tls
            else smtplib.SMTP(post.host, post.port, timeout=_WAIT)
        )
        with server:
            server.ehlo()
            is_private = post.is_tls
            if not is_private and server.has_extn("starttls"):
                server.starttls(context=context)
                server.ehlo()
                is_private = True
            if post.user:
                if not is_private:
                    return Outcome(arrived=False, told="the server encrypts nothing: no password is sent", is_down=True)
                server.login(post.user, post.password)
            server.send_message(letter(post, to, messages))
    except smtplib.SMTPRecipientsRefused:
        return Outcome(arrived=False, told="the server refused the receiver", is_down=True)
    except (OSError, smtplib.SMTPException) as error:
        return Outcome(arrived=False, told=f"no letter could be sent ({type(error).__name__})", is_down=True)
    return Outcome(arrived=True, told="taken by the server")
