package greeting_test

import (
	"errors"
	"strings"
	"testing"

	"${{ values.repository.host | replace(r/:\d+$/, '') }}/${{ values.repository.organization }}/${{ values.name }}/internal/greeting"
)

func TestGreet(t *testing.T) {
	for _, test := range []struct {
		name     string
		language greeting.Language
		want     string
		err      error
	}{
		{name: "Ada", language: greeting.DefaultLanguage, want: "Hello, Ada!"},
		{name: "Ada", language: "de", want: "Hallo, Ada!"},
		{name: "Zoë 🦊", language: "fr", want: "Bonjour, Zoë 🦊!"},
		{name: strings.Repeat("ä", greeting.MaxNameLength), language: "en", want: "Hello, " + strings.Repeat("ä", 64) + "!"},
		{name: strings.Repeat("a", greeting.MaxNameLength+1), language: "en", err: greeting.ErrName},
		{name: "", language: "en", err: greeting.ErrName},
		{name: "Ada", language: "tlh", err: greeting.ErrLanguage},
	} {
		got, err := greeting.Greet(test.name, test.language)
		if got != test.want || !errors.Is(err, test.err) {
			t.Errorf("Greet(%q, %q) = %q, %v", test.name, test.language, got, err)
		}
	}
}
