"""Settings of the worker, all of them read from the environment."""

from collections.abc import Mapping
from dataclasses import dataclass

from worker.service import SERVICE_NAME
from worker.telemetry.logs import LOG_LEVELS


class ConfigError(Exception):
    """A setting that is not valid, with its name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Times are in seconds here, and in milliseconds in the environment."""

    host: str
    """Address for health checks, messages put in by hand, and metrics."""
    port: int
    """Port for health checks and messages put in by hand; 0 takes any free one."""
    metrics_port: int
    """Port of the Prometheus endpoint; 0 takes any free one."""
    log_level: str
    shutdown_delay: float
    """How long health checks and messages are still answered after SIGTERM, not ready."""
    shutdown_timeout: float
    """How long messages under way may take after that."""
    queue_url: str
    """redis://…, rediss://…, sqlite:///path or memory: (may hold a password)."""
    queue_name: str
    """The stream the messages are in."""
    concurrency: int
    """Messages under way at the same time."""
    max_attempts: int
    """Attempts until a message is put among the dead ones."""
    retry_delay: float
    """Pause before the second attempt; each further one is twice as long."""
    visibility_timeout: float
    """After this long without a sign of life, somebody else takes the message over."""


def read_config(environment: Mapping[str, str]) -> Config:
    """Reads the settings and refuses anything that is not valid.

    A mistake then stops the rollout instead of surfacing in production.
    """
    return Config(
        host=environment.get("HOST") or "0.0.0.0",  # noqa: S104 (a container has one address)
        port=_read_integer(environment, "PORT", 8080, 0, 65_535),
        metrics_port=_read_integer(environment, "METRICS_PORT", 9464, 0, 65_535),
        log_level=_read_log_level(environment),
        shutdown_delay=_read_milliseconds(environment, "SHUTDOWN_DELAY_MS", 5_000, 0),
        shutdown_timeout=_read_milliseconds(environment, "SHUTDOWN_TIMEOUT_MS", 20_000, 0),
        # Where nothing is said, a file beside the code: enough for one machine
        queue_url=environment.get("QUEUE_URL") or "sqlite:///data/queue.db",
        queue_name=environment.get("QUEUE_NAME") or SERVICE_NAME,
        concurrency=_read_integer(environment, "CONCURRENCY", 4, 1, 256),
        max_attempts=_read_integer(environment, "MAX_ATTEMPTS", 5, 1, 100),
        retry_delay=_read_milliseconds(environment, "RETRY_DELAY_MS", 1_000, 1),
        visibility_timeout=_read_milliseconds(environment, "VISIBILITY_TIMEOUT_MS", 30_000, 100),
    )


def _read_integer(
    environment: Mapping[str, str], name: str, fallback: int, least: int, most: int
) -> int:
    text = environment.get(name, "")
    if text == "":
        return fallback
    # int() takes more than that, such as 1_000 and digits of other scripts
    if not (text.isascii() and text.isdigit() and least <= int(text[:12]) <= most):
        raise ConfigError(f'{name} must be a whole number between {least} and {most}, got "{text}"')
    return int(text)


def _read_milliseconds(
    environment: Mapping[str, str], name: str, fallback: int, least: int
) -> float:
    return _read_integer(environment, name, fallback, least, 300_000) / 1_000


def _read_log_level(environment: Mapping[str, str]) -> str:
    level = environment.get("LOG_LEVEL") or "info"
    if level not in LOG_LEVELS:
        raise ConfigError(f'LOG_LEVEL must be one of {", ".join(LOG_LEVELS)}, got "{level}"')
    return level
