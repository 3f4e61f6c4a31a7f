package api

import (
	"fmt"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"${{ values.repository.host | replace(r/:\d+$/, '') }}/${{ values.repository.organization }}/${{ values.name }}/internal/logging"
	"${{ values.repository.host | replace(r/:\d+$/, '') }}/${{ values.repository.organization }}/${{ values.name }}/internal/metrics"
	"${{ values.repository.host | replace(r/:\d+$/, '') }}/${{ values.repository.organization }}/${{ values.name }}/internal/tracing"
)

// maxRecordedLength is how many bytes of a path are recorded.
const maxRecordedLength = 256

// observer makes a span, a measurement and a line of the log of each request.
type observer struct {
	log      *logging.Logger
	tracer   *tracing.Tracer
	requests *metrics.Requests
}

func (o observer) serve(w http.ResponseWriter, r *http.Request, found route) {
	start := time.Now()
	method := metrics.MethodLabel(r.Method)
	path := capped(r.URL.Path)
	name := method
	if found.pattern != "" {
		name += " " + found.pattern
	}
	ctx, span := o.tracer.Start(tracing.WithRemote(r.Context(), tracing.Extract(r.Header)), name, tracing.KindServer)
	r = r.WithContext(ctx)
	recorder := &statusRecorder{ResponseWriter: w, status: http.StatusOK}

	defer func() {
		if recovered := recover(); recovered != nil {
			span.Fail("panic")
			span.End()
			if recovered == http.ErrAbortHandler {
				panic(recovered)
			}
			o.log.ErrorContext(ctx, "request failed", "err", fmt.Sprint(recovered), "stack", string(debug.Stack()))
			recorder.fail(&Problem{Status: http.StatusInternalServerError, Detail: "The request could not be served."})
		}
		took := time.Since(start)
		o.requests.Observe(r.Method, found.pattern, recorder.status, took)
		span.SetString("http.request.method", method)
		if found.pattern != "" {
			span.SetString("http.route", found.pattern)
		}
		span.SetString("url.path", path)
		span.SetInt("http.response.status_code", recorder.status)
		if recorder.status >= http.StatusInternalServerError {
			span.Fail("")
		}
		span.End()
		o.log.InfoContext(ctx, "request completed",
			"method", method, "path", path, "route", found.pattern,
			"status", recorder.status, "duration_ms", float64(took.Microseconds())/1000)
	}()

	if err := found.handle(recorder, r); err != nil {
		if toProblem(err).Status >= http.StatusInternalServerError {
			o.log.ErrorContext(ctx, "request failed", "err", err)
		}
		recorder.fail(err)
	}
}

// capped keeps what a caller typed from filling logs and the queue of spans.
func capped(text string) string {
	if len(text) <= maxRecordedLength {
		return text
	}
	return strings.ToValidUTF8(text[:maxRecordedLength], "") + "…"
}

// statusRecorder remembers what was answered.
type statusRecorder struct {
	http.ResponseWriter
	status int
	wrote  bool
}

// WriteHeader implements http.ResponseWriter.
func (s *statusRecorder) WriteHeader(status int) {
	if !s.wrote {
		s.status, s.wrote = status, true
	}
	s.ResponseWriter.WriteHeader(status)
}

// Write implements http.ResponseWriter.
func (s *statusRecorder) Write(body []byte) (int, error) {
	s.wrote = true
	return s.ResponseWriter.Write(body)
}

// Unwrap lets http.ResponseController reach what is below.
func (s *statusRecorder) Unwrap() http.ResponseWriter {
	return s.ResponseWriter
}

// fail answers with a problem, unless an answer has begun.
func (s *statusRecorder) fail(err error) {
	if !s.wrote {
		writeProblem(s, err)
	}
}
