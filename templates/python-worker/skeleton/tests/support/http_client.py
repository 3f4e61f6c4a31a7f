"""Asking the worker over HTTP."""

import http.client
import json
from typing import Any
from urllib.parse import urlsplit


def ask(
    url: str, method: str = "GET", body: object = None, headers: dict[str, str] | None = None
) -> tuple[int, Any]:
    """One request; the answer as JSON, or as text where it is none."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port or 80, timeout=10)
    try:
        data = body if isinstance(body, bytes | None) else json.dumps(body).encode()
        connection.request(method, parts.path, data, headers or {})
        response = connection.getresponse()
        text = response.read().decode()
    finally:
        connection.close()
    kind = response.headers.get_content_type()
    return response.status, json.loads(text) if kind.endswith("json") else text


def put(url: str, body: object, **envelope: object) -> Any:
    """Puts a message in."""
    status, answer = ask(f"{url}/v1/messages", "POST", {"body": body, **envelope})
    if status not in (200, 202):
        raise AssertionError(f"{status}: {answer}")
    return answer


def look(url: str, message_id: str) -> Any:
    """What became of a message."""
    return ask(f"{url}/v1/messages/{message_id}")[1]
