package tracing

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

const (
	traceID  = "4bf92f3577b34da6a3ce929d0e0e4736"
	parentID = "00f067aa0ba902b7"
)

func TestATraceComesInAndGoesOut(t *testing.T) {
	for header, valid := range map[string]bool{
		"00-" + traceID + "-" + parentID + "-01":                        true,
		"00-" + traceID + "-" + parentID + "-00":                        true,
		"cc-" + traceID + "-" + parentID + "-01-what the future brings": true,
		"00-" + traceID + "-" + parentID + "-01-more":                   false,
		"ff-" + traceID + "-" + parentID + "-01":                        false,
		"00-" + strings.ToUpper(traceID) + "-" + parentID + "-01":       false,
		"00-" + strings.Repeat("0", 32) + "-" + parentID + "-01":        false,
		"00-" + traceID + "-" + strings.Repeat("0", 16) + "-01":         false,
		"00-" + traceID + "-" + parentID:                                false,
		"00-" + traceID[:31] + "x-" + parentID + "-01":                  false,
		"": false,
	} {
		in := http.Header{}
		in.Set("traceparent", header)
		in.Set("tracestate", "vendor=1")
		got := Extract(in)
		if got.IsValid() != valid {
			t.Errorf("%q: got %+v", header, got)
		}
		out := http.Header{}
		Inject(got, out)
		if !valid {
			if len(out) > 0 {
				t.Errorf("%q: sends %v", header, out)
			}
			continue
		}
		if !strings.HasPrefix(out.Get("traceparent"), "00-"+traceID+"-"+parentID+"-0") || out.Get("tracestate") != "vendor=1" {
			t.Errorf("%q: sends %v", header, out)
		}
	}
	twice := http.Header{"Traceparent": {"00-" + traceID + "-" + parentID + "-01", "00-" + traceID + "-" + parentID + "-01"}}
	if Extract(twice).IsValid() {
		t.Error("two callers cannot both be the one")
	}
}

// collector takes spans as an OpenTelemetry collector does.
type collector struct {
	*httptest.Server
	mu       sync.Mutex
	answers  []int
	requests []*http.Request
	resource []otlpAttribute
	spans    []otlpSpan
}

// startCollector answers with each of the statuses in turn, and then with 200.
func startCollector(t *testing.T, answers ...int) *collector {
	c := &collector{answers: answers}
	c.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.requests = append(c.requests, r)
		if len(c.answers) > 0 {
			status := c.answers[0]
			c.answers = c.answers[1:]
			w.WriteHeader(status)
			return
		}
		var request otlpRequest
		if err := json.NewDecoder(r.Body).Decode(&request); err != nil {
			t.Error(err)
			return
		}
		for _, resource := range request.ResourceSpans {
			c.resource = resource.Resource.Attributes
			for _, scope := range resource.ScopeSpans {
				c.spans = append(c.spans, scope.Spans...)
			}
		}
	}))
	t.Cleanup(c.Close)
	return c
}

func (c *collector) options() Options {
	return Options{
		Endpoint: c.URL + "/v1/traces", Interval: time.Hour, Timeout: 5 * time.Second,
		Header: http.Header{"X-Key": {"secret"}}, Resource: map[string]string{"service.name": "test"},
	}
}

func never(t *testing.T) func(error) {
	return func(err error) { t.Errorf("spans were lost: %v", err) }
}

