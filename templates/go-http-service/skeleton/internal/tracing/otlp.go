package tracing

import (
	"encoding/json"
	"sort"
	"strconv"
	"time"
)

// What follows is the JSON form of OTLP (ExportTraceServiceRequest), as far as it is
// needed: ids in hexadecimal, 64 bit numbers as text.

type otlpRequest struct {
	ResourceSpans []otlpResourceSpans `json:"resourceSpans"`
}

type otlpResourceSpans struct {
	Resource   otlpResource     `json:"resource"`
	ScopeSpans []otlpScopeSpans `json:"scopeSpans"`
}

type otlpResource struct {
	Attributes []otlpAttribute `json:"attributes"`
}

type otlpScopeSpans struct {
	Scope otlpScope  `json:"scope"`
	Spans []otlpSpan `json:"spans"`
}

type otlpScope struct {
	Name string `json:"name"`
}

type otlpSpan struct {
	TraceID           string          `json:"traceId"`
	SpanID            string          `json:"spanId"`
	ParentSpanID      string          `json:"parentSpanId,omitempty"`
	TraceState        string          `json:"traceState,omitempty"`
	Name              string          `json:"name"`
	Kind              Kind            `json:"kind"`
	StartTimeUnixNano string          `json:"startTimeUnixNano"`
	EndTimeUnixNano   string          `json:"endTimeUnixNano"`
	Attributes        []otlpAttribute `json:"attributes,omitempty"`
	Status            *otlpStatus     `json:"status,omitempty"`
}

type otlpAttribute struct {
	Key   string    `json:"key"`
	Value otlpValue `json:"value"`
}

type otlpValue struct {
	String *string `json:"stringValue,omitempty"`
	Int    string  `json:"intValue,omitempty"`
}

type otlpStatus struct {
	Code    int    `json:"code"`
	Message string `json:"message,omitempty"`
}

const otlpStatusError = 2

func encode(resource map[string]string, spans []finishedSpan) []byte {
	scope := otlpScopeSpans{Scope: otlpScope{Name: "internal/tracing"}}
	for _, span := range spans {
		scope.Spans = append(scope.Spans, toOtlp(span))
	}
	request := otlpRequest{ResourceSpans: []otlpResourceSpans{{
		Resource:   otlpResource{Attributes: resourceAttributes(resource)},
		ScopeSpans: []otlpScopeSpans{scope},
	}}}
	// Made of text and numbers only, which always can be written as JSON
	body, _ := json.Marshal(request)
	return body
}

func toOtlp(span finishedSpan) otlpSpan {
	encoded := otlpSpan{
		TraceID:           span.context.TraceID.String(),
		SpanID:            span.context.SpanID.String(),
		TraceState:        span.context.State,
		Name:              span.name,
		Kind:              span.kind,
		StartTimeUnixNano: unixNano(span.start),
		EndTimeUnixNano:   unixNano(span.end),
	}
	if span.parent != (SpanID{}) {
		encoded.ParentSpanID = span.parent.String()
	}
	for _, attribute := range span.attributes {
		encoded.Attributes = append(encoded.Attributes, otlpAttribute{attribute.key, toOtlpValue(attribute.value)})
	}
	if span.failed {
		encoded.Status = &otlpStatus{Code: otlpStatusError, Message: span.problem}
	}
	return encoded
}

func toOtlpValue(value any) otlpValue {
	if number, ok := value.(int); ok {
		return otlpValue{Int: strconv.Itoa(number)}
	}
	text, _ := value.(string)
	return otlpValue{String: &text}
}

func resourceAttributes(resource map[string]string) []otlpAttribute {
	attributes := make([]otlpAttribute, 0, len(resource))
	for key, value := range resource {
		attributes = append(attributes, otlpAttribute{key, toOtlpValue(value)})
	}
	sort.Slice(attributes, func(i, j int) bool { return attributes[i].Key < attributes[j].Key })
	return attributes
}

func unixNano(at time.Time) string {
	return strconv.FormatInt(at.UnixNano(), 10)
}
