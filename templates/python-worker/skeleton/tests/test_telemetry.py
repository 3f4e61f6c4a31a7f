import io
import json
import logging
import time
import unittest

from tests.support.eventually import eventually
from tests.support.trace_collector import TraceCollector
from worker.telemetry.logs import JsonFormatter, fields
from worker.telemetry.otlp import OtlpExporter, OtlpSettings
from worker.telemetry.trace_context import SpanContext
from worker.telemetry.tracer import Span, SpanKind, Tracer

TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736"
SPAN_ID = "00f067aa0ba902b7"


class TelemetryTest(unittest.TestCase):
    def setUp(self) -> None:
        self.output = io.StringIO()
        handler = logging.StreamHandler(self.output)
        handler.setFormatter(JsonFormatter())
        self.root = logging.getLogger()
        self.root.addHandler(handler)
        self.addCleanup(self.root.removeHandler, handler)

    def lines(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.output.getvalue().splitlines()]

    def times_told(self) -> int:
        return self.output.getvalue().count("traces cannot be sent")

    def test_trace_context_of_others(self) -> None:
        for text in [f"00-{TRACE_ID}-{SPAN_ID}-01", f"01-{TRACE_ID}-{SPAN_ID}-03-more"]:
            with self.subTest(text=text):
                context = SpanContext.parse(text, "a=1")
                self.assertEqual(context, SpanContext(TRACE_ID, SPAN_ID, True, "a=1"))
        unsampled = SpanContext.parse(f"00-{TRACE_ID}-{SPAN_ID}-00", "a" * 600)
        self.assertEqual(unsampled, SpanContext(TRACE_ID, SPAN_ID, False))
        for text in [
            "",
            "00",
            f"ff-{TRACE_ID}-{SPAN_ID}-01",
            f"00-{TRACE_ID}-{SPAN_ID}-01-more",
            f"00-{'0' * 32}-{SPAN_ID}-01",
            f"00-{TRACE_ID}-{'0' * 16}-01",
            f"00-{TRACE_ID.upper()}-{SPAN_ID}-01",
        ]:
            with self.subTest(text=text):
                self.assertIsNone(SpanContext.parse(text))

    def test_spans_nest_in_the_log_and_only_sampled_ones_leave(self) -> None:
        spans: list[Span] = []
        tracer = Tracer(spans.append)
        parent = SpanContext(TRACE_ID, SPAN_ID, False)
        with tracer.span("kept to itself", SpanKind.SERVER, parent, {}):
            logging.getLogger("test").warning("within")
        with (
            self.assertRaises(ZeroDivisionError),
            tracer.span("fails", SpanKind.CONSUMER, None, {}) as span,
        ):
            span.attributes["n"] = 1 // 0
        logging.getLogger("test").error("after", extra=fields(n=1), exc_info=ValueError("bad"))
        self.assertEqual([span.name for span in spans], ["fails"])
        self.assertEqual(spans[0].attributes, {"error.type": "ZeroDivisionError"})
        within, after = self.lines()
        self.assertEqual((within["trace_id"], within["level"]), (TRACE_ID, "warn"))
        self.assertNotIn("trace_id", after)
        self.assertEqual((after["n"], after["msg"]), (1, "after"))
        self.assertIn("bad", str(after["err"]))

    def test_where_traces_go(self) -> None:
        self.assertIsNone(OtlpSettings.read({}))
        base = {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://collector:4318/"}
        self.assertIsNone(OtlpSettings.read(base | {"OTEL_SDK_DISABLED": "TRUE"}))
        self.assertIsNone(OtlpSettings.read(base | {"OTEL_TRACES_EXPORTER": "none"}))
        self.assertIsNone(OtlpSettings.read({"OTEL_EXPORTER_OTLP_ENDPOINT": "file:///etc"}))
        settings = OtlpSettings.read(base | {"OTEL_SERVICE_NAME": "another"})
        self.assertEqual(settings and settings.url, "http://collector:4318/v1/traces")
        self.assertEqual(settings and settings.resource["service.name"], "another")

    def test_a_collector_that_is_away_or_refuses_never_holds_anything_up(self) -> None:
        collector = TraceCollector(self, status=500)
        for told, url in enumerate(["http://127.0.0.1:9", collector.url]):
            with self.subTest(url=url):
                settings = OtlpSettings.read(
                    {"OTEL_EXPORTER_OTLP_ENDPOINT": url, "OTEL_BSP_SCHEDULE_DELAY": "1"}
                )
                assert settings is not None
                exporter = OtlpExporter(settings)
                tracer = Tracer(exporter.export)
                began = time.monotonic()
                for _ in range(5_000):
                    with tracer.span("work", SpanKind.CONSUMER, None, {}):
                        pass
                self.assertLess(time.monotonic() - began, 5)
                eventually(self.times_told, lambda times, told=told: times > told)
                exporter.stop(5)
        self.assertGreater(len(collector.spans), 0)
