//! A small part of CSS's selectors: `li.story[data-id]`, `div.head a[href^="/u/"]`, `> .entry .author`, `h1, h2`.
//!
//! A part names an element by its name or `*`, `.class`, `#id`, and `[attribute]` with `=`, `^=`, `$=` or `*=` and a value.
//! Parts divided by a space are of any element further up, by `>` of the one right above; a `>` in front asks for an
//! element right in that which is searched. Elements further up are those in it, too.

use super::tree::{MAX_LEVELS, Node, Tree};

/// A selector, read for one tree.
#[derive(Debug)]
pub(super) struct Selector<'s> {
    alternatives: Vec<Vec<Chain<'s>>>,
}

/// Parts of which each is right above the next.
#[derive(Debug, Default)]
struct Chain<'s> {
    parts: Vec<Part<'s>>,
    /// Whether the first is right in what is searched.
    is_anchored: bool,
}

#[derive(Debug, Default)]
struct Part<'s> {
    tests: Vec<Test<'s>>,
}

#[derive(Debug)]
enum Test<'s> {
    Name(u32),
    Class(u32, &'s str),
    /// An attribute, the sign before `=`, and the value; nothing asks only for the attribute.
    Attribute(u32, Option<(char, &'s str)>),
    /// The page has no such name.
    Never,
}

impl<'s> Selector<'s> {
    /// Reads a selector.
    pub(super) fn read(text: &'s str, tree: &Tree) -> Self {
        Self { alternatives: text.split(',').map(|text| chains(text, tree)).collect() }
    }

    /// Whether it names an element, where those in `scope` are searched.
    pub(super) fn names(&self, index: u32, scope: Option<u32>, tree: &Tree) -> bool {
        self.alternatives.iter().any(|chains| is_named(chains, index, scope, tree))
    }
}

/// The chains of a selector, the topmost first.
fn chains<'s>(text: &'s str, tree: &Tree) -> Vec<Chain<'s>> {
    let mut chains: Vec<Chain<'s>> = Vec::new();
    let mut is_child = false;
    for word in text.split_ascii_whitespace() {
        if word == ">" {
            is_child = true;
            continue;
        }
        let is_child = std::mem::take(&mut is_child);
        let part = Part::read(word, tree);
        match chains.last_mut() {
            Some(chain) if is_child => chain.parts.push(part),
            _ => chains.push(Chain { parts: vec![part], is_anchored: is_child }),
        }
    }
    chains
}

/// Whether the last chain ends at an element and each other is further up than the one behind it.
fn is_named(chains: &[Chain<'_>], index: u32, scope: Option<u32>, tree: &Tree) -> bool {
    let Some((last, before)) = chains.split_last() else { return false };
    let Some(mut top) = last.top(index, scope, tree) else { return false };
    for chain in before.iter().rev() {
        let above = std::iter::successors(parent(top, scope, tree), |&index| parent(index, scope, tree));
        let Some(found) = above.take(MAX_LEVELS).find_map(|index| chain.top(index, scope, tree)) else { return false };
        top = found;
    }
    true
}

/// The element around one, if that is in the scope.
fn parent(index: u32, scope: Option<u32>, tree: &Tree) -> Option<u32> {
    let parent = tree.node(index)?.parent;
    tree.node(parent).map(|_| parent).filter(|_| Some(parent) != scope)
}

impl Chain<'_> {
    /// The topmost element of the chain, where it ends at an element.
    fn top(&self, index: u32, scope: Option<u32>, tree: &Tree) -> Option<u32> {
        let mut at = index;
        for (place, part) in self.parts.iter().rev().enumerate() {
            if place > 0 {
                at = parent(at, scope, tree)?;
            }
            if !part.fits(tree.node(at)?, tree) {
                return None;
            }
        }
        (!self.is_anchored || parent(at, scope, tree).is_none()).then_some(at)
    }
}

impl<'s> Part<'s> {
    fn read(text: &'s str, tree: &Tree) -> Self {
        let number = |name: &str| tree.number(name);
        let mut tests = Vec::new();
        let mut rest = text;
        while let Some(sign) = rest.chars().next() {
            let is_attribute = sign == '[';
            let body = if matches!(sign, '.' | '#' | '[') { rest.get(1..).unwrap_or_default() } else { rest };
            let end = if is_attribute { body.find(']') } else { body.find(['.', '#', '[']) };
            let (word, after) = body.split_at(end.unwrap_or(body.len()));
            rest = if is_attribute { after.get(1..).unwrap_or_default() } else { after };
            tests.push(match sign {
                '*' => continue,
                '.' => number("class").map(|class| Test::Class(class, word)),
                '#' => number("id").map(|id| Test::Attribute(id, Some((' ', word)))),
                '[' => attribute(word, tree),
                _ => number(word).map(Test::Name),
            });
        }
        Self { tests: tests.into_iter().map(|test| test.unwrap_or(Test::Never)).collect() }
    }

    fn fits(&self, node: &Node, tree: &Tree) -> bool {
        self.tests.iter().all(|test| match *test {
            Test::Name(name) => node.name == name,
            Test::Class(name, class) => tree
                .attribute_by_number(node, name)
                .is_some_and(|classes| classes.split_ascii_whitespace().any(|own| own == class)),
            Test::Attribute(name, wanted) => tree.attribute_by_number(node, name).is_some_and(|own| {
                wanted.is_none_or(|(sign, value)| match sign {
                    '^' => own.starts_with(value),
                    '$' => own.ends_with(value),
                    '*' => own.contains(value),
                    _ => own == value,
                })
            }),
            Test::Never => false,
        })
    }
}

/// The test in the brackets of an attribute.
fn attribute<'s>(text: &'s str, tree: &Tree) -> Option<Test<'s>> {
    let Some((name, value)) = text.split_once('=') else {
        return tree.number(text).map(|name| Test::Attribute(name, None));
    };
    let sign = name.chars().next_back().filter(|sign| matches!(sign, '^' | '$' | '*'));
    let name = name.trim_end_matches(['^', '$', '*']);
    let value = value.trim_matches(['"', '\'']);
    tree.number(name).map(|name| Test::Attribute(name, Some((sign.unwrap_or(' '), value))))
}
