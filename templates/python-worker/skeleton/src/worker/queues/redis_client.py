"""A connection to Redis that is made anew when it breaks."""

import contextlib
import select
import socket
import ssl
import threading
from typing import BinaryIO

from worker.queues.queue import QueueUnavailableError
from worker.queues.redis_address import RedisAddress
from worker.queues.resp import ProtocolError, RedisError, Reply, encode_command, read_reply

CONNECT_TIMEOUT = 5.0
COMMAND_TIMEOUT = 5.0

Command = tuple[str | bytes | int, ...]


class RedisClient:
    """One connection, for one thread at a time; the others wait their turn.

    After a failure the connection is closed, and the next command makes a new one. What
    failed is not sent again here: whether it was carried out is not known.
    """

    def __init__(self, address: RedisAddress) -> None:
        """Connects with the first command."""
        self._address = address
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None
        self._stream: BinaryIO | None = None

    def command(self, *arguments: str | bytes | int, wait: float = 0) -> Reply:
        """Sends one command and returns the reply.

        Args:
            arguments: the command and what belongs to it.
            wait: seconds for which the command itself may wait.

        Raises:
            RedisError: Redis refuses it.
            QueueUnavailableError: there was no answer in time.
        """
        [reply] = self.pipeline([arguments], wait=wait)
        return reply

    def transaction(self, commands: list[Command]) -> list[Reply]:
        """Has the commands carried out all together or not at all."""
        replies = self.pipeline([("MULTI",), *commands, ("EXEC",)])
        results = replies[-1]
        if not isinstance(results, list):
            raise QueueUnavailableError("Redis did not carry out a transaction")
        for result in results:
            if isinstance(result, RedisError):
                raise result
        return results

    def pipeline(self, commands: list[Command], wait: float = 0) -> list[Reply]:
        """Sends the commands at once; raises the first error among the replies."""
        with self._lock:
            try:
                connection, stream = self._connect()
                connection.settimeout(COMMAND_TIMEOUT + wait)
                replies = self._exchange(connection, stream, commands)
            except (OSError, ProtocolError) as error:
                self._disconnect()
                raise QueueUnavailableError(
                    f"Redis at {self._address.host}:{self._address.port}: {error or 'no answer'}"
                ) from error
        for reply in replies:
            if isinstance(reply, RedisError):
                raise reply
        return replies

    def close(self) -> None:
        """Ends the connection."""
        with self._lock:
            self._disconnect()

    def _connect(self) -> tuple[socket.socket, BinaryIO]:
        if self._socket is not None and self._stream is not None:
            # Something to read before anything was asked: Redis has ended the connection
            if not select.select([self._socket], [], [], 0)[0]:
                return self._socket, self._stream
            self._disconnect()
        address = self._address
        stream: BinaryIO | None = None
        connection = socket.create_connection((address.host, address.port), CONNECT_TIMEOUT)
        try:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if address.tls:
                context = ssl.create_default_context()
                connection = context.wrap_socket(connection, server_hostname=address.host)
            stream = connection.makefile("rb")
            hello: list[Command] = []
            if address.password:
                user = (address.username,) if address.username else ()
                hello.append(("AUTH", *user, address.password))
            if address.database:
                hello.append(("SELECT", address.database))
            for reply in self._exchange(connection, stream, hello):
                if isinstance(reply, RedisError):
                    # With a wrong password nothing works, and it may be set right meanwhile
                    raise ProtocolError(str(reply))
        except BaseException:
            # The socket stays open as long as somebody reads from it
            if stream is not None:
                stream.close()
            connection.close()
            raise
        self._socket, self._stream = connection, stream
        return connection, stream

    def _exchange(
        self, connection: socket.socket, stream: BinaryIO, commands: list[Command]
    ) -> list[Reply]:
        if not commands:
            return []
        connection.sendall(b"".join(encode_command(*command) for command in commands))
        return [read_reply(stream) for _ in commands]

    def _disconnect(self) -> None:
        for resource in (self._stream, self._socket):
            if resource is not None:
                with contextlib.suppress(OSError):
                    resource.close()
        self._socket, self._stream = None, None
