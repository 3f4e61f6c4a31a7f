package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"${{ values.repository.host | replace(r/:\d+$/, '') }}/${{ values.repository.organization }}/${{ values.name }}/internal/logging"
	"${{ values.repository.host | replace(r/:\d+$/, '') }}/${{ values.repository.organization }}/${{ values.name }}/internal/metrics"
	"${{ values.repository.host | replace(r/:\d+$/, '') }}/${{ values.repository.organization }}/${{ values.name }}/internal/tracing"
)

// newRouter serves routes of a test as those of the service are served.
func newRouter(log io.Writer, routes ...route) *router {
	return &router{
		observer: observer{
			log:      logging.New(log, logging.LevelInfo),
			tracer:   tracing.NewTracer(tracing.Options{}, nil),
			requests: metrics.NewRequests(),
		},
		routes: routes,
	}
}

func ask(handler http.Handler, method, target string, body io.Reader) *httptest.ResponseRecorder {
	response := httptest.NewRecorder()
	handler.ServeHTTP(response, httptest.NewRequest(method, target, body))
	return response
}

func TestAddressesAndMethods(t *testing.T) {
	answer := func(w http.ResponseWriter, r *http.Request) error {
		return writeJSON(w, http.StatusOK, param(r, "a")+" "+param(r, "b"))
	}
	router := newRouter(io.Discard,
		route{method: "GET", pattern: "/x/:a/y/:b", handle: answer},
		route{method: "POST", pattern: "/x/:a/y/:b", handle: answer},
		route{method: "GET", pattern: "/quiet", handle: notFound, quiet: true},
	)
	for _, test := range []struct {
		method, target string
		status         int
		body           string
	}{
		{"GET", "/x/1/y/2", 200, `"1 2"`},
		{"GET", "/x/1/y/2/", 200, `"1 2"`},
		{"POST", "/x/a%2Fb/y/%20", 200, `"a/b  "`},
		{"HEAD", "/x/1/y/2", 200, ""},
		{"DELETE", "/x/1/y/2", 405, "Method Not Allowed"},
		{"GET", "/x/1/z/2", 404, "Not Found"},
		{"GET", "/x/1/y", 404, "Not Found"},
		{"GET", "/", 404, "Not Found"},
		{"GET", "/quiet", 404, "Not Found"},
	} {
		response := ask(router, test.method, test.target, nil)
		if response.Code != test.status || !strings.Contains(response.Body.String(), test.body) {
			t.Errorf("%s %s: got %d %s", test.method, test.target, response.Code, response.Body)
		}
		if test.status == 405 && response.Header().Get("allow") != "GET, POST" {
			t.Errorf("allow is %q", response.Header().Get("allow"))
		}
	}
}

func TestWhatGoesWrongInsideIsForTheLog(t *testing.T) {
	const secret = "the password is hunter2"
	for name, handle := range map[string]handler{
		"error": func(http.ResponseWriter, *http.Request) error { return errors.New(secret) },
		"panic": func(http.ResponseWriter, *http.Request) error { panic(secret) },
	} {
		var log bytes.Buffer
		router := newRouter(&log, route{method: "GET", pattern: "/broken", handle: handle})
		response := ask(router, "GET", "/broken", nil)
		if response.Code != 500 || response.Header().Get("content-type") != "application/problem+json" {
			t.Errorf("%s: got %d %v", name, response.Code, response.Header())
		}
		if strings.Contains(response.Body.String(), secret) {
			t.Errorf("%s: the caller is told %s", name, response.Body)
		}
		lines := strings.Split(strings.TrimSpace(log.String()), "\n")
		if len(lines) != 2 || !strings.Contains(lines[0], secret) || !strings.Contains(lines[0], `"msg":"request failed"`) {
			t.Errorf("%s: the log is %s", name, log.String())
		}
		var line map[string]any
		if err := json.Unmarshal([]byte(lines[1]), &line); err != nil || line["status"] != 500.0 || line["route"] != "/broken" {
			t.Errorf("%s: got %v, %v", name, line, err)
		}
	}
}

func TestWhatACallerTypesIsCapped(t *testing.T) {
	var log bytes.Buffer
	ask(newRouter(&log), "B"+strings.Repeat("R", 5000), "/"+strings.Repeat("%C3%A4", 5000), nil)
	if log.Len() > 600 || !strings.Contains(log.String(), `"method":"_OTHER"`) || !strings.Contains(log.String(), `ä…"`) {
		t.Errorf("the log is %s", log.String())
	}
}

func TestAnAnswerThatHasBegunIsNotAnsweredTwice(t *testing.T) {
	router := newRouter(io.Discard, route{method: "GET", pattern: "/half", handle: func(w http.ResponseWriter, _ *http.Request) error {
		_, _ = io.WriteString(w, "half")
		return errors.New("and no more")
	}})
	if response := ask(router, "GET", "/half", nil); response.Code != 200 || response.Body.String() != "half" {
		t.Errorf("got %d %s", response.Code, response.Body)
	}
}

func TestARequestThatIsTooLargeIsRefused(t *testing.T) {
	router := newRouter(io.Discard, route{method: "POST", pattern: "/read", handle: func(w http.ResponseWriter, r *http.Request) error {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return err
		}
		return writeJSON(w, http.StatusOK, len(body))
	}})
	if response := ask(router, "POST", "/read", strings.NewReader(strings.Repeat("a", maxBodyBytes))); response.Code != 200 {
		t.Errorf("got %d %s", response.Code, response.Body)
	}
	if response := ask(router, "POST", "/read", strings.NewReader(strings.Repeat("a", maxBodyBytes+1))); response.Code != 413 {
		t.Errorf("got %d %s", response.Code, response.Body)
	}
}

func TestAHandlerMayHangUp(t *testing.T) {
	router := newRouter(io.Discard, route{method: "GET", pattern: "/gone", handle: func(http.ResponseWriter, *http.Request) error {
		panic(http.ErrAbortHandler)
	}})
	server := httptest.NewServer(router)
	defer server.Close()
	if response, err := http.Get(server.URL + "/gone"); err == nil {
		response.Body.Close()
		t.Errorf("got %s", response.Status)
	}
}
