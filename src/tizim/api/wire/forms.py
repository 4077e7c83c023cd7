"""Fields of a form, as browsers and scripts send them."""

from email.parser import BytesParser
from email.policy import HTTP
from urllib.parse import parse_qs


def fields(body: bytes, content_type: str) -> dict[str, str]:
    """The fields of a form, the last value of each; empty for what is none."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        head = f"Content-Type: {content_type}\r\n\r\n".encode("latin-1", "replace")
        whole = BytesParser(policy=HTTP).parsebytes(head + body)
        found = {}
        for part in whole.iter_parts() if whole.is_multipart() else ():
            name = part.get_param("name", header="content-disposition")
            content = part.get_payload(decode=True)
            if isinstance(name, str) and isinstance(content, bytes):
                found[name] = content.decode("utf-8", "replace")
        return found
    text = body.decode("utf-8", "replace")
    try:
        return {name: values[-1] for name, values in parse_qs(text, max_num_fields=100).items()}
    except ValueError:
        return {}
