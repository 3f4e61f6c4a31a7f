// Package service runs the servers, from the first request to the last.
package service

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"time"

	"${{ values.repository.host | replace(r/:\d+$/, '') }}/${{ values.repository.organization }}/${{ values.name }}/internal/api"
	"${{ values.repository.host | replace(r/:\d+$/, '') }}/${{ values.repository.organization }}/${{ values.name }}/internal/config"
	"${{ values.repository.host | replace(r/:\d+$/, '') }}/${{ values.repository.organization }}/${{ values.name }}/internal/logging"
	"${{ values.repository.host | replace(r/:\d+$/, '') }}/${{ values.repository.organization }}/${{ values.name }}/internal/metrics"
	"${{ values.repository.host | replace(r/:\d+$/, '') }}/${{ values.repository.organization }}/${{ values.name }}/internal/tracing"
)

// ErrCutOff says that requests were still under way when time was up.
var ErrCutOff = errors.New("requests were cut off")

// flushTimeout is how long the last spans may take: a collector that does not answer
// must not hold up the exit.
const flushTimeout = 3 * time.Second

// Identity is the service as traces and metrics know it.
type Identity struct {
	Name, Version string
}

// Run serves until the context ends, and then stops without losing a request: it first
// reports itself not ready and goes on serving until no balancer sends traffic here any
// more, then finishes what is under way.
func Run(ctx context.Context, config config.Config, identity Identity, log *logging.Logger) error {
	// What runs on after the context has ended, such as the last lines of the log
	background := context.Background()
	options := config.Tracing.Of(identity.Name, identity.Version)
	tracer := tracing.NewTracer(options, func(err error) {
		log.WarnContext(background, "traces were not sent", "err", err)
	})
	defer func() {
		flushing, cancel := context.WithTimeout(background, flushTimeout)
		defer cancel()
		tracer.Shutdown(flushing)
	}()

	requests := metrics.NewRequests()
	var registry metrics.Registry
	registry.Add(metrics.Target{Name: options.Resource["service.name"], Version: options.Resource["service.version"]})
	registry.Add(requests)
	registry.Add(metrics.Runtime{})
	metricsMux := http.NewServeMux()
	metricsMux.Handle("/metrics", &registry)

	var readiness api.Readiness
	handler := api.New(api.Options{Log: log, Tracer: tracer, Requests: requests, Readiness: &readiness})

	metricsServer, err := listen(config.Host, config.MetricsPort, metricsMux, log)
	if err != nil {
		return err
	}
	defer metricsServer.Close()
	server, err := listen(config.Host, config.Port, handler, log)
	if err != nil {
		return err
	}
	defer server.Close()
	readiness.Set(true)
	log.InfoContext(ctx, "listening", "address", server.address, "metrics", metricsServer.address)

	select {
	case <-ctx.Done():
	case err := <-server.failed:
		return err
	case err := <-metricsServer.failed:
		return err
	}

	readiness.Set(false)
	log.InfoContext(background, "stopping: not ready any more", "delay_ms", config.ShutdownDelay.Milliseconds())
	time.Sleep(config.ShutdownDelay)

	draining, cancel := context.WithTimeout(background, config.ShutdownTimeout)
	defer cancel()
	if err := server.Shutdown(draining); err != nil {
		log.ErrorContext(background, "stopped: requests were cut off", "timeout_ms", config.ShutdownTimeout.Milliseconds())
		return ErrCutOff
	}
	log.InfoContext(background, "stopped: every request was answered")
	return nil
}

// server is one that listens already.
type server struct {
	*http.Server
	address string
	failed  chan error
}

func listen(host string, port int, handler http.Handler, log *logging.Logger) (*server, error) {
	listener, err := net.Listen("tcp", net.JoinHostPort(host, strconv.Itoa(port)))
	if err != nil {
		return nil, fmt.Errorf("cannot listen: %w", err)
	}
	s := &server{
		Server: &http.Server{
			Handler:  handler,
			ErrorLog: log.Standard(),
			// A caller that sends or reads slowly must not hold a connection for good
			ReadHeaderTimeout: 10 * time.Second,
			ReadTimeout:       30 * time.Second,
			WriteTimeout:      30 * time.Second,
			IdleTimeout:       75 * time.Second,
			MaxHeaderBytes:    32 << 10,
		},
		address: "http://" + listener.Addr().String(),
		failed:  make(chan error, 1),
	}
	go func() {
		if err := s.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			s.failed <- err
		}
	}()
	return s, nil
}
