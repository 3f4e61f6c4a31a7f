package tracing

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// Options say which traces are kept, and where they go. The zero value keeps them all
// and sends them nowhere.
type Options struct {
	// Endpoint is where spans are sent; empty for nowhere.
	Endpoint string
	// Header goes with every batch, such as a credential.
	Header http.Header
	// Timeout is how long an attempt to send may take.
	Timeout time.Duration
	// Interval is how long a span waits for others at most.
	Interval time.Duration
	// Resource says who sends, as pairs of key and value.
	Resource map[string]string
	// Sampler says which traces are kept.
	Sampler Sampler
}

const (
	defaultTimeout  = 10 * time.Second
	defaultInterval = 5 * time.Second
)

// ReadOptions reads the variables that every SDK of OpenTelemetry reads.
func ReadOptions(getenv func(string) string) (Options, error) {
	options := Options{Resource: map[string]string{}}
	var err error
	if options.Endpoint, err = readEndpoint(getenv); err != nil {
		return Options{}, err
	}
	if options.Timeout, err = readMilliseconds(getenv, "OTEL_EXPORTER_OTLP_TIMEOUT", defaultTimeout); err != nil {
		return Options{}, err
	}
	if options.Interval, err = readMilliseconds(getenv, "OTEL_BSP_SCHEDULE_DELAY", defaultInterval); err != nil {
		return Options{}, err
	}
	headers, err := readPairs(getenv, "OTEL_EXPORTER_OTLP_HEADERS")
	if err != nil {
		return Options{}, err
	}
	options.Header = http.Header{}
	for key, value := range headers {
		options.Header.Set(key, value)
	}
	if options.Resource, err = readPairs(getenv, "OTEL_RESOURCE_ATTRIBUTES"); err != nil {
		return Options{}, err
	}
	if name := getenv("OTEL_SERVICE_NAME"); name != "" {
		options.Resource["service.name"] = name
	}
	options.Sampler, err = readSampler(getenv)
	return options, err
}

// Of completes who sends, where the environment does not say.
func (o Options) Of(name, version string) Options {
	resource := map[string]string{"service.name": name, "service.version": version}
	for key, value := range o.Resource {
		resource[key] = value
	}
	o.Resource = resource
	return o
}

func readEndpoint(getenv func(string) string) (string, error) {
	if getenv("OTEL_SDK_DISABLED") == "true" || getenv("OTEL_TRACES_EXPORTER") == "none" {
		return "", nil
	}
	name, path := "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", ""
	if getenv(name) == "" {
		name, path = "OTEL_EXPORTER_OTLP_ENDPOINT", "/v1/traces"
	}
	text := getenv(name)
	if text == "" {
		return "", nil
	}
	address, err := url.Parse(text)
	if err != nil || address.Host == "" || (address.Scheme != "http" && address.Scheme != "https") {
		return "", fmt.Errorf("%s must be an address such as http://collector:4318, got %q", name, text)
	}
	address.Path = strings.TrimSuffix(address.Path, "/") + path
	return address.String(), nil
}

func readMilliseconds(getenv func(string) string, name string, fallback time.Duration) (time.Duration, error) {
	text := getenv(name)
	if text == "" {
		return fallback, nil
	}
	value, err := strconv.ParseUint(text, 10, 31)
	if err != nil || value == 0 {
		return 0, fmt.Errorf("%s must be a number of milliseconds, got %q", name, text)
	}
	return time.Duration(value) * time.Millisecond, nil
}

// readPairs reads `key=value,key=value`, with values that are escaped as in addresses.
func readPairs(getenv func(string) string, name string) (map[string]string, error) {
	pairs := map[string]string{}
	for _, entry := range strings.Split(getenv(name), ",") {
		if strings.TrimSpace(entry) == "" {
			continue
		}
		key, value, found := strings.Cut(entry, "=")
		decoded, err := url.PathUnescape(strings.TrimSpace(value))
		if key = strings.TrimSpace(key); !found || key == "" || err != nil {
			// It may hold a credential: not even in the message
			return nil, fmt.Errorf("%s must be a list such as key=value,key=value", name)
		}
		pairs[key] = decoded
	}
	return pairs, nil
}
