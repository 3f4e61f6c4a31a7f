package api_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"testing"

	"${{ values.repository.host | replace(r/:\d+$/, '') }}/${{ values.repository.organization }}/${{ values.name }}/internal/api"
	"${{ values.repository.host | replace(r/:\d+$/, '') }}/${{ values.repository.organization }}/${{ values.name }}/internal/logging"
	"${{ values.repository.host | replace(r/:\d+$/, '') }}/${{ values.repository.organization }}/${{ values.name }}/internal/metrics"
	"${{ values.repository.host | replace(r/:\d+$/, '') }}/${{ values.repository.organization }}/${{ values.name }}/internal/tracing"
)

// contract is a running service and what openapi.yaml promises of it.
type contract struct {
	t         *testing.T
	document  map[string]any
	server    *httptest.Server
	readiness *api.Readiness
}

func startContract(t *testing.T) *contract {
	t.Helper()
	text, err := os.ReadFile("../../openapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	document, err := parseYAML(string(text))
	if err != nil {
		t.Fatalf("openapi.yaml: %v", err)
	}
	readiness := &api.Readiness{}
	server := httptest.NewServer(api.New(api.Options{
		Log:       logging.New(io.Discard, logging.LevelError),
		Tracer:    tracing.NewTracer(tracing.Options{}, nil),
		Requests:  metrics.NewRequests(),
		Readiness: readiness,
	}))
	t.Cleanup(server.Close)
	return &contract{t: t, document: document.(map[string]any), server: server, readiness: readiness}
}

// get asks the service, and holds the answer against what the contract says of that path.
func (c *contract) get(path, address string, status int) map[string]any {
	c.t.Helper()
	response, err := http.Get(c.server.URL + address)
	if err != nil {
		c.t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	if response.StatusCode != status {
		c.t.Fatalf("GET %s answers %d: %s", address, response.StatusCode, text)
	}
	mediaType, _, _ := strings.Cut(response.Header.Get("content-type"), ";")
	schema, err := lookUp(c.document, strings.Join([]string{
		"#", "paths", strings.ReplaceAll(path, "/", "~1"), "get", "responses", fmt.Sprint(status),
		"content", strings.ReplaceAll(mediaType, "/", "~1"), "schema",
	}, "/"))
	if err != nil {
		c.t.Fatalf("openapi.yaml does not describe %d of GET %s in %s: %v", status, path, mediaType, err)
	}
	var body map[string]any
	if err := json.Unmarshal(text, &body); err != nil {
		c.t.Fatalf("GET %s answers %s: %v", address, text, err)
	}
	if err := validate(c.document, schema, body); err != nil {
		c.t.Fatalf("GET %s answers %s: %v", address, text, err)
	}
	return body
}

func TestTheServiceKeepsItsContract(t *testing.T) {
	c := startContract(t)
	const greetings = "/v1/greetings/{name}"

	if got := c.get(greetings, "/v1/greetings/Ada", 200); got["message"] != "Hello, Ada!" || got["language"] != "en" {
		t.Errorf("got %v", got)
	}
	if got := c.get(greetings, "/v1/greetings/Ada/?language=fr", 200); got["message"] != "Bonjour, Ada!" || got["language"] != "fr" {
		t.Errorf("got %v", got)
	}
	name := `<b>"Zoë" & / 🦊</b>`
	if got := c.get(greetings, "/v1/greetings/"+url.PathEscape(name), 200); got["message"] != "Hello, "+name+"!" {
		t.Errorf("a name does not come back as it was sent: %v", got)
	}
	if got := c.get(greetings, "/v1/greetings/Ada?language=tlh", 400); !strings.Contains(got["detail"].(string), "language") {
		t.Errorf("the problem does not name the language: %v", got)
	}
	if got := c.get(greetings, "/v1/greetings/"+strings.Repeat("a", 65), 400); !strings.Contains(got["detail"].(string), "name") {
		t.Errorf("the problem does not name the name: %v", got)
	}

	// Alive before it is ready
	c.get("/healthz", "/healthz", 200)
	c.get("/readyz", "/readyz", 503)
	c.readiness.Set(true)
	c.get("/readyz", "/readyz", 200)
}

func TestEveryPathOfTheContractIsServed(t *testing.T) {
	c := startContract(t)
	c.readiness.Set(true)
	for path := range c.document["paths"].(map[string]any) {
		address := strings.NewReplacer("{", "", "}", "").Replace(path)
		response, err := http.Get(c.server.URL + address)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		if response.StatusCode == http.StatusNotFound {
			t.Errorf("%s is in openapi.yaml and nowhere else", path)
		}
	}
}

func TestTheContractIsReadAsYAML(t *testing.T) {
	got, err := parseYAML("# all of it\na: 1\n'200': { b: [x, \"y: #\\n\", 'it''s'], c: true } # end\nlist:\n  - one\n  - name: two\n    size: 3\n")
	encoded, _ := json.Marshal(got)
	const want = `{"200":{"b":["x","y: #\n","it's"],"c":true},"a":1,"list":["one",{"name":"two","size":3}]}`
	if err != nil || string(encoded) != want {
		t.Errorf("got %s, %v", encoded, err)
	}
	for _, text := range []string{"a: |\n  text", "a: 1\n  b: 2", "a: {b: 1", "a: 'b", "a: 1\na: 2", "just text"} {
		if got, err := parseYAML(text); err == nil {
			t.Errorf("%q is read as %v", text, got)
		}
	}
}
