package tracing

import (
	"net/http"
)

// Transport makes requests to other services part of the trace. A client that calls
// others is made like this:
//
//	client := &http.Client{Transport: tracing.Transport{Tracer: tracer}, Timeout: 5 * time.Second}
type Transport struct {
	Tracer *Tracer
	// Base sends the request; nil stands for http.DefaultTransport.
	Base http.RoundTripper
}

// RoundTrip sends a request with the trace that its context is in.
func (t Transport) RoundTrip(request *http.Request) (*http.Response, error) {
	ctx, span := t.Tracer.Start(request.Context(), request.Method, KindClient)
	defer span.End()
	span.SetString("http.request.method", request.Method)
	span.SetString("server.address", request.URL.Hostname())

	// A transport must not change the request it was given
	request = request.Clone(ctx)
	Inject(span.Context(), request.Header)
	base := t.Base
	if base == nil {
		base = http.DefaultTransport
	}
	response, err := base.RoundTrip(request)
	if err != nil {
		span.Fail(err.Error())
		return nil, err
	}
	span.SetInt("http.response.status_code", response.StatusCode)
	if response.StatusCode >= 400 {
		span.Fail("")
	}
	return response, nil
}
