package api

import (
	"errors"
	"net/http"

	"${{ values.repository.host | replace(r/:\d+$/, '') }}/${{ values.repository.organization }}/${{ values.name }}/internal/greeting"
)

// getGreeting is the example endpoint.
func getGreeting(w http.ResponseWriter, r *http.Request) error {
	language := greeting.DefaultLanguage
	if wanted := r.URL.Query().Get("language"); wanted != "" {
		language = greeting.Language(wanted)
	}
	message, err := greeting.Greet(param(r, "name"), language)
	if errors.Is(err, greeting.ErrName) || errors.Is(err, greeting.ErrLanguage) {
		return &Problem{Status: http.StatusBadRequest, Detail: err.Error()}
	}
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, struct {
		Message  string            `json:"message"`
		Language greeting.Language `json:"language"`
	}{message, language})
}
