"""Where a Redis is, and who may enter."""

from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from worker.config import ConfigError


@dataclass(frozen=True, slots=True)
class RedisAddress:
    """What redis://user:password@host:port/database says; rediss:// means TLS."""

    host: str
    port: int
    database: int
    tls: bool
    username: str
    password: str = field(repr=False)

    @staticmethod
    def parse(url: str) -> "RedisAddress":
        """Reads QUEUE_URL.

        Raises:
            ConfigError: it is no such address. The message does not repeat it.
        """
        try:
            parts = urlsplit(url)
            database = parts.path.strip("/") or "0"
            if not parts.hostname or not database.isdigit() or parts.query or parts.fragment:
                raise ValueError
            return RedisAddress(
                host=parts.hostname,
                port=parts.port or 6379,
                database=int(database),
                tls=parts.scheme == "rediss",
                username=unquote(parts.username or ""),
                password=unquote(parts.password or ""),
            )
        except ValueError:
            raise ConfigError(
                "QUEUE_URL must be redis://[user:password@]host[:port][/database]"
            ) from None
