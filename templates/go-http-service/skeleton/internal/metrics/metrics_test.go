package metrics

import (
	"math"
	"net/http/httptest"
	"reflect"
	"regexp"
	runtimemetrics "runtime/metrics"
	"strings"
	"testing"
	"time"
)

func scrape(t *testing.T, collectors ...Collector) string {
	t.Helper()
	var registry Registry
	for _, collector := range collectors {
		registry.Add(collector)
	}
	response := httptest.NewRecorder()
	registry.ServeHTTP(response, httptest.NewRequest("GET", "/metrics", nil))
	if got := response.Header().Get("content-type"); got != "text/plain; version=0.0.4; charset=utf-8" {
		t.Errorf("content-type is %q", got)
	}
	return response.Body.String()
}

func TestRequestsAreCountedByMethodRouteAndStatus(t *testing.T) {
	requests := NewRequests()
	requests.Observe("GET", "/v1/things/:id", 200, 3*time.Millisecond)
	requests.Observe("GET", "/v1/things/:id", 200, 250*time.Millisecond)
	requests.Observe("GET", "/v1/things/:id", 200, time.Minute)
	requests.Observe("BREW", "", 404, time.Millisecond)
	text := scrape(t, requests)

	const labels = `http_request_method="GET",http_route="/v1/things/:id",http_response_status_code="200",url_scheme="http"`
	for _, want := range []string{
		`http_server_request_duration_bucket{` + labels + `,le="0.005"} 1`,
		// At most as large as the bound: 250 ms are within 250 ms
		`http_server_request_duration_bucket{` + labels + `,le="0.25"} 2`,
		`http_server_request_duration_bucket{` + labels + `,le="10"} 2`,
		`http_server_request_duration_bucket{` + labels + `,le="+Inf"} 3`,
		`http_server_request_duration_sum{` + labels + `} 60.253`,
		`http_server_request_duration_count{` + labels + `} 3`,
		`http_server_request_duration_count{http_request_method="_OTHER",http_response_status_code="404",url_scheme="http"} 1`,
	} {
		if !strings.Contains(text, want+"\n") {
			t.Errorf("there is no %s in\n%s", want, text)
		}
	}
}

func TestEverySampleIsInTheFormOfPrometheus(t *testing.T) {
	requests := NewRequests()
	requests.Observe("GET", "/", 200, time.Millisecond)
	text := scrape(t, Target{Name: `a "quoted" \ name`, Version: "1.0\n"}, requests, Runtime{})

	sample := regexp.MustCompile(`^[a-z_]+(\{([a-z_]+="([^"\\\n]|\\[\\n"])*",?)+\})? (\+Inf|[0-9.e+-]+)$`)
	names := map[string]bool{}
	for _, line := range strings.Split(strings.TrimSpace(text), "\n") {
		if strings.HasPrefix(line, "# HELP ") || strings.HasPrefix(line, "# TYPE ") {
			continue
		}
		if !sample.MatchString(line) {
			t.Errorf("not a sample: %s", line)
		}
		names[regexp.MustCompile(`^\w+`).FindString(line)] = true
	}
	// What the dashboard and the alerts ask for
	for _, name := range []string{
		"target_info", "go_goroutine_count", "go_memory_used", "go_gc_pause_duration_sum", "go_gc_pause_duration_count",
		"go_schedule_duration_bucket", "go_schedule_duration_count",
	} {
		if !names[name] {
			t.Errorf("there is no %s in\n%s", name, text)
		}
	}
}

func TestBucketsOfTheRuntimeBecomeFewer(t *testing.T) {
	counts, sum := rebucket(&runtimemetrics.Float64Histogram{
		Buckets: []float64{math.Inf(-1), 0, 0.5, 1, 1.5, math.Inf(1)},
		Counts:  []uint64{1, 2, 3, 4, 5},
	}, []float64{0.5, 1.2})
	if want := []uint64{3, 3, 9}; !reflect.DeepEqual(counts, want) {
		t.Errorf("got %v, want %v", counts, want)
	}
	if want := 3*0.5 + 4*1 + 5*1.5; sum != want {
		t.Errorf("got %v, want %v", sum, want)
	}
}
