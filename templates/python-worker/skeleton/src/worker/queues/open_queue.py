"""From an address to a queue."""

from urllib.parse import urlsplit

from worker.config import Config, ConfigError
from worker.queues.queue import Queue
from worker.queues.redis_address import RedisAddress
from worker.queues.redis_queue import RedisQueue
from worker.queues.sqlite_queue import SqliteQueue
from worker.service import SERVICE_NAME


def open_queue(config: Config) -> Queue:
    """Opens the queue that QUEUE_URL names.

    Raises:
        ConfigError: there is no such kind of queue.
    """
    url = config.queue_url
    # Never with the address itself: it may hold a password
    scheme = urlsplit(url).scheme
    if scheme in ("redis", "rediss"):
        return RedisQueue(
            address=RedisAddress.parse(url),
            name=config.queue_name,
            group=SERVICE_NAME,
            visibility_timeout=config.visibility_timeout,
        )
    if url == "memory:":
        return SqliteQueue(":memory:", config.queue_name, config.visibility_timeout)
    if scheme == "sqlite":
        # As elsewhere in Python: three slashes and a relative path, four and an absolute one
        path = url.removeprefix("sqlite:///")
        if path and path != url:
            return SqliteQueue(path, config.queue_name, config.visibility_timeout)
    raise ConfigError(
        "QUEUE_URL must begin with redis://, rediss:// or sqlite:/// and a path, or be memory:"
    )
