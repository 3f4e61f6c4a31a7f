package api

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
)

// Problem is an error that the caller is told of (RFC 9457).
type Problem struct {
	Status int
	Detail string
}

// Error implements error.
func (p *Problem) Error() string {
	return fmt.Sprintf("%d %s: %s", p.Status, http.StatusText(p.Status), p.Detail)
}

// toProblem makes of any error what the caller may know of it: what went wrong inside
// is for the log.
func toProblem(err error) *Problem {
	var problem *Problem
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &problem):
		return problem
	case errors.As(err, &tooLarge):
		return &Problem{Status: http.StatusRequestEntityTooLarge, Detail: fmt.Sprintf("A request may have %d bytes.", tooLarge.Limit)}
	default:
		return &Problem{Status: http.StatusInternalServerError, Detail: "The request could not be served."}
	}
}

func writeProblem(w http.ResponseWriter, err error) {
	problem := toProblem(err)
	w.Header().Set("content-type", "application/problem+json")
	writeBody(w, problem.Status, struct {
		Title  string `json:"title"`
		Status int    `json:"status"`
		Detail string `json:"detail"`
	}{http.StatusText(problem.Status), problem.Status, problem.Detail})
}

// writeJSON answers with a value that can be written as JSON.
func writeJSON(w http.ResponseWriter, status int, value any) error {
	w.Header().Set("content-type", "application/json; charset=utf-8")
	writeBody(w, status, value)
	return nil
}

func writeBody(w http.ResponseWriter, status int, value any) {
	w.Header().Set("x-content-type-options", "nosniff")
	w.WriteHeader(status)
	encoder := json.NewEncoder(w)
	// It is JSON and no page: < and > may stay as they are
	encoder.SetEscapeHTML(false)
	// A caller that has gone does not read it
	_ = encoder.Encode(value)
}
