package tracing

import (
	"context"
	"encoding/hex"
	"net/http"
	"strings"
)

// TraceID is the same for all that came of one request, in every service.
type TraceID [16]byte

// SpanID is one piece of work in a trace.
type SpanID [8]byte

func (id TraceID) String() string { return hex.EncodeToString(id[:]) }
func (id SpanID) String() string  { return hex.EncodeToString(id[:]) }

// SpanContext is what services tell each other of a span (W3C Trace Context, level 1).
type SpanContext struct {
	TraceID TraceID
	SpanID  SpanID
	// Sampled says whether the trace is kept.
	Sampled bool
	// State belongs to tracing systems and is handed on as it came.
	State string
}

// IsValid is false for the zero value, which belongs to no trace.
func (c SpanContext) IsValid() bool {
	return c.TraceID != TraceID{} && c.SpanID != SpanID{}
}

const (
	traceparentHeader = "traceparent"
	tracestateHeader  = "tracestate"
	// What the specification asks everybody to hand on at least
	maxStateLength = 512
)

// Extract reads the trace of the caller; the zero value if there is none that is valid.
func Extract(header http.Header) SpanContext {
	values := header.Values(traceparentHeader)
	if len(values) != 1 {
		return SpanContext{}
	}
	parts := strings.SplitN(strings.TrimSpace(values[0]), "-", 5)
	if len(parts) < 4 || parts[0] == "ff" || (parts[0] == "00" && len(parts) > 4) {
		return SpanContext{}
	}
	var version, flags [1]byte
	var parsed SpanContext
	for i, target := range [][]byte{version[:], parsed.TraceID[:], parsed.SpanID[:], flags[:]} {
		if !decodeHex(target, parts[i]) {
			return SpanContext{}
		}
	}
	parsed.Sampled = flags[0]&1 == 1
	if state := strings.Join(header.Values(tracestateHeader), ","); len(state) <= maxStateLength {
		parsed.State = state
	}
	if !parsed.IsValid() {
		return SpanContext{}
	}
	return parsed
}

// Inject tells the one that is called which trace it is part of.
func Inject(c SpanContext, header http.Header) {
	if !c.IsValid() {
		return
	}
	flags := "00"
	if c.Sampled {
		flags = "01"
	}
	header.Set(traceparentHeader, "00-"+c.TraceID.String()+"-"+c.SpanID.String()+"-"+flags)
	if c.State != "" {
		header.Set(tracestateHeader, c.State)
	}
}

// decodeHex takes exactly as many lower case digits as fill the target.
func decodeHex(target []byte, text string) bool {
	if len(text) != 2*len(target) || strings.ToLower(text) != text {
		return false
	}
	_, err := hex.Decode(target, []byte(text))
	return err == nil
}

type contextKey int

const (
	spanKey contextKey = iota
	remoteKey
)

// SpanContextOf is the span that a context is in; the zero value if there is none.
func SpanContextOf(ctx context.Context) SpanContext {
	if span := SpanOf(ctx); span != nil {
		return span.Context()
	}
	remote, _ := ctx.Value(remoteKey).(SpanContext)
	return remote
}

// WithRemote makes the span of a caller the parent of what is started in the context.
func WithRemote(ctx context.Context, remote SpanContext) context.Context {
	if !remote.IsValid() {
		return ctx
	}
	return context.WithValue(ctx, remoteKey, remote)
}
