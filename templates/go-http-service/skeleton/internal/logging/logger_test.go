package logging_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"${{ values.repository.host | replace(r/:\d+$/, '') }}/${{ values.repository.organization }}/${{ values.name }}/internal/logging"
	"${{ values.repository.host | replace(r/:\d+$/, '') }}/${{ values.repository.organization }}/${{ values.name }}/internal/tracing"
)

func TestALineIsJSONAndNamesItsTrace(t *testing.T) {
	var out bytes.Buffer
	log := logging.New(&out, logging.LevelInfo)
	ctx, span := tracing.NewTracer(tracing.Options{}, nil).Start(context.Background(), "work", tracing.KindInternal)

	log.DebugContext(ctx, "left out")
	log.ErrorContext(ctx, "two\nlines \"quoted\"", "err", errors.New("it broke"), "count", 3, "odd", func() {})
	log.Standard().Printf("no trace: %d\n", 7)

	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(lines) != 2 {
		t.Fatalf("got %d lines:\n%s", len(lines), out.String())
	}
	var line map[string]any
	if err := json.Unmarshal([]byte(lines[0]), &line); err != nil {
		t.Fatal(err)
	}
	if line["level"] != "error" || line["msg"] != "two\nlines \"quoted\"" || line["err"] != "it broke" || line["count"] != 3.0 {
		t.Errorf("got %v", line)
	}
	if line["trace_id"] != span.Context().TraceID.String() || line["span_id"] != span.Context().SpanID.String() {
		t.Errorf("got %v, want the ids of %v", line, span.Context())
	}
	if strings.Contains(lines[1], "trace_id") || !strings.Contains(lines[1], `"level":"warn","msg":"no trace: 7"}`) {
		t.Errorf("got %s", lines[1])
	}
}

func TestLevelsAreKnownByName(t *testing.T) {
	for _, name := range []string{"debug", "info", "warn", "error"} {
		if level, err := logging.ParseLevel(name); err != nil || level.String() != name {
			t.Errorf("%s: got %v, %v", name, level, err)
		}
	}
	if level, err := logging.ParseLevel("loud"); err == nil {
		t.Errorf("loud is taken for %v", level)
	}
}
