package tracing

import (
	"context"
	"sync"
	"time"
)

// Kind is the part that a span has in a call, with the numbers of OTLP.
type Kind int

// The kinds that this service has use for.
const (
	KindInternal Kind = 1
	KindServer   Kind = 2
	KindClient   Kind = 3
)

// Span is one piece of work. It may be used by several goroutines.
type Span struct {
	tracer  *Tracer
	context SpanContext
	parent  SpanID
	kind    Kind
	start   time.Time

	mu         sync.Mutex
	name       string
	attributes []attribute
	problem    string
	failed     bool
	ended      bool
}

// attribute has a string, a bool or an int as its value.
type attribute struct {
	key   string
	value any
}

// Context is what others are told of the span.
func (s *Span) Context() SpanContext {
	return s.context
}

// SetName gives the span another name than the one it was started with.
func (s *Span) SetName(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.name = name
}

// SetString says something about the work, in the words of OpenTelemetry's conventions.
func (s *Span) SetString(key, value string) {
	s.set(key, value)
}

// SetInt says a number about the work.
func (s *Span) SetInt(key string, value int) {
	s.set(key, value)
}

func (s *Span) set(key string, value any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.attributes = append(s.attributes, attribute{key, value})
}

// Fail marks the work as failed.
func (s *Span) Fail(problem string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.failed, s.problem = true, problem
}

// End ends the work; whatever comes after the first time has no effect.
func (s *Span) End() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ended {
		return
	}
	s.ended = true
	s.tracer.finish(finishedSpan{
		context:    s.context,
		parent:     s.parent,
		kind:       s.kind,
		start:      s.start,
		end:        time.Now(),
		name:       s.name,
		attributes: s.attributes[:len(s.attributes):len(s.attributes)],
		failed:     s.failed,
		problem:    s.problem,
	})
}

// finishedSpan does not change any more.
type finishedSpan struct {
	context    SpanContext
	parent     SpanID
	kind       Kind
	start, end time.Time
	name       string
	attributes []attribute
	failed     bool
	problem    string
}

// SpanOf is the span that a context is in; nil if there is none.
func SpanOf(ctx context.Context) *Span {
	span, _ := ctx.Value(spanKey).(*Span)
	return span
}
