// Package api is what the service answers over HTTP. Its contract is openapi.yaml.
package api

import (
	"net/http"

	"${{ values.repository.host | replace(r/:\d+$/, '') }}/${{ values.repository.organization }}/${{ values.name }}/internal/logging"
	"${{ values.repository.host | replace(r/:\d+$/, '') }}/${{ values.repository.organization }}/${{ values.name }}/internal/metrics"
	"${{ values.repository.host | replace(r/:\d+$/, '') }}/${{ values.repository.organization }}/${{ values.name }}/internal/tracing"
)

// Options are what the API is made of.
type Options struct {
	Log       *logging.Logger
	Tracer    *tracing.Tracer
	Requests  *metrics.Requests
	Readiness *Readiness
}

// New puts the API together; the caller decides where it listens.
func New(options Options) http.Handler {
	return &router{
		observer: observer{log: options.Log, tracer: options.Tracer, requests: options.Requests},
		routes: []route{
			{method: http.MethodGet, pattern: "/v1/greetings/:name", handle: getGreeting},
			// Probes come every few seconds and say nothing worth a line, a span or a count
			{method: http.MethodGet, pattern: "/healthz", handle: getHealth, quiet: true},
			{method: http.MethodGet, pattern: "/readyz", handle: options.Readiness.get, quiet: true},
		},
	}
}
