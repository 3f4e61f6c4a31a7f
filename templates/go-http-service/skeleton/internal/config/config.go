// Package config reads the settings of the service, all of them from the environment.
package config

import (
	"fmt"
	"strconv"
	"time"

	"${{ values.repository.host | replace(r/:\d+$/, '') }}/${{ values.repository.organization }}/${{ values.name }}/internal/logging"
	"${{ values.repository.host | replace(r/:\d+$/, '') }}/${{ values.repository.organization }}/${{ values.name }}/internal/tracing"
)

// Config is what can be set from outside.
type Config struct {
	// Host is the address to listen on.
	Host string
	// Port of the API; 0 takes any free one.
	Port int
	// MetricsPort is where Prometheus asks; 0 takes any free one.
	MetricsPort int
	// LogLevel is the least severe level that is logged.
	LogLevel logging.Level
	// ShutdownDelay is how long the service goes on serving after it has reported itself not ready.
	ShutdownDelay time.Duration
	// ShutdownTimeout is how long requests under way may take after that.
	ShutdownTimeout time.Duration
	// Tracing says which traces go where.
	Tracing tracing.Options
}

// Read takes the settings from an environment, given as a function like os.Getenv.
// It refuses anything that is not valid and names the variable, so that a mistake
// stops the rollout instead of surfacing in production.
func Read(getenv func(string) string) (Config, error) {
	reader := reader{getenv: getenv}
	config := Config{
		Host:            reader.text("HOST", "0.0.0.0"),
		Port:            reader.integer("PORT", 8080, 65_535),
		MetricsPort:     reader.integer("METRICS_PORT", 9464, 65_535),
		LogLevel:        reader.level("LOG_LEVEL", logging.LevelInfo),
		ShutdownDelay:   reader.milliseconds("SHUTDOWN_DELAY_MS", 5_000),
		ShutdownTimeout: reader.milliseconds("SHUTDOWN_TIMEOUT_MS", 20_000),
	}
	if reader.err != nil {
		return Config{}, reader.err
	}
	var err error
	config.Tracing, err = tracing.ReadOptions(getenv)
	return config, err
}

// reader keeps the first thing that was wrong.
type reader struct {
	getenv func(string) string
	err    error
}

func (r *reader) text(name, fallback string) string {
	if value := r.getenv(name); value != "" {
		return value
	}
	return fallback
}

func (r *reader) integer(name string, fallback, max int) int {
	text := r.getenv(name)
	if text == "" {
		return fallback
	}
	value, err := strconv.ParseUint(text, 10, 31)
	if err != nil || int(value) > max {
		r.fail("%s must be a whole number between 0 and %d, got %q", name, max, text)
	}
	return int(value)
}

func (r *reader) milliseconds(name string, fallback int) time.Duration {
	return time.Duration(r.integer(name, fallback, 300_000)) * time.Millisecond
}

func (r *reader) level(name string, fallback logging.Level) logging.Level {
	text := r.getenv(name)
	if text == "" {
		return fallback
	}
	level, err := logging.ParseLevel(text)
	if err != nil {
		r.fail("%s %w", name, err)
	}
	return level
}

func (r *reader) fail(format string, values ...any) {
	if r.err == nil {
		r.err = fmt.Errorf(format, values...)
	}
}
