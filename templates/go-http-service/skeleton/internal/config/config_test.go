package config_test

import (
	"regexp"
	"testing"
	"time"

	"${{ values.repository.host | replace(r/:\d+$/, '') }}/${{ values.repository.organization }}/${{ values.name }}/internal/config"
	"${{ values.repository.host | replace(r/:\d+$/, '') }}/${{ values.repository.organization }}/${{ values.name }}/internal/logging"
)

func environment(values map[string]string) func(string) string {
	return func(name string) string { return values[name] }
}

func TestAnEmptyEnvironmentGivesTheDocumentedDefaults(t *testing.T) {
	got, err := config.Read(environment(nil))
	if err != nil {
		t.Fatal(err)
	}
	if got.Host != "0.0.0.0" || got.Port != 8080 || got.MetricsPort != 9464 || got.LogLevel != logging.LevelInfo ||
		got.ShutdownDelay != 5*time.Second || got.ShutdownTimeout != 20*time.Second || got.Tracing.Endpoint != "" {
		t.Errorf("got %+v", got)
	}
}

func TestWhatTheEnvironmentSaysIsTaken(t *testing.T) {
	got, err := config.Read(environment(map[string]string{
		"HOST": "127.0.0.1", "PORT": "3000", "METRICS_PORT": "0", "LOG_LEVEL": "debug",
		"SHUTDOWN_DELAY_MS": "0", "SHUTDOWN_TIMEOUT_MS": "300",
		"OTEL_EXPORTER_OTLP_ENDPOINT": "http://collector:4318",
	}))
	if err != nil {
		t.Fatal(err)
	}
	if got.Host != "127.0.0.1" || got.Port != 3000 || got.MetricsPort != 0 || got.LogLevel != logging.LevelDebug ||
		got.ShutdownDelay != 0 || got.ShutdownTimeout != 300*time.Millisecond ||
		got.Tracing.Endpoint != "http://collector:4318/v1/traces" {
		t.Errorf("got %+v", got)
	}
}

func TestWhatIsNotValidIsRefusedByName(t *testing.T) {
	for _, test := range []struct{ name, value, want string }{
		{"PORT", "http", "^PORT must be .*\"http\"$"},
		{"PORT", "65536", "^PORT must be .*\"65536\"$"},
		{"METRICS_PORT", "-1", "^METRICS_PORT must be .*\"-1\"$"},
		{"SHUTDOWN_DELAY_MS", "1.5", "^SHUTDOWN_DELAY_MS must be .*\"1.5\"$"},
		{"SHUTDOWN_TIMEOUT_MS", "99999999999", "^SHUTDOWN_TIMEOUT_MS must be "},
		{"LOG_LEVEL", "chatty", "^LOG_LEVEL must be one of debug, .*\"chatty\"$"},
		{"OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4318", "^OTEL_EXPORTER_OTLP_ENDPOINT must be "},
	} {
		_, err := config.Read(environment(map[string]string{test.name: test.value}))
		if err == nil || !regexp.MustCompile(test.want).MatchString(err.Error()) {
			t.Errorf("%s=%s: got %v", test.name, test.value, err)
		}
	}
}
