"""The far end of the network: takes traces as an OpenTelemetry collector does."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from unittest import TestCase


class TraceCollector:
    """Listens until the test has ended."""

    def __init__(self, test: TestCase, status: int = 200) -> None:
        """Answers every request with `status`."""
        self.spans: list[Any] = []
        self.resources: list[Any] = []
        self.headers: list[dict[str, str]] = []
        collector = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["content-length"])))
                for resource in body["resourceSpans"]:
                    collector.resources.append(resource["resource"])
                    for scope in resource["scopeSpans"]:
                        collector.spans += scope["spans"]
                collector.headers.append(dict(self.headers.items()))
                self.send_response(status)
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        thread.start()
        test.addCleanup(self._server.server_close)
        test.addCleanup(thread.join)
        test.addCleanup(self._server.shutdown)


def attributes(spanned: Any) -> dict[str, str]:
    """The attributes of a span or a resource, all as text."""
    return {item["key"]: str(*item["value"].values()) for item in spanned["attributes"]}