func TestSpansReachTheCollector(t *testing.T) {
	// Out of order for a moment: it is asked again
	collector := startCollector(t, http.StatusServiceUnavailable)
	tracer := NewTracer(collector.options(), never(t))
	remote := Extract(http.Header{"Traceparent": {"00-" + traceID + "-" + parentID + "-01"}})

	ctx, server := tracer.Start(WithRemote(context.Background(), remote), "work", KindServer)
	server.SetName("GET /")
	server.SetString("http.route", "/")
	server.SetInt("http.response.status_code", 500)
	server.Fail("it broke")

	called := make(chan http.Header, 1)
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		called <- r.Header
		w.WriteHeader(http.StatusTeapot)
	}))
	defer other.Close()
	request, _ := http.NewRequestWithContext(ctx, http.MethodGet, other.URL, nil)
	client := http.Client{Transport: Transport{Tracer: tracer}}
	response, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	if _, err := client.Get("http://127.0.0.1:1/nobody"); err == nil {
		t.Error("nobody answers")
	}
	server.End()
	server.End()
	tracer.Shutdown(context.Background())

	if len(collector.spans) != 3 {
		t.Fatalf("got %+v", collector.spans)
	}
	clientSpan, lost, span := collector.spans[0], collector.spans[1], collector.spans[2]
	if span.TraceID != traceID || span.ParentSpanID != parentID || span.Name != "GET /" || span.Kind != KindServer ||
		span.Status == nil || span.Status.Code != otlpStatusError || span.Status.Message != "it broke" {
		t.Errorf("got %+v", span)
	}
	if *span.Attributes[0].Value.String != "/" || span.Attributes[1].Value.Int != "500" {
		t.Errorf("got %+v", span.Attributes)
	}
	if clientSpan.TraceID != traceID || clientSpan.ParentSpanID != span.SpanID || clientSpan.Kind != KindClient {
		t.Errorf("got %+v", clientSpan)
	}
	if want := "00-" + traceID + "-" + clientSpan.SpanID + "-01"; (<-called).Get("traceparent") != want {
		t.Errorf("the service that was called did not hear %s", want)
	}
	if lost.TraceID == traceID || lost.ParentSpanID != "" || lost.Status == nil {
		t.Errorf("a request that came of none is in a trace of its own: %+v", lost)
	}
	if len(collector.requests) != 2 || collector.requests[1].Header.Get("x-key") != "secret" || collector.requests[1].URL.Path != "/v1/traces" {
		t.Errorf("got %+v", collector.requests)
	}
	if len(collector.resource) != 1 || *collector.resource[0].Value.String != "test" {
		t.Errorf("got %+v", collector.resource)
	}
}

func TestACollectorInTroubleHoldsNobodyUp(t *testing.T) {
	var mu sync.Mutex
	var problems []string
	report := func(err error) {
		mu.Lock()
		defer mu.Unlock()
		problems = append(problems, err.Error())
	}
	held := make(chan struct{})
	stuck := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		select {
		case <-held:
		case <-r.Context().Done():
		}
	}))
	defer stuck.Close()
	defer close(held)
	tracer := NewTracer(Options{Endpoint: stuck.URL, Interval: time.Hour, Timeout: time.Minute}, report)
	// One batch is being sent for ever, the queue is full, and the rest is lost
	for i := 0; i < 2*maxQueued+maxBatch; i++ {
		_, span := tracer.Start(context.Background(), "work", KindInternal)
		span.End()
	}
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	tracer.Shutdown(ended)

	mu.Lock()
	defer mu.Unlock()
	text := strings.Join(problems, "\n")
	if !strings.Contains(text, "the queue was full") || !strings.Contains(text, "context canceled") {
		t.Errorf("got %s", text)
	}
}

func TestARefusalIsReportedOnce(t *testing.T) {
	collector := startCollector(t, http.StatusBadRequest)
	var problems []error
	tracer := NewTracer(collector.options(), func(err error) { problems = append(problems, err) })
	_, span := tracer.Start(context.Background(), "work", KindInternal)
	span.End()
	tracer.Shutdown(context.Background())
	if len(problems) != 1 || !strings.Contains(problems[0].Error(), "1 spans were lost: the collector answers 400") {
		t.Errorf("got %v", problems)
	}
	if len(collector.requests) != 1 {
		t.Errorf("asked %d times", len(collector.requests))
	}
}

