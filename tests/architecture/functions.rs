//! The functions of a source and how many lines each takes.

#![expect(clippy::string_slice, reason = "every place is that of a sign or of a whole word")]

use super::source::{Source, closed};

/// A function with its name and its lines, from the one with `fn` to the one with the brace that closes it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Function {
    pub(crate) lines: usize,
    pub(crate) name: String,
}

/// Every function with a body, whatever stands before `fn` and however many lines its signature takes.
pub(crate) fn functions(source: &Source) -> Vec<Function> {
    let code = &source.code;
    let starts =
        code.match_indices("fn ").filter(|(at, _)| !code[..*at].ends_with(|c: char| c.is_alphanumeric() || c == '_'));
    starts.filter_map(|(at, _)| function(source, &code[at..])).collect()
}

fn function(source: &Source, code: &str) -> Option<Function> {
    let name: String = code["fn ".len()..].chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    let length = with_body(code).filter(|_| !name.is_empty())?;
    Some(Function { lines: code[..length].lines().count(), name: format!("{}: {name}", source.name) })
}

/// The length of a function, unless `;` stands in place of its body.
fn with_body(code: &str) -> Option<usize> {
    let mut at = 0;
    loop {
        let found = at + code[at..].find(['(', '[', '{', ';'])?;
        match code.as_bytes()[found] {
            b';' => return None,
            b'{' => return Some(found + closed(&code[found..])),
            _ => at = found + closed(&code[found..]),
        }
    }
}
