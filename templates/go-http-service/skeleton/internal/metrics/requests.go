package metrics

import (
	"net/http"
	"sort"
	"strconv"
	"sync"
	"time"
)

// requestBounds are the ones that the conventions advise, in seconds.
var requestBounds = []float64{0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10}

var knownMethods = map[string]bool{
	http.MethodConnect: true, http.MethodDelete: true, http.MethodGet: true, http.MethodHead: true, http.MethodOptions: true,
	http.MethodPatch: true, http.MethodPost: true, http.MethodPut: true, http.MethodTrace: true,
}

// Requests measures how long requests take (http.server.request.duration).
type Requests struct {
	mu     sync.Mutex
	series map[requestLabels]*durations
}

type requestLabels struct {
	method, route, status string
}

type durations struct {
	counts []uint64
	sum    float64
}

// NewRequests starts to measure.
func NewRequests() *Requests {
	return &Requests{series: map[requestLabels]*durations{}}
}

// Observe counts a request that was answered. The route is empty for an address at
// which there is nothing.
func (r *Requests) Observe(method, route string, status int, took time.Duration) {
	key := requestLabels{method: MethodLabel(method), route: route, status: strconv.Itoa(status)}
	seconds := took.Seconds()

	r.mu.Lock()
	defer r.mu.Unlock()
	series := r.series[key]
	if series == nil {
		series = &durations{counts: make([]uint64, len(requestBounds)+1)}
		r.series[key] = series
	}
	series.counts[sort.SearchFloat64s(requestBounds, seconds)]++
	series.sum += seconds
}

// Collect implements Collector.
func (r *Requests) Collect(w *Writer) {
	r.mu.Lock()
	defer r.mu.Unlock()
	keys := make([]requestLabels, 0, len(r.series))
	for key := range r.series {
		keys = append(keys, key)
	}
	sort.Slice(keys, func(i, j int) bool {
		a, b := keys[i], keys[j]
		return a.route+" "+a.method+" "+a.status < b.route+" "+b.method+" "+b.status
	})
	const name = "http_server_request_duration"
	w.Begin(name, "histogram", "How long requests took, in seconds.")
	for _, key := range keys {
		series := r.series[key]
		w.Histogram(name, requestBounds, series.counts, series.sum,
			Label{"http_request_method", key.method},
			Label{"http_route", key.route},
			Label{"http_response_status_code", key.status},
			Label{"url_scheme", "http"})
	}
}

// MethodLabel is what the conventions say of methods that nobody knows.
func MethodLabel(method string) string {
	if knownMethods[method] {
		return method
	}
	return "_OTHER"
}
