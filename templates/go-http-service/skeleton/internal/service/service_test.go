package service_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"${{ values.repository.host | replace(r/:\d+$/, '') }}/${{ values.repository.organization }}/${{ values.name }}/internal/config"
	"${{ values.repository.host | replace(r/:\d+$/, '') }}/${{ values.repository.organization }}/${{ values.name }}/internal/logging"
	"${{ values.repository.host | replace(r/:\d+$/, '') }}/${{ values.repository.organization }}/${{ values.name }}/internal/service"
)

// running is a service that a test started in its own process.
type running struct {
	address, metrics string
	log              *syncBuffer
	stop             context.CancelFunc
	ended            chan error
}

func start(t *testing.T, environment map[string]string) *running {
	t.Helper()
	defaults := map[string]string{"HOST": "127.0.0.1", "PORT": "0", "METRICS_PORT": "0", "SHUTDOWN_DELAY_MS": "0"}
	settings, err := config.Read(func(name string) string {
		if value, ok := environment[name]; ok {
			return value
		}
		return defaults[name]
	})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	t.Cleanup(stop)
	r := &running{log: &syncBuffer{}, stop: stop, ended: make(chan error, 1)}
	go func() {
		r.ended <- service.Run(ctx, settings, service.Identity{Name: "test", Version: "1.2.3"}, logging.New(r.log, logging.LevelInfo))
	}()
	listening := regexp.MustCompile(`"address":"([^"]+)","metrics":"([^"]+)"`)
	eventually(t, "it listens", func() bool {
		found := listening.FindStringSubmatch(r.log.String())
		if found != nil {
			r.address, r.metrics = found[1], found[2]
		}
		return found != nil
	})
	return r
}

func eventually(t *testing.T, what string, is func() bool) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); !is(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("not in ten seconds: %s", what)
		}
	}
}

func get(t *testing.T, address string) (status int, body string) {
	t.Helper()
	response, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(text)
}

// syncBuffer may be written and read at once.
type syncBuffer struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (b *syncBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(p)
}

func (b *syncBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}

func TestMetricsTellOfRequestsByRoute(t *testing.T) {
	running := start(t, map[string]string{"OTEL_SERVICE_NAME": "renamed"})
	get(t, running.address+"/v1/greetings/Ada")
	get(t, running.address+"/nowhere/at/all")
	get(t, running.address+"/healthz")

	_, text := get(t, running.metrics+"/metrics")
	for _, want := range []string{
		`http_server_request_duration_count{http_request_method="GET",http_route="/v1/greetings/:name",http_response_status_code="200",url_scheme="http"} 1`,
		`target_info{service_name="renamed",service_version="1.2.3"} 1`,
		`go_goroutine_count `,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("there is no %s in\n%s", want, text)
		}
	}
	for _, never := range []string{"nowhere", "healthz"} {
		if strings.Contains(text, never) {
			t.Errorf("%s is in\n%s", never, text)
		}
	}
	running.stop()
	if err := <-running.ended; err != nil {
		t.Error(err)
	}
}

func TestARequestThatTakesTooLongIsCutOff(t *testing.T) {
	running := start(t, map[string]string{"SHUTDOWN_TIMEOUT_MS": "50"})
	half, err := net.Dial("tcp", strings.TrimPrefix(running.address, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer half.Close()
	if _, err := io.WriteString(half, "GET /v1/greetings/Ada HTTP/1.1\r\nhost: test\r\n"); err != nil {
		t.Fatal(err)
	}
	// Answered after the half was accepted: connections are taken in their order
	get(t, running.address+"/healthz")
	running.stop()
	if err := <-running.ended; !errors.Is(err, service.ErrCutOff) {
		t.Errorf("got %v", err)
	}
	if !strings.Contains(running.log.String(), "requests were cut off") {
		t.Errorf("the log is %s", running.log)
	}
}

func TestAPortThatIsTakenStopsTheStart(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	port := taken.Addr().(*net.TCPAddr).Port
	for name, settings := range map[string]config.Config{
		"api":     {Host: "127.0.0.1", Port: port},
		"metrics": {Host: "127.0.0.1", MetricsPort: port},
	} {
		err := service.Run(context.Background(), settings, service.Identity{}, logging.New(io.Discard, logging.LevelError))
		if err == nil || !strings.HasPrefix(err.Error(), "cannot listen: ") {
			t.Errorf("%s: got %v", name, err)
		}
	}
}
