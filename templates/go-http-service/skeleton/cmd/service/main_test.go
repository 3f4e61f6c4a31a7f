package main

import (
	"bufio"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

const asService = "TEST_AS_SERVICE"

// TestMain lets the binary of the tests be the service, too: it is started as a process
// of its own, and told to stop, as it is in production.
func TestMain(m *testing.M) {
	if os.Getenv(asService) != "" {
		os.Exit(run())
	}
	os.Exit(m.Run())
}

// process is a service that runs.
type process struct {
	*exec.Cmd
	address string
	mu      sync.Mutex
	lines   []map[string]any
	// closed once the log has ended
	closed chan struct{}
}

func start(t *testing.T, environment ...string) *process {
	t.Helper()
	p := &process{Cmd: exec.Command(os.Args[0]), closed: make(chan struct{})}
	p.Env = append(os.Environ(), asService+"=1", "HOST=127.0.0.1", "PORT=0", "METRICS_PORT=0", "SHUTDOWN_DELAY_MS=0")
	p.Env = append(p.Env, environment...)
	p.Stderr = os.Stderr
	out, err := p.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.Process.Kill() })
	listening := make(chan string, 1)
	go p.read(t, out, listening)
	select {
	case p.address = <-listening:
	case <-p.closed:
	case <-time.After(10 * time.Second):
		t.Fatal("it does not listen after ten seconds")
	}
	return p
}

func (p *process) read(t *testing.T, out io.Reader, listening chan<- string) {
	defer close(p.closed)
	scanner := bufio.NewScanner(out)
	for scanner.Scan() {
		var line map[string]any
		if err := json.Unmarshal(scanner.Bytes(), &line); err != nil {
			t.Errorf("not a line of JSON: %s", scanner.Text())
			continue
		}
		p.mu.Lock()
		p.lines = append(p.lines, line)
		p.mu.Unlock()
		if line["msg"] == "listening" {
			listening <- line["address"].(string)
		}
	}
}

// exitCode waits for the end.
func (p *process) exitCode() int {
	<-p.closed
	_ = p.Wait()
	return p.ProcessState.ExitCode()
}

func (p *process) get(t *testing.T, path string, header http.Header) int {
	t.Helper()
	request, err := http.NewRequest(http.MethodGet, p.address+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	if header != nil {
		request.Header = header
	}
	// No connection is kept, so that each request meets the process as it is now
	request.Close = true
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return 0
	}
	response.Body.Close()
	return response.StatusCode
}

func eventually(t *testing.T, what string, is func() bool) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); !is(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("not in ten seconds: %s", what)
		}
	}
}

func TestASettingThatIsNotValidStopsTheStart(t *testing.T) {
	p := start(t, "PORT=http")
	if code := p.exitCode(); code != 1 {
		t.Errorf("it ended with %d", code)
	}
	if len(p.lines) != 1 || p.lines[0]["level"] != "error" || !strings.HasPrefix(p.lines[0]["msg"].(string), "PORT must be ") {
		t.Errorf("the log is %v", p.lines)
	}
}

func TestSIGTERM(t *testing.T) {
	p := start(t, "SHUTDOWN_DELAY_MS=1000")
	if status := p.get(t, "/readyz", nil); status != http.StatusOK {
		t.Fatalf("/readyz answers %d", status)
	}

	// Half of a request is on its way when the signal comes
	half, err := net.Dial("tcp", strings.TrimPrefix(p.address, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer half.Close()
	if _, err := io.WriteString(half, "GET /v1/greetings/Ada HTTP/1.1\r\nhost: test\r\n"); err != nil {
		t.Fatal(err)
	}
	for _, signal := range []os.Signal{syscall.SIGTERM, syscall.SIGINT} {
		if err := p.Process.Signal(signal); err != nil {
			t.Fatal(err)
		}
	}

	eventually(t, "/readyz answers 503", func() bool { return p.get(t, "/readyz", nil) == http.StatusServiceUnavailable })
	if status := p.get(t, "/v1/greetings/Bob", nil); status != http.StatusOK {
		t.Errorf("while balancers notice, it answers %d", status)
	}
	eventually(t, "nobody else gets in", func() bool { return p.get(t, "/healthz", nil) == 0 })

	// By now the service waits for this one only
	if _, err := io.WriteString(half, "connection: close\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	answer, err := io.ReadAll(half)
	if err != nil || !strings.HasPrefix(string(answer), "HTTP/1.1 200 ") {
		t.Errorf("the request under way gets %q, %v", answer, err)
	}
	if code := p.exitCode(); code != 0 {
		t.Errorf("it ended with %d", code)
	}
}

func TestARequestBecomesASpanOfItsCallersTrace(t *testing.T) {
	const traceID = "4bf92f3577b34da6a3ce929d0e0e4736"
	received := make(chan string, 10)
	collector := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		received <- string(body)
	}))
	defer collector.Close()

	p := start(t, "OTEL_EXPORTER_OTLP_ENDPOINT="+collector.URL)
	p.get(t, "/v1/greetings/Ada", http.Header{"Traceparent": {"00-" + traceID + "-00f067aa0ba902b7-01"}})
	p.get(t, "/healthz", nil)
	if err := p.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if code := p.exitCode(); code != 0 {
		t.Errorf("it ended with %d", code)
	}

	// Sent at the end, although the next regular moment was seconds away
	close(received)
	var bodies []string
	for body := range received {
		bodies = append(bodies, body)
	}
	text := strings.Join(bodies, "")
	if strings.Count(text, `"spanId"`) != 1 {
		t.Errorf("health checks are not traced: %s", text)
	}
	for _, want := range []string{
		`"traceId":"` + traceID + `"`, `"parentSpanId":"00f067aa0ba902b7"`, `"name":"GET /v1/greetings/:name"`, `"kind":2`,
		`{"key":"http.route","value":{"stringValue":"/v1/greetings/:name"}}`, `{"key":"service.name","value":{"stringValue":"` + name + `"}}`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("there is no %s in %s", want, text)
		}
	}
	var logged []any
	for _, line := range p.lines {
		if line["trace_id"] == traceID {
			logged = append(logged, line["msg"])
		}
	}
	if len(logged) != 1 || logged[0] != "request completed" {
		t.Errorf("logged of that trace: %v", logged)
	}
}
