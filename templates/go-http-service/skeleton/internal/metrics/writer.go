package metrics

import (
	"bytes"
	"math"
	"strconv"
	"strings"
)

// Label tells series of one metric apart. Its value comes from a small set, and never
// from what a caller typed; an empty one is left out.
type Label struct {
	Name, Value string
}

// Writer writes metrics as Prometheus reads them.
type Writer struct {
	out *bytes.Buffer
}

// Begin says what the samples that follow are.
func (w *Writer) Begin(name, kind, help string) {
	w.out.WriteString("# HELP " + name + " " + help + "\n# TYPE " + name + " " + kind + "\n")
}

// Sample writes one value.
func (w *Writer) Sample(name string, value float64, labels ...Label) {
	w.out.WriteString(name)
	separator := "{"
	for _, label := range labels {
		if label.Value != "" {
			w.out.WriteString(separator + label.Name + `="` + escape.Replace(label.Value) + `"`)
			separator = ","
		}
	}
	if separator == "," {
		w.out.WriteByte('}')
	}
	w.out.WriteString(" " + format(value) + "\n")
}

// Histogram writes how many values were at most as large as each bound, and their sum.
// counts has one more entry than bounds, for those that were larger.
func (w *Writer) Histogram(name string, bounds []float64, counts []uint64, sum float64, labels ...Label) {
	var total uint64
	for i, count := range counts {
		bound := math.Inf(1)
		if i < len(bounds) {
			bound = bounds[i]
		}
		total += count
		w.Sample(name+"_bucket", float64(total), append(labels[:len(labels):len(labels)], Label{"le", format(bound)})...)
	}
	w.Sample(name+"_sum", sum, labels...)
	w.Sample(name+"_count", float64(total), labels...)
}

var escape = strings.NewReplacer(`\`, `\\`, "\n", `\n`, `"`, `\"`)

func format(value float64) string {
	if math.IsInf(value, 1) {
		return "+Inf"
	}
	return strconv.FormatFloat(value, 'g', -1, 64)
}
