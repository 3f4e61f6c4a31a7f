package logging

import (
	"fmt"
	"strings"
)

// Level says how severe a line is.
type Level int

// The levels, from the least severe on; with LevelSilent nothing is logged.
const (
	LevelTrace Level = iota
	LevelDebug
	LevelInfo
	LevelWarn
	LevelError
	LevelFatal
	LevelSilent
)

var levelNames = []string{"trace", "debug", "info", "warn", "error", "fatal", "silent"}

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
	return LevelSilent, fmt.Errorf("must be one of %s, got %q", strings.Join(levelNames, ", "), name)
}
