"""A small HTTP server: bounded, one request per connection, and stoppable."""

import contextlib
import logging
import socket
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, TypeAlias, cast
from urllib.parse import unquote

MAX_CONNECTIONS = 128
MAX_BODY_BYTES = 512 * 1024
IDLE_SECONDS = 10.0
LONGEST_SECONDS = 30.0

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody asks."""

    method: str
    path: str
    headers: Mapping[str, str]
    """By small letters."""
    body: bytes


@dataclass(frozen=True, slots=True)
class Response:
    """What they are told."""

    status: int
    body: bytes
    content_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict[str, str])


Respond: TypeAlias = Callable[[Request], Response]


class HttpServer:
    """Listens at one address, in a thread of its own."""

    def __init__(self, host: str, port: int, respond: Respond) -> None:
        """Listens, and answers once it is started."""
        self._server = _Server((host, port), respond)
        self._thread = threading.Thread(
            target=lambda: self._server.serve_forever(0.1), name="http", daemon=True
        )

    @property
    def port(self) -> int:
        """The port it got."""
        return self._server.server_port

    def start(self) -> None:
        """Begins to answer."""
        self._thread.start()

    def stop(self, timeout: float) -> bool:
        """Takes no further connection, and waits for the requests under way.

        Returns:
            whether all of them were answered.
        """
        self._server.shutdown()
        self._server.server_close()
        return self._server.drain(timeout)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128
    address_family = socket.AF_INET

    def __init__(self, address: tuple[str, int], respond: Respond) -> None:
        if ":" in address[0]:
            self.address_family = socket.AF_INET6
        self.respond = respond
        self._changed = threading.Condition()
        # Connections by when they began; those in `asking` have sent the first line
        self._connections: dict[socket.socket, float] = {}
        self.asking: set[socket.socket] = set()
        super().__init__(address, _Handler)

    def drain(self, timeout: float) -> bool:
        with self._changed:
            for connection in self._connections.keys() - self.asking:
                _end(connection)
            return self._changed.wait_for(lambda: not self._connections, timeout)

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._changed:
            full = len(self._connections) >= MAX_CONNECTIONS
            if not full:
                self._connections[request] = time.monotonic()
        if full:
            self.shutdown_request(request)
            return
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        super().shutdown_request(request)
        with self._changed:
            self._connections.pop(request, None)
            self.asking.discard(request)
            self._changed.notify_all()

    def service_actions(self) -> None:
        """Ends connections of those who send a byte now and then."""
        oldest = time.monotonic() - LONGEST_SECONDS
        with self._changed:
            for connection, began in self._connections.items():
                if began < oldest:
                    _end(connection)

    def handle_error(self, request: Any, client_address: Any) -> None:
        _log.debug("a connection broke", exc_info=True)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = IDLE_SECONDS

    def parse_request(self) -> bool:
        # From here on somebody waits for an answer
        cast(_Server, self.server).asking.add(self.connection)
        return super().parse_request()

    def version_string(self) -> str:
        return "worker"

    def log_message(self, format: str, *args: object) -> None:
        _log.debug(format, *args)

    def _answer(self) -> None:
        length = self.headers.get("content-length", "0")
        if not (length.isascii() and length.isdigit()) or "transfer-encoding" in self.headers:
            self.send_error(411)
            return
        if int(length) > MAX_BODY_BYTES:
            self.send_error(413)
            return
        request = Request(
            method=self.command,
            path=unquote(self.path.partition("?")[0]),
            headers={name.lower(): value for name, value in self.headers.items()},
            body=self.rfile.read(int(length)),
        )
        response = cast(_Server, self.server).respond(request)
        self.send_response(response.status)
        for name, value in response.headers.items():
            self.send_header(name, value)
        self.send_header("content-type", response.content_type)
        self.send_header("content-length", str(len(response.body)))
        # Nothing idles here when the worker has to stop
        self.send_header("connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(response.body)

    # ruff: noqa: N815 (the standard library looks for these names)
    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = _answer


def _end(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
