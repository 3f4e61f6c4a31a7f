package api_test

import (
	"fmt"
	"math"
	"reflect"
	"strings"
	"unicode/utf8"
)

// validate holds a value against a JSON schema. It knows the keywords that openapi.yaml
// uses; any other one is a problem, so that nothing is passed over.
func validate(document map[string]any, schema map[string]any, value any) error {
	for keyword, wanted := range schema {
		var ok bool
		switch keyword {
		case "description", "default", "example", "title":
			ok = true
		case "$ref":
			target, err := lookUp(document, wanted.(string))
			if err != nil {
				return err
			}
			if err := validate(document, target, value); err != nil {
				return err
			}
			ok = true
		case "type":
			ok = hasType(value, wanted.(string))
		case "enum":
			for _, option := range wanted.([]any) {
				ok = ok || reflect.DeepEqual(option, value)
			}
		case "minLength":
			text, isText := value.(string)
			ok = !isText || float64(utf8.RuneCountInString(text)) >= wanted.(float64)
		case "maxLength":
			text, isText := value.(string)
			ok = !isText || float64(utf8.RuneCountInString(text)) <= wanted.(float64)
		case "required":
			object, _ := value.(map[string]any)
			ok = true
			for _, name := range wanted.([]any) {
				_, there := object[name.(string)]
				ok = ok && there
			}
		case "properties":
			object, _ := value.(map[string]any)
			for name, property := range wanted.(map[string]any) {
				if member, there := object[name]; there {
					if err := validate(document, property.(map[string]any), member); err != nil {
						return fmt.Errorf("%s: %w", name, err)
					}
				}
			}
			ok = true
		case "additionalProperties":
			object, _ := value.(map[string]any)
			properties, _ := schema["properties"].(map[string]any)
			ok = true
			for name := range object {
				_, described := properties[name]
				ok = ok && (described || wanted == true)
			}
		case "items":
			items, _ := value.([]any)
			for i, item := range items {
				if err := validate(document, wanted.(map[string]any), item); err != nil {
					return fmt.Errorf("%d: %w", i, err)
				}
			}
			ok = true
		default:
			return fmt.Errorf("the keyword %s is not known here: teach it to this test", keyword)
		}
		if !ok {
			return fmt.Errorf("%v does not fit %s: %v", value, keyword, wanted)
		}
	}
	return nil
}

func hasType(value any, name string) bool {
	switch value := value.(type) {
	case map[string]any:
		return name == "object"
	case []any:
		return name == "array"
	case string:
		return name == "string"
	case bool:
		return name == "boolean"
	case float64:
		return name == "number" || (name == "integer" && value == math.Trunc(value))
	default:
		return name == "null"
	}
}

// lookUp follows a reference such as #/components/schemas/Greeting.
func lookUp(document map[string]any, reference string) (map[string]any, error) {
	var found any = document
	for _, part := range strings.Split(strings.TrimPrefix(reference, "#/"), "/") {
		object, _ := found.(map[string]any)
		found = object[strings.NewReplacer("~1", "/", "~0", "~").Replace(part)]
	}
	schema, ok := found.(map[string]any)
	if !ok {
		return nil, fmt.Errorf("%s leads nowhere", reference)
	}
	return schema, nil
}
