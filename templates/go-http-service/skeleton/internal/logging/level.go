package logging

import (
	"fmt"
	"strings"
)

// Level says how severe a line is.
type Level int

// The levels, from the least severe on.
const (
	LevelDebug Level = iota
	LevelInfo
	LevelWarn
	LevelError
)

var levelNames = []string{"debug", "info", "warn", "error"}

// String is the name of a level, as it stands in the log.
func (l Level) String() string {
	return levelNames[l]
}

// ParseLevel finds the level of a name.
func ParseLevel(name string) (Level, error) {
	for level, known := range levelNames {
		if name == known {
			return Level(level), nil
		}
	}
	return LevelInfo, fmt.Errorf("must be one of %s, got %q", strings.Join(levelNames, ", "), name)
}
