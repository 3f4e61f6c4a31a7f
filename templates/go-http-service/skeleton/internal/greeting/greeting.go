// Package greeting is the example of what a service does; replace it with your own.
package greeting

import (
	"errors"
	"fmt"
	"unicode/utf8"
)

// Language is the code of a language (ISO 639-1).
type Language string

// DefaultLanguage is what is spoken to those who do not say.
const DefaultLanguage Language = "en"

// MaxNameLength is how many characters a name may have.
const MaxNameLength = 64

// What is wrong with a request for a greeting.
var (
	ErrName     = fmt.Errorf("name must have 1 to %d characters", MaxNameLength)
	ErrLanguage = errors.New("language must be en, de or fr")
)

var words = map[Language]string{
	"en": "Hello",
	"de": "Hallo",
	"fr": "Bonjour",
}

// Greet greets somebody.
func Greet(name string, language Language) (string, error) {
	if length := utf8.RuneCountInString(name); length < 1 || length > MaxNameLength {
		return "", ErrName
	}
	word, ok := words[language]
	if !ok {
		return "", ErrLanguage
	}
	return word + ", " + name + "!", nil
}
