package tracing

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"sync/atomic"
	"time"
)

const (
	maxQueued   = 2048
	maxBatch    = 512
	maxAttempts = 3
)

// exporter sends spans in the background. Its queue is bounded: when the collector is
// too slow spans are lost, and no request waits.
type exporter struct {
	options Options
	report  func(error)
	client  *http.Client

	queue   chan finishedSpan
	dropped atomic.Int64
	// stopped is closed when nothing more is to come, done when everything was sent.
	stopped, done chan struct{}
	// sending ends what is being sent.
	sending context.Context
	abort   context.CancelFunc
}

func startExporter(options Options, report func(error)) *exporter {
	e := &exporter{
		options: options,
		report:  report,
		client:  &http.Client{Timeout: options.Timeout},
		queue:   make(chan finishedSpan, maxQueued),
		stopped: make(chan struct{}),
		done:    make(chan struct{}),
	}
	e.sending, e.abort = context.WithCancel(context.Background())
	go e.run()
	return e
}

// enqueue never waits.
func (e *exporter) enqueue(span finishedSpan) {
	select {
	case e.queue <- span:
	default:
		e.dropped.Add(1)
	}
}

// shutdown may be called once.
func (e *exporter) shutdown(ctx context.Context) {
	close(e.stopped)
	select {
	case <-e.done:
	case <-ctx.Done():
		e.abort()
		<-e.done
	}
	e.abort()
}

func (e *exporter) run() {
	defer close(e.done)
	ticker := time.NewTicker(e.options.Interval)
	defer ticker.Stop()
	batch := make([]finishedSpan, 0, maxBatch)
	flush := func() {
		e.send(batch)
		batch = batch[:0]
	}
	add := func(span finishedSpan) {
		if batch = append(batch, span); len(batch) == maxBatch {
			flush()
		}
	}
	for {
		select {
		case span := <-e.queue:
			add(span)
		case <-ticker.C:
			flush()
		case <-e.stopped:
			for {
				select {
				case span := <-e.queue:
					add(span)
				default:
					flush()
					return
				}
			}
		}
	}
}

func (e *exporter) send(batch []finishedSpan) {
	if dropped := e.dropped.Swap(0); dropped > 0 {
		e.report(fmt.Errorf("%d spans were lost: the queue was full", dropped))
	}
	if len(batch) == 0 {
		return
	}
	body := encode(e.options.Resource, batch)
	for attempt := 1; ; attempt++ {
		again, err := e.post(body)
		if err == nil {
			return
		}
		if !again || attempt == maxAttempts || !e.wait(time.Duration(attempt)*time.Second) {
			e.report(fmt.Errorf("%d spans were lost: %w", len(batch), err))
			return
		}
	}
}

// post makes one attempt, and says whether another one may help.
func (e *exporter) post(body []byte) (again bool, err error) {
	request, err := http.NewRequestWithContext(e.sending, http.MethodPost, e.options.Endpoint, bytes.NewReader(body))
	if err != nil {
		return false, err
	}
	for key, values := range e.options.Header {
		request.Header[key] = values
	}
	request.Header.Set("content-type", "application/json")
	response, err := e.client.Do(request)
	if err != nil {
		return true, err
	}
	defer response.Body.Close()
	// Read to its end, so that the connection can be used again
	_, _ = io.Copy(io.Discard, io.LimitReader(response.Body, 1<<16))
	switch response.StatusCode {
	case http.StatusOK, http.StatusAccepted, http.StatusNoContent:
		return false, nil
	case http.StatusTooManyRequests, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		again = true
	}
	return again, fmt.Errorf("the collector answers %s", response.Status)
}

// wait is false when there is no time left to try again.
func (e *exporter) wait(duration time.Duration) bool {
	timer := time.NewTimer(duration)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-e.sending.Done():
		return false
	}
}
