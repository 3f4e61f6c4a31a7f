package metrics

import (
	"math"
	"runtime"
	"runtime/debug"
	runtimemetrics "runtime/metrics"
)

// Target says who is asked (target_info).
type Target struct {
	Name, Version string
}

// Collect implements Collector.
func (t Target) Collect(w *Writer) {
	w.Begin("target_info", "gauge", "Which service this is.")
	w.Sample("target_info", 1, Label{"service_name", t.Name}, Label{"service_version", t.Version})
}

// Runtime tells how Go itself is doing.
type Runtime struct{}

const (
	schedLatencies = "/sched/latencies:seconds"
	memoryTotal    = "/memory/classes/total:bytes"
	memoryReleased = "/memory/classes/heap/released:bytes"
	memoryStacks   = "/memory/classes/heap/stacks:bytes"
)

var scheduleBounds = []float64{0.0001, 0.001, 0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 1}

// Collect implements Collector.
func (Runtime) Collect(w *Writer) {
	samples := []runtimemetrics.Sample{{Name: schedLatencies}, {Name: memoryTotal}, {Name: memoryReleased}, {Name: memoryStacks}}
	runtimemetrics.Read(samples)

	w.Begin("go_goroutine_count", "gauge", "Goroutines there are.")
	w.Sample("go_goroutine_count", float64(runtime.NumGoroutine()))

	w.Begin("go_processor_limit", "gauge", "Threads that run Go code at once.")
	w.Sample("go_processor_limit", float64(runtime.GOMAXPROCS(0)))

	if total, released, stacks := number(samples[1]), number(samples[2]), number(samples[3]); total > 0 {
		w.Begin("go_memory_used", "gauge", "Memory that Go holds, in bytes.")
		w.Sample("go_memory_used", stacks, Label{"go_memory_type", "stack"})
		w.Sample("go_memory_used", total-released-stacks, Label{"go_memory_type", "other"})
	}

	var collections debug.GCStats
	debug.ReadGCStats(&collections)
	w.Begin("go_gc_pause_duration", "summary", "How long everything stood still to collect garbage, in seconds.")
	w.Sample("go_gc_pause_duration_sum", collections.PauseTotal.Seconds())
	w.Sample("go_gc_pause_duration_count", float64(collections.NumGC))

	if samples[0].Value.Kind() == runtimemetrics.KindFloat64Histogram {
		counts, sum := rebucket(samples[0].Value.Float64Histogram(), scheduleBounds)
		w.Begin("go_schedule_duration", "histogram", "How long goroutines that could run waited for a processor, in seconds.")
		w.Histogram("go_schedule_duration", scheduleBounds, counts, sum)
	}
}

func number(sample runtimemetrics.Sample) float64 {
	if sample.Value.Kind() != runtimemetrics.KindUint64 {
		return 0
	}
	return float64(sample.Value.Uint64())
}

// rebucket puts the many narrow buckets of the runtime into a few. One that lies across
// a bound counts above it. The sum is at least that large: each value is taken to be
// the lower end of its bucket.
func rebucket(from *runtimemetrics.Float64Histogram, bounds []float64) (counts []uint64, sum float64) {
	counts = make([]uint64, len(bounds)+1)
	for i, count := range from.Counts {
		lower, upper := from.Buckets[i], from.Buckets[i+1]
		target := 0
		for target < len(bounds) && upper > bounds[target] {
			target++
		}
		counts[target] += count
		if !math.IsInf(lower, -1) {
			sum += lower * float64(count)
		}
	}
	return counts, sum
}
