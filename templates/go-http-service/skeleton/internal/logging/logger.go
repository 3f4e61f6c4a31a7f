// Package logging writes one JSON object per line, each with the ids of the trace
// that it belongs to.
package logging

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"strings"
	"sync"
	"time"

	"${{ values.repository.host | replace(r/:\d+$/, '') }}/${{ values.repository.organization }}/${{ values.name }}/internal/tracing"
)

// Logger writes lines. Its methods have the form of those of log/slog, which can take
// its place once go.mod asks for Go 1.21.
type Logger struct {
	level Level

	mu  sync.Mutex
	out io.Writer
}

// New makes a logger that leaves out what is less severe than level.
func New(out io.Writer, level Level) *Logger {
	return &Logger{out: out, level: level}
}

// DebugContext logs what helps to find a mistake. args are names and their values, in turn.
func (l *Logger) DebugContext(ctx context.Context, msg string, args ...any) {
	l.write(ctx, LevelDebug, msg, args)
}

// InfoContext logs what happens when all is well.
func (l *Logger) InfoContext(ctx context.Context, msg string, args ...any) {
	l.write(ctx, LevelInfo, msg, args)
}

// WarnContext logs what somebody should look at one day.
func (l *Logger) WarnContext(ctx context.Context, msg string, args ...any) {
	l.write(ctx, LevelWarn, msg, args)
}

// ErrorContext logs what failed.
func (l *Logger) ErrorContext(ctx context.Context, msg string, args ...any) {
	l.write(ctx, LevelError, msg, args)
}

// Standard is a logger of the standard library, for those that know no other, such as
// http.Server. What they say comes as warnings.
func (l *Logger) Standard() *log.Logger {
	return log.New(standard{l}, "", 0)
}

type standard struct {
	logger *Logger
}

// Write implements io.Writer.
func (s standard) Write(line []byte) (int, error) {
	s.logger.WarnContext(context.Background(), strings.TrimSpace(string(line)))
	return len(line), nil
}

func (l *Logger) write(ctx context.Context, level Level, msg string, args []any) {
	if level < l.level {
		return
	}
	var line bytes.Buffer
	line.WriteByte('{')
	appendField(&line, "time", time.Now().UTC().Format("2006-01-02T15:04:05.000Z"))
	appendField(&line, "level", level.String())
	if span := tracing.SpanContextOf(ctx); span.IsValid() {
		appendField(&line, "trace_id", span.TraceID.String())
		appendField(&line, "span_id", span.SpanID.String())
	}
	for i := 0; i+1 < len(args); i += 2 {
		appendField(&line, fmt.Sprint(args[i]), args[i+1])
	}
	appendField(&line, "msg", msg)
	line.WriteString("}\n")

	l.mu.Lock()
	defer l.mu.Unlock()
	// A log that cannot be written is no reason to fail a request
	_, _ = l.out.Write(line.Bytes())
}

func appendField(line *bytes.Buffer, name string, value any) {
	if err, ok := value.(error); ok {
		value = err.Error()
	}
	encoded, err := json.Marshal(value)
	if err != nil {
		encoded, _ = json.Marshal(fmt.Sprint(value))
	}
	if line.Len() > 1 {
		line.WriteByte(',')
	}
	key, _ := json.Marshal(name)
	line.Write(key)
	line.WriteByte(':')
	line.Write(encoded)
}
