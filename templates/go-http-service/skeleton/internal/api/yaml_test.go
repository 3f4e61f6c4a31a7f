package api_test

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// parseYAML reads as much of YAML as a contract needs: mappings and sequences in block
// and flow style, quoted and plain scalars, comments. What goes beyond that is an error
// that names the line; gopkg.in/yaml.v3 reads everything.
func parseYAML(text string) (any, error) {
	parser := &yamlParser{}
	for i, line := range strings.Split(text, "\n") {
		content := strings.TrimLeft(line, " ")
		if content == "" || strings.HasPrefix(content, "#") {
			continue
		}
		parser.lines = append(parser.lines, yamlLine{indent: len(line) - len(content), text: content, number: i + 1})
	}
	value, err := parser.block(0)
	if err == nil && len(parser.lines) > 0 {
		err = fmt.Errorf("line %d: not indented like the lines before", parser.lines[0].number)
	}
	return value, err
}

type yamlLine struct {
	indent int
	text   string
	number int
}

// yamlParser holds the lines that are still to be read.
type yamlParser struct {
	lines []yamlLine
}

func (p *yamlParser) block(indent int) (any, error) {
	if strings.HasPrefix(p.lines[0].text, "- ") {
		return p.sequence(indent)
	}
	return p.mapping(indent)
}

func (p *yamlParser) sequence(indent int) (any, error) {
	items := []any{}
	for len(p.lines) > 0 && p.lines[0].indent == indent && strings.HasPrefix(p.lines[0].text, "- ") {
		first := &p.lines[0]
		first.text = strings.TrimPrefix(first.text, "- ")
		if _, _, isPair := cutKey(first.text); !isPair {
			item, err := parseFlow(first.text, first.number)
			if err != nil {
				return nil, err
			}
			items = append(items, item)
			p.lines = p.lines[1:]
			continue
		}
		first.indent += 2
		item, err := p.block(first.indent)
		if err != nil {
			return nil, err
		}
		items = append(items, item)
	}
	return items, nil
}

func (p *yamlParser) mapping(indent int) (any, error) {
	mapping := map[string]any{}
	for len(p.lines) > 0 && p.lines[0].indent == indent {
		line := p.lines[0]
		key, rest, isPair := cutKey(line.text)
		if !isPair {
			return nil, fmt.Errorf("line %d: neither a key with a value nor an item of a list", line.number)
		}
		if _, twice := mapping[key]; twice {
			return nil, fmt.Errorf("line %d: %s is there twice", line.number, key)
		}
		p.lines = p.lines[1:]
		var err error
		switch {
		case rest != "":
			mapping[key], err = parseFlow(rest, line.number)
		case len(p.lines) > 0 && p.lines[0].indent > indent:
			mapping[key], err = p.block(p.lines[0].indent)
		default:
			mapping[key] = nil
		}
		if err != nil {
			return nil, err
		}
	}
	return mapping, nil
}

// cutKey parts `key: value`, where the key may be in quotes.
func cutKey(text string) (key, rest string, found bool) {
	if strings.HasPrefix(text, "'") || strings.HasPrefix(text, `"`) {
		end := strings.Index(text[1:], text[:1]) + 1
		if end > 0 && strings.HasPrefix(text[end+1:], ":") {
			return text[1:end], strings.TrimSpace(text[end+2:]), true
		}
		return "", "", false
	}
	if strings.HasPrefix(text, "{") || strings.HasPrefix(text, "[") {
		return "", "", false
	}
	if strings.HasSuffix(text, ":") && !strings.Contains(text, ": ") {
		return strings.TrimSuffix(text, ":"), "", true
	}
	key, rest, found = strings.Cut(text, ": ")
	return key, strings.TrimSpace(rest), found
}

func parseFlow(text string, number int) (any, error) {
	flow := &flowParser{text: text}
	value, err := flow.value("")
	if err == nil {
		if rest := strings.TrimSpace(flow.text); rest != "" && !strings.HasPrefix(rest, "#") {
			err = fmt.Errorf("%q is left over", rest)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("line %d: %w", number, err)
	}
	return value, nil
}

// flowParser holds the text that is still to be read.
type flowParser struct {
	text string
}

// value reads one; a plain scalar ends before any of the characters in end.
func (f *flowParser) value(end string) (any, error) {
	f.text = strings.TrimLeft(f.text, " ")
	switch {
	case f.text == "":
		return nil, fmt.Errorf("a value is missing")
	case f.skip("{"):
		return f.mapping()
	case f.skip("["):
		items := []any{}
		for !f.skip("]") {
			item, err := f.value(",]")
			if err != nil {
				return nil, err
			}
			items = append(items, item)
			f.skip(",")
		}
		return items, nil
	case f.text[0] == '\'' || f.text[0] == '"':
		return f.quoted()
	case strings.ContainsRune("|>&*!", rune(f.text[0])):
		return nil, fmt.Errorf("%q is beyond what is read here", f.text)
	}
	length := strings.Index(f.text, " #")
	if length < 0 {
		length = len(f.text)
	}
	if i := strings.IndexAny(f.text[:length], end); i >= 0 {
		length = i
	}
	plain := strings.TrimSpace(f.text[:length])
	f.text = f.text[length:]
	return scalar(plain), nil
}

func (f *flowParser) mapping() (any, error) {
	mapping := map[string]any{}
	for !f.skip("}") {
		key, err := f.value(":,}")
		if err != nil {
			return nil, err
		}
		if !f.skip(":") {
			return nil, fmt.Errorf("%v has no value", key)
		}
		if mapping[fmt.Sprint(key)], err = f.value(",}"); err != nil {
			return nil, err
		}
		f.skip(",")
	}
	return mapping, nil
}

func (f *flowParser) quoted() (any, error) {
	quote := f.text[0]
	for i := 1; i < len(f.text); i++ {
		switch {
		case f.text[i] == '\\' && quote == '"':
			i++
		case f.text[i] == quote && quote == '\'' && strings.HasPrefix(f.text[i+1:], "'"):
			i++
		case f.text[i] == quote:
			raw := f.text[:i+1]
			f.text = f.text[i+1:]
			if quote == '\'' {
				return strings.ReplaceAll(raw[1:i], "''", "'"), nil
			}
			var text string
			err := json.Unmarshal([]byte(raw), &text)
			return text, err
		}
	}
	return nil, fmt.Errorf("%q does not end", f.text)
}

// skip takes a token away if it comes next.
func (f *flowParser) skip(token string) bool {
	trimmed := strings.TrimLeft(f.text, " ")
	if !strings.HasPrefix(trimmed, token) {
		return false
	}
	f.text = trimmed[len(token):]
	return true
}

func scalar(plain string) any {
	switch plain {
	case "null", "~", "":
		return nil
	case "true":
		return true
	case "false":
		return false
	}
	if number, err := strconv.ParseFloat(plain, 64); err == nil {
		return number
	}
	return plain
}