func TestWhatTheEnvironmentSaysOfTraces(t *testing.T) {
	read := func(values map[string]string) (Options, error) {
		return ReadOptions(func(name string) string { return values[name] })
	}
	options, err := read(map[string]string{
		"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": "https://collector/custom",
		"OTEL_EXPORTER_OTLP_HEADERS":         "authorization=Bearer%20abc, x-tenant = rail ,",
		"OTEL_EXPORTER_OTLP_TIMEOUT":         "200",
		"OTEL_BSP_SCHEDULE_DELAY":            "50",
		"OTEL_SERVICE_NAME":                  "other",
		"OTEL_RESOURCE_ATTRIBUTES":           "service.name=third,deployment.environment.name=staging",
	})
	if err != nil {
		t.Fatal(err)
	}
	resource := options.Of("service", "1.2.3").Resource
	if options.Endpoint != "https://collector/custom" || options.Header.Get("authorization") != "Bearer abc" || options.Header.Get("x-tenant") != "rail" ||
		options.Timeout != 200*time.Millisecond || options.Interval != 50*time.Millisecond ||
		resource["service.name"] != "other" || resource["service.version"] != "1.2.3" || resource["deployment.environment.name"] != "staging" {
		t.Errorf("got %+v, %v", options, resource)
	}
	for _, off := range []string{"OTEL_SDK_DISABLED=true", "OTEL_TRACES_EXPORTER=none"} {
		name, value, _ := strings.Cut(off, "=")
		if options, err := read(map[string]string{name: value, "OTEL_EXPORTER_OTLP_ENDPOINT": "http://collector"}); err != nil || options.Endpoint != "" {
			t.Errorf("%s: got %+v, %v", off, options, err)
		}
	}
	for name, value := range map[string]string{
		"OTEL_EXPORTER_OTLP_HEADERS": "a secret", "OTEL_RESOURCE_ATTRIBUTES": "=x", "OTEL_EXPORTER_OTLP_TIMEOUT": "soon",
		"OTEL_BSP_SCHEDULE_DELAY": "0", "OTEL_TRACES_SAMPLER": "some", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": "ftp://x",
	} {
		_, err := read(map[string]string{name: value})
		if err == nil || !strings.HasPrefix(err.Error(), name+" must be ") || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s=%s: got %v", name, value, err)
		}
	}
}

func TestWhichTracesAreKept(t *testing.T) {
	kept := SpanContext{TraceID: TraceID{15: 1}, SpanID: SpanID{1}, Sampled: true}
	dropped := SpanContext{TraceID: TraceID{15: 1}, SpanID: SpanID{1}}
	low, high := TraceID{8: 0x10}, TraceID{8: 0xf0}
	for _, test := range []struct {
		name, ratio string
		parent      SpanContext
		id          TraceID
		want        bool
	}{
		{"", "", SpanContext{}, high, true},
		{"", "", kept, high, true},
		{"", "", dropped, high, false},
		{"always_on", "", dropped, high, true},
		{"always_off", "", kept, low, false},
		{"parentbased_always_off", "", kept, low, true},
		{"parentbased_always_off", "", SpanContext{}, low, false},
		{"traceidratio", "0.5", kept, low, true},
		{"traceidratio", "0.5", kept, high, false},
		{"parentbased_traceidratio", "0.5", SpanContext{}, high, false},
		{"parentbased_traceidratio", "0.5", kept, high, true},
		{"traceidratio", "", SpanContext{}, high, true},
	} {
		sampler, err := readSampler(func(name string) string {
			return map[string]string{"OTEL_TRACES_SAMPLER": test.name, "OTEL_TRACES_SAMPLER_ARG": test.ratio}[name]
		})
		if got := sampler.sample(test.parent, test.id); err != nil || got != test.want {
			t.Errorf("%+v: got %v, %v", test, got, err)
		}
	}
	for _, ratio := range []string{"2", "-1", "NaN", "half"} {
		if _, err := readSampler(func(name string) string {
			return map[string]string{"OTEL_TRACES_SAMPLER": "traceidratio", "OTEL_TRACES_SAMPLER_ARG": ratio}[name]
		}); err == nil {
			t.Errorf("%s is taken for a share", ratio)
		}
	}
}
