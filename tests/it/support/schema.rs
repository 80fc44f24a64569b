//! JSON Schema, as much of it as the project's own schema uses; a keyword that is not known here is an error.

use regex::Regex;
use serde_json::{Map, Value};

/// All that is wrong with a value, each with the path to it.
pub(crate) fn faults(schema: &Value, value: &Value) -> Vec<String> {
    let mut check = Check { whole: schema, faults: Vec::new() };
    check.value(schema, value, "$");
    check.faults
}

struct Check<'s> {
    whole: &'s Value,
    faults: Vec<String>,
}

impl Check<'_> {
    fn value(&mut self, schema: &Value, value: &Value, path: &str) {
        let Some(rules) = schema.as_object() else {
            return self.fault(schema.as_bool() == Some(true), path, "may not be there");
        };
        for (keyword, rule) in rules {
            match keyword.as_str() {
                "$schema" | "title" | "description" | "$defs" | "required" => {}
                "$ref" => {
                    let place = rule.as_str().and_then(|place| place.strip_prefix('#')).expect("a place in the schema");
                    let whole = self.whole;
                    self.value(whole.pointer(place).expect("it is there"), value, path);
                }
                "const" => self.fault(rule == value, path, "is another constant"),
                "enum" => self.fault(rule.as_array().is_some_and(|of| of.contains(value)), path, "is none of these"),
                "type" => self.fault(is_of(rule, value), path, &format!("is no {rule}: {value}")),
                "pattern" => self.text(rule, value, path),
                "minimum" | "maximum" => self.number(keyword, rule, value, path),
                "minItems" => {
                    let enough = value.as_array().is_none_or(|items| items.len() as u64 >= rule.as_u64().unwrap_or(0));
                    self.fault(enough, path, "has too few items");
                }
                "properties" => self.object(rules, value, path),
                "items" | "prefixItems" => self.list(keyword, rules, value, path),
                other => unreachable!("the keyword {other}"),
            }
        }
    }

    fn fault(&mut self, is_right: bool, path: &str, what: &str) {
        if !is_right {
            self.faults.push(format!("{path} {what}"));
        }
    }

    fn text(&mut self, pattern: &Value, value: &Value, path: &str) {
        let pattern = Regex::new(pattern.as_str().expect("a pattern")).expect("a pattern");
        self.fault(
            value.as_str().is_none_or(|text| pattern.is_match(text)),
            path,
            &format!("is not {pattern}: {value}"),
        );
    }

    fn number(&mut self, keyword: &str, bound: &Value, value: &Value, path: &str) {
        let bound = bound.as_i64().expect("a whole number");
        let is_right =
            value.as_i64().is_none_or(|number| if keyword == "minimum" { number >= bound } else { number <= bound });
        self.fault(is_right, path, "is out of range");
    }

    fn object(&mut self, rules: &Map<String, Value>, value: &Value, path: &str) {
        let Some(object) = value.as_object() else { return };
        for key in rules.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str) {
            self.fault(object.contains_key(key), path, &format!("lacks {key}"));
        }
        for (key, value) in object {
            if let Some(rule) = rules["properties"].get(key) {
                self.value(rule, value, &format!("{path}.{key}"));
            }
        }
    }

    fn list(&mut self, keyword: &str, rules: &Map<String, Value>, value: &Value, path: &str) {
        let Some(items) = value.as_array() else { return };
        let first = rules.get("prefixItems").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        for (place, item) in items.iter().enumerate() {
            let rule = match first.get(place) {
                Some(rule) if keyword == "prefixItems" => rule,
                None if keyword == "items" => &rules[keyword],
                _ => continue,
            };
            self.value(rule, item, &format!("{path}[{place}]"));
        }
    }
}

fn is_of(rule: &Value, value: &Value) -> bool {
    let is = |name: &str| match name {
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        "null" => value.is_null(),
        other => unreachable!("the type {other}"),
    };
    let mut names = rule.as_array().map_or(std::slice::from_ref(rule), Vec::as_slice).iter().filter_map(Value::as_str);
    names.any(is)
}

#[test]
fn each_rule_finds_its_fault() {
    let schema = serde_json::json!({"type": ["object", "null"], "required": ["a"], "properties": {
        "a": {"type": "string", "pattern": "^x"}, "b": {"type": "integer", "minimum": 0, "maximum": 9},
        "c": {"prefixItems": [{"enum": ["k", null]}, {"$ref": "#/$defs/d"}], "items": false, "minItems": 2}},
        "$defs": {"d": {"const": 1}, "e": {"items": {"type": "boolean"}}}});
    let count = |text: &str| faults(&schema, &serde_json::from_str(text).expect("JSON")).len();
    for (text, wrong) in [
        (r#"{"a": "x", "b": 9, "c": ["k", 1], "other": []}"#, 0),
        ("null", 0),
        ("[]", 1),
        (r#"{"b": 10}"#, 2),
        (r#"{"a": "yx", "b": -1}"#, 2),
        (r#"{"a": 1, "b": 1.5, "c": ["l"]}"#, 4),
        (r#"{"a": "x", "c": [null, 2, 3]}"#, 2),
    ] {
        assert_eq!(count(text), wrong, "{text}");
    }
}
