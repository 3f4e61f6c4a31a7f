package api

import (
	"net/http"
	"sync/atomic"
)

// Readiness is whether the service wants traffic.
type Readiness struct {
	ready atomic.Bool
}

// Set says it from now on.
func (r *Readiness) Set(ready bool) {
	r.ready.Store(ready)
}

// get says whether to send traffic here.
func (r *Readiness) get(w http.ResponseWriter, _ *http.Request) error {
	if !r.ready.Load() {
		return writeJSON(w, http.StatusServiceUnavailable, status{"not ready"})
	}
	return writeJSON(w, http.StatusOK, status{"ready"})
}

// getHealth answers as long as the process can serve at all: restarting helps only if
// it does not.
func getHealth(w http.ResponseWriter, _ *http.Request) error {
	return writeJSON(w, http.StatusOK, status{"ok"})
}

type status struct {
	Status string `json:"status"`
}
