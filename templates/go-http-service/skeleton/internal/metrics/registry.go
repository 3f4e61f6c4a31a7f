// Package metrics counts and measures, and tells Prometheus (text format 0.0.4). Names
// and labels are those of OpenTelemetry's semantic conventions, with _ in place of dots.
package metrics

import (
	"bytes"
	"net/http"
	"sync"
)

// Collector writes the present values of its metrics.
type Collector interface {
	Collect(w *Writer)
}

// Registry holds everything that is told.
type Registry struct {
	mu         sync.Mutex
	collectors []Collector
}

// Add has a collector told from now on.
func (r *Registry) Add(collector Collector) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.collectors = append(r.collectors, collector)
}

// ServeHTTP answers Prometheus.
func (r *Registry) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	r.mu.Lock()
	collectors := r.collectors[:len(r.collectors):len(r.collectors)]
	r.mu.Unlock()

	var text bytes.Buffer
	for _, collector := range collectors {
		collector.Collect(&Writer{out: &text})
	}
	w.Header().Set("content-type", "text/plain; version=0.0.4; charset=utf-8")
	_, _ = w.Write(text.Bytes())
}
