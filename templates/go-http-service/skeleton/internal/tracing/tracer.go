// Package tracing follows requests through services: it continues the trace of a
// caller (W3C Trace Context), and sends spans to a collector (OTLP over HTTP, in JSON).
// It is as much of OpenTelemetry as this service needs, and its settings, names and
// formats are those of OpenTelemetry; the SDK can take its place.
package tracing

import (
	"context"
	"crypto/rand"
	"time"
)

// Tracer starts spans.
type Tracer struct {
	sampler  Sampler
	exporter *exporter
}

// NewTracer makes a tracer. Without an endpoint in the options nothing leaves the
// process, and spans have ids all the same. report hears of spans that were lost.
func NewTracer(options Options, report func(error)) *Tracer {
	tracer := &Tracer{sampler: options.Sampler}
	if options.Endpoint != "" {
		tracer.exporter = startExporter(options, report)
	}
	return tracer
}

// Start begins a span below the one that the context is in, else a trace of its own.
func (t *Tracer) Start(ctx context.Context, name string, kind Kind) (context.Context, *Span) {
	parent := SpanContextOf(ctx)
	span := &Span{tracer: t, name: name, kind: kind, start: time.Now(), parent: parent.SpanID}
	span.context.SpanID = newSpanID()
	span.context.State = parent.State
	span.context.TraceID = parent.TraceID
	if !parent.IsValid() {
		span.context.TraceID = newTraceID()
	}
	span.context.Sampled = t.sampler.sample(parent, span.context.TraceID)
	return context.WithValue(ctx, spanKey, span), span
}

// Shutdown sends what is waiting to be sent, for as long as the context lasts.
func (t *Tracer) Shutdown(ctx context.Context) {
	if t.exporter != nil {
		t.exporter.shutdown(ctx)
	}
}

func (t *Tracer) finish(span finishedSpan) {
	if t.exporter != nil && span.context.Sampled {
		t.exporter.enqueue(span)
	}
}

func newTraceID() (id TraceID) {
	fill(id[:])
	return id
}

func newSpanID() (id SpanID) {
	fill(id[:])
	return id
}

func fill(id []byte) {
	if _, err := rand.Read(id); err != nil {
		// The system has no random numbers: nothing would be safe any more
		panic(err)
	}
}
