package tracing

import (
	"encoding/binary"
	"fmt"
	"strconv"
	"strings"
)

// Sampler decides which traces are kept. The zero value keeps all that the caller keeps.
type Sampler struct {
	// dropped is the share of traces that are not kept, 0 to 1.
	dropped float64
	// alone does not ask what the caller decided.
	alone bool
}

func (s Sampler) sample(parent SpanContext, id TraceID) bool {
	if parent.IsValid() && !s.alone {
		return parent.Sampled
	}
	// As other services decide of the same trace (TraceIdRatioBased)
	share := float64(binary.BigEndian.Uint64(id[8:])>>1) / (1 << 63)
	return share < 1-s.dropped
}

// readSampler reads OTEL_TRACES_SAMPLER and OTEL_TRACES_SAMPLER_ARG.
func readSampler(getenv func(string) string) (Sampler, error) {
	name := getenv("OTEL_TRACES_SAMPLER")
	kind := strings.TrimPrefix(name, "parentbased_")
	sampler := Sampler{alone: kind == name && name != ""}
	switch kind {
	case "", "always_on":
	case "always_off":
		sampler.dropped = 1
	case "traceidratio":
		if text := getenv("OTEL_TRACES_SAMPLER_ARG"); text != "" {
			kept, err := strconv.ParseFloat(text, 64)
			if err != nil || !(kept >= 0 && kept <= 1) {
				return Sampler{}, fmt.Errorf("OTEL_TRACES_SAMPLER_ARG must be a number between 0 and 1, got %q", text)
			}
			sampler.dropped = 1 - kept
		}
	default:
		return Sampler{}, fmt.Errorf("OTEL_TRACES_SAMPLER must be always_on, always_off or traceidratio, with or without parentbased_ before it, got %q", name)
	}
	return sampler, nil
}
