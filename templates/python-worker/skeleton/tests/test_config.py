import unittest

from worker.config import Config, ConfigError, read_config
from worker.queues.open_queue import open_queue
from worker.service import SERVICE_NAME


class ConfigTest(unittest.TestCase):
    def test_an_empty_environment_gives_the_documented_defaults(self) -> None:
        self.assertEqual(
            read_config({}),
            Config(
                host="0.0.0.0",
                port=8080,
                metrics_port=9464,
                log_level="info",
                shutdown_delay=5,
                shutdown_timeout=20,
                queue_url="sqlite:///data/queue.db",
                queue_name=SERVICE_NAME,
                concurrency=4,
                max_attempts=5,
                retry_delay=1,
                visibility_timeout=30,
            ),
        )

    def test_what_the_environment_says_is_taken(self) -> None:
        config = read_config({"PORT": "0", "RETRY_DELAY_MS": "250", "CONCURRENCY": "16"})
        self.assertEqual((config.port, config.retry_delay, config.concurrency), (0, 0.25, 16))

    def test_what_is_not_valid_is_refused_by_name(self) -> None:
        for name, value in [
            ("PORT", "http"),
            ("PORT", "65536"),
            ("PORT", "１"),
            ("PORT", "9" * 5_000),
            ("METRICS_PORT", "-1"),
            ("SHUTDOWN_DELAY_MS", "1.5"),
            ("CONCURRENCY", "0"),
            ("LOG_LEVEL", "chatty"),
        ]:
            with self.subTest(name=name, value=value[:10]):
                self.assertRaisesRegex(
                    ConfigError, f'^{name} must be .*"{value}"$', read_config, {name: value}
                )

    def test_an_address_that_is_none_is_refused_without_repeating_it(self) -> None:
        for url in [
            "postgres://secret@host/db",
            "redis://:secret@",
            "redis://:secret@host:port",
            "redis://:secret@host/name",
            "redis://:secret@host?tls=no",
            "sqlite://",
            "sqlite:///",
        ]:
            with self.subTest(url=url), self.assertRaises(ConfigError) as caught:
                open_queue(read_config({"QUEUE_URL": url}))
            self.assertRegex(str(caught.exception), "^QUEUE_URL must be")
            self.assertNotIn("secret", str(caught.exception))
