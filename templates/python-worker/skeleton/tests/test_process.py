"""Runs the worker as production does and watches it from outside."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.support.eventually import eventually
from tests.support.http_client import ask, look, put
from tests.support.redis_server import RedisServer, needs_redis
from tests.support.trace_collector import TraceCollector, attributes
from tests.support.worker_process import WorkerProcess
from worker.queues.redis_address import RedisAddress
from worker.queues.redis_client import RedisClient
from worker.service import SERVICE_NAME

TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736"
PARENT_ID = "00f067aa0ba902b7"
HELD = "tests.support.held_worker"


class ProcessTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def test_a_message_belongs_to_the_trace_of_whoever_put_it_in(self) -> None:
        collector = TraceCollector(self)
        worker = WorkerProcess(
            self,
            OTEL_EXPORTER_OTLP_ENDPOINT=collector.url,
            OTEL_EXPORTER_OTLP_HEADERS="authorization=Bearer%20abc",
            OTEL_RESOURCE_ATTRIBUTES="deployment.environment.name=staging",
            OTEL_BSP_SCHEDULE_DELAY="20",
        )
        status, stored = ask(
            f"{worker.url}/v1/messages",
            "POST",
            {"id": "m1", "body": {"name": "Ada"}},
            {"traceparent": f"00-{TRACE_ID}-{PARENT_ID}-01", "tracestate": "vendor=1"},
        )
        self.assertEqual((status, stored["id"]), (202, "m1"))
        done = self.settled(worker, "m1")
        self.assertEqual(done["result"], {"message": "Hello, Ada!", "language": "en"})

        spans = eventually(lambda: collector.spans, lambda spans: len(spans) == 2)
        by_name = {span["name"]: span for span in spans}
        request, work = by_name["POST /v1/messages"], by_name[f"process {SERVICE_NAME}"]
        self.assertEqual({span["traceId"] for span in spans}, {TRACE_ID})
        self.assertEqual((request["parentSpanId"], request["kind"]), (PARENT_ID, 2))
        self.assertEqual((work["parentSpanId"], work["kind"]), (request["spanId"], 5))
        self.assertEqual(work["traceState"], "vendor=1")
        self.assertEqual(attributes(work)["messaging.message.id"], "m1")
        resource = attributes(collector.resources[0])
        self.assertEqual(resource["service.name"], SERVICE_NAME)
        self.assertEqual(resource["deployment.environment.name"], "staging")
        self.assertEqual(collector.headers[0]["Authorization"], "Bearer abc")

        worker.signal(signal.SIGTERM)
        self.assertEqual(worker.exit_code(), 0)
        logged = [line["msg"] for line in worker.log if line.get("trace_id") == TRACE_ID]
        self.assertEqual(sorted(logged), ["message processed", "message put in"])

    def test_metrics_tell_of_messages(self) -> None:
        worker = WorkerProcess(self, QUEUE_NAME="greetings", VISIBILITY_TIMEOUT_MS="300")
        put(worker.url, {"name": "Ada"}, id="good")
        put(worker.url, {"name": ""}, id="bad")
        self.settled(worker, "good")
        self.settled(worker, "bad")
        labels = 'messaging_system="sqlite",messaging_destination_name="greetings"'
        page = eventually(
            lambda: ask(worker.metrics_url)[1],
            lambda page: f'messaging_queue_messages{{{labels},state="dead"}} 1' in page,
        )
        for line in [
            f'messaging_client_consumed_messages_total{{{labels},messaging_operation_name="receive"}} 2',
            f'messaging_process_duration_count{{{labels},messaging_operation_name="process",error_type=""}} 1',
            f'messaging_process_duration_count{{{labels},messaging_operation_name="process",error_type="InvalidMessageError"}} 1',
            f'messaging_settled_message_age_count{{{labels},messaging_operation_name="process",messaging_outcome="processed"}} 1',
            f"messaging_queue_oldest_message_age{{{labels}}} 0",
            f"messaging_process_active{{{labels}}} 0",
        ]:
            self.assertIn(f"{line}\n", page)
        for line in page.splitlines():
            self.assertRegex(line, r'^(# (HELP|TYPE) .+|[a-z_]+(\{(\w+="[^"]*",?)+\})? [-+.\de]+)$')
        self.assertEqual(ask(worker.metrics_url.replace("/metrics", "/"))[0], 404)

    def test_sigterm_not_ready_first_then_what_is_under_way_then_the_end(self) -> None:
        release = self.folder / "release"
        worker = WorkerProcess(
            self, HELD, RELEASE=str(release), SHUTDOWN_DELAY_MS="300", CONCURRENCY="1"
        )
        self.assertEqual(ask(f"{worker.url}/readyz"), (200, {"status": "ready"}))
        put(worker.url, {"name": "Ada"}, id="under way")
        eventually(lambda: worker.logged("handler began"))
        put(worker.url, {"name": "Bob"}, id="waiting")

        # Half of a request is on its way when the signal comes
        address = urlsplit(worker.url)
        connection = socket.create_connection((address.hostname or "", address.port or 0))
        self.addCleanup(connection.close)
        connection.sendall(b"GET /v1/messages/under%20way HTTP/1.1\r\nhost: test\r\n")
        worker.signal(signal.SIGTERM)
        worker.signal(signal.SIGINT)
        eventually(lambda: ask(f"{worker.url}/readyz")[0] == 503)
        self.assertEqual(ask(f"{worker.url}/healthz")[0], 200, "still serving while others notice")

        def refuses() -> bool:
            try:
                ask(f"{worker.url}/healthz")
            except ConnectionError:
                return True
            return False

        eventually(refuses)
        connection.sendall(b"\r\n")
        self.assertRegex(connection.recv(1_000), rb"^HTTP/1.1 200 ")
        self.assertEqual(worker.logged("message processed"), [])
        release.touch()
        self.assertEqual(worker.exit_code(), 0)
        done = [line["message_id"] for line in worker.logged("message processed")]
        self.assertEqual(done, ["under way"])
        self.assertEqual(len(worker.logged("handler began")), 1)

    def test_what_takes_too_long_is_cut_off_and_comes_again_elsewhere(self) -> None:
        release = self.folder / "release"
        settings = {
            "QUEUE_URL": f"sqlite:///{self.folder}/queue.db",
            "RELEASE": str(release),
            "VISIBILITY_TIMEOUT_MS": "400",
        }
        worker = WorkerProcess(self, HELD, **settings, SHUTDOWN_TIMEOUT_MS="50")
        put(worker.url, {"name": "Ada"}, id="long")
        eventually(lambda: worker.logged("handler began"))
        worker.signal(signal.SIGTERM)
        self.assertEqual(worker.exit_code(), 1)
        release.touch()
        self.assertEqual(self.settled(WorkerProcess(self, HELD, **settings), "long")["attempts"], 2)

    def test_a_message_survives_the_death_of_its_worker(self) -> None:
        release = self.folder / "release"
        settings = {
            "QUEUE_URL": f"sqlite:///{self.folder}/queue.db",
            "RELEASE": str(release),
            "VISIBILITY_TIMEOUT_MS": "400",
        }
        worker = WorkerProcess(self, HELD, **settings)
        put(worker.url, {"name": "Ada"}, id="a")
        eventually(lambda: worker.logged("handler began"))
        worker.signal(signal.SIGKILL)
        self.assertEqual(worker.exit_code(), -signal.SIGKILL)

        release.touch()
        done = self.settled(WorkerProcess(self, HELD, **settings), "a")
        self.assertEqual((done["state"], done["attempts"]), ("processed", 2))

    def test_requests_that_are_not_valid(self) -> None:
        worker = WorkerProcess(self)
        messages = f"{worker.url}/v1/messages"
        for body in [
            b"",
            b"\xff",
            b"[]",
            b"{}",
            b'{"body": 1, "more": 2}',
            b'{"body": 1, "id": 5}',
            b'{"body": 1, "id": "a/b"}',
        ]:
            with self.subTest(body=body):
                status, answer = ask(messages, "POST", body)
                self.assertEqual((status, answer["status"]), (400, 400))
        self.assertEqual(ask(messages)[0], 405)
        self.assertEqual(ask(f"{messages}/unknown")[0], 404)
        self.assertEqual(ask(f"{worker.url}/nowhere")[0], 404)
        self.assertEqual(ask(messages, "POST", b"a" * 600_000)[0], 413)
        self.assertEqual(ask(messages, "POST", b"", {"transfer-encoding": "chunked"})[0], 411)
        put(worker.url, {"name": "Ada"}, id="twice")
        self.settled(worker, "twice")
        again = put(worker.url, {"name": "Bob"}, id="twice")
        self.assertEqual(again["result"]["message"], "Hello, Ada!")

    def test_a_mistake_in_the_settings_stops_the_start_with_its_name(self) -> None:
        ended = subprocess.run(
            [sys.executable, "-m", "worker"],
            env=os.environ | {"CONCURRENCY": "many"},
            capture_output=True,
            text=True,
            timeout=10,
            check=False,
        )
        self.assertEqual((ended.returncode, ended.stderr), (1, ""))
        self.assertIn(
            'CONCURRENCY must be a whole number between 1 and 256, got \\"many\\"', ended.stdout
        )

    @needs_redis
    def test_redis_a_message_survives_the_death_of_its_worker(self) -> None:
        server = RedisServer()
        self.addCleanup(server.remove)
        client = RedisClient(RedisAddress.parse(server.url))
        self.addCleanup(client.close)
        release = self.folder / "release"
        settings = {
            "QUEUE_URL": server.url,
            "QUEUE_NAME": "greetings",
            "RELEASE": str(release),
            "VISIBILITY_TIMEOUT_MS": "400",
        }
        first = WorkerProcess(self, HELD, **settings)
        second = WorkerProcess(self, HELD, **settings)
        traceparent = f"00-{TRACE_ID}-{PARENT_ID}-01"
        body = ("id", "a", "body", '{"name": "Ada"}', "traceparent", traceparent)
        client.command("XADD", "greetings", "*", *body)
        client.command("XADD", "greetings", "*", *body)
        dead = eventually(
            lambda: [w for w in (first, second) if w.logged("handler began")],
        )[0]
        dead.signal(signal.SIGKILL)
        dead.exit_code()
        other = second if dead is first else first
        eventually(lambda: other.logged("handler began"))
        release.touch()
        [line] = eventually(lambda: other.logged("message processed"))
        self.assertEqual(line["trace_id"], TRACE_ID)
        eventually(lambda: other.logged("message was processed before"))
        eventually(lambda: client.command("XLEN", "greetings") == 0)
        self.assertEqual(ask(f"{other.url}/v1/messages", "POST", {"body": 1})[0], 404)

        # It stays alive without its queue, and says that it cannot work
        server.stop()
        eventually(lambda: ask(f"{other.url}/readyz")[0] == 503)
        self.assertEqual(ask(f"{other.url}/healthz")[0], 200)
        server.start()
        eventually(lambda: ask(f"{other.url}/readyz")[0] == 200)
        client.command("XADD", "greetings", "*", "id", "b", "body", '{"name": "Bob"}')
        eventually(lambda: len(other.logged("message processed")) == 2)
        other.signal(signal.SIGTERM)
        self.assertEqual(other.exit_code(), 0)
        text = "\n".join(map(str, other.log))
        self.assertNotIn(server.password, text)

    def settled(self, worker: WorkerProcess, message_id: str) -> Any:
        return eventually(
            lambda: look(worker.url, message_id),
            lambda found: found["state"] in ("processed", "dead"),
        )
