package api

import (
	"context"
	"net/http"
	"net/url"
	"sort"
	"strings"
)

// maxBodyBytes is how much of a request is read.
const maxBodyBytes = 1 << 20

// handler answers a request, or says why it cannot.
type handler func(w http.ResponseWriter, r *http.Request) error

// route is an address, with :names for the parts that differ.
type route struct {
	method  string
	pattern string
	handle  handler
	quiet   bool
}

type router struct {
	observer observer
	routes   []route
}

// ServeHTTP implements http.Handler.
func (rt *router) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxBodyBytes)
	found, params := rt.find(r)
	r = r.WithContext(context.WithValue(r.Context(), paramsKey{}, params))
	if found.quiet {
		if err := found.handle(w, r); err != nil {
			writeProblem(w, err)
		}
		return
	}
	rt.observer.serve(w, r, found)
}

// find picks the route of a request; for an address or a method that is not known, one
// without a pattern that says so.
func (rt *router) find(r *http.Request) (route, map[string]string) {
	method := r.Method
	if method == http.MethodHead {
		method = http.MethodGet
	}
	allowed := map[string]bool{}
	for _, candidate := range rt.routes {
		params, ok := match(candidate.pattern, r.URL.EscapedPath())
		if ok && candidate.method == method {
			return candidate, params
		}
		if ok {
			allowed[candidate.method] = true
		}
	}
	if len(allowed) == 0 {
		return route{handle: notFound}, nil
	}
	return route{handle: func(w http.ResponseWriter, _ *http.Request) error {
		w.Header().Set("allow", strings.Join(namesOf(allowed), ", "))
		return &Problem{Status: http.StatusMethodNotAllowed, Detail: "This address does not take that method."}
	}}, nil
}

// match compares part by part, so that an escaped slash does not part a name.
func match(pattern, path string) (map[string]string, bool) {
	wanted := strings.Split(pattern, "/")
	given := strings.Split(strings.TrimSuffix(path, "/"), "/")
	if len(wanted) != len(given) {
		return nil, false
	}
	params := map[string]string{}
	for i, part := range wanted {
		value, err := url.PathUnescape(given[i])
		if err != nil {
			return nil, false
		}
		if strings.HasPrefix(part, ":") {
			params[part[1:]] = value
		} else if value != part {
			return nil, false
		}
	}
	return params, true
}

func namesOf(set map[string]bool) []string {
	names := make([]string, 0, len(set))
	for name := range set {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

type paramsKey struct{}

// param is a part of the address of a request.
func param(r *http.Request, name string) string {
	params, _ := r.Context().Value(paramsKey{}).(map[string]string)
	return params[name]
}

func notFound(http.ResponseWriter, *http.Request) error {
	return &Problem{Status: http.StatusNotFound, Detail: "There is nothing at this address."}
}
