//! The text of a document → its flat array of nodes, with a stack of what is open in place of recursion.

use std::mem;

use super::{MOST_BYTES, Node, string};

/// The nodes of a text, and its damage.
pub(super) struct Outcome {
    /// The nodes in the order of the text.
    pub(super) nodes: Vec<Node>,
    /// The byte where a second value begins.
    pub(super) second: Option<usize>,
    /// The byte where it stops to be JSON.
    pub(super) damage: Option<usize>,
    /// The lists and objects that were open there.
    pub(super) open: Vec<u32>,
}

/// Reads values that stand one behind the other.
///
/// Commas before a closing bracket pass. Behind damage nothing is read; what is open there is closed.
pub(super) fn read(source: &str) -> Outcome {
    Reader::of(source).run()
}

/// The end of one value of a longer text.
pub(super) struct Part {
    /// The byte behind it, or where it stops to be JSON.
    pub(super) end: usize,
    /// Whether there is no damage in it.
    pub(super) is_whole: bool,
}

/// Reads the value at a byte of a text that is within a list or an object, and puts its nodes behind those that are there.
pub(super) fn read_part(source: &str, at: usize, nodes: &mut Vec<Node>) -> Part {
    let (source, nodes_before) = (readable(source), mem::take(nodes));
    let mut reader = Reader { source, at, is_inner: true, second: None, nodes: nodes_before, open: Vec::new() };
    let is_whole = reader.tree().is_some();
    *nodes = reader.nodes;
    Part { end: reader.at, is_whole }
}

/// A text, or of one that is too long its beginning.
fn readable(source: &str) -> &str {
    source.get(..source.floor_char_boundary(MOST_BYTES)).unwrap_or(source)
}

/// Whether numbers consist of such bytes.
pub(super) fn is_number_part(byte: u8) -> bool {
    matches!(byte, b'-' | b'+' | b'.' | b'e' | b'E' | b'0'..=b'9')
}

struct Reader<'a> {
    source: &'a str,
    /// Whether the text is within a list or an object.
    is_inner: bool,
    at: usize,
    second: Option<usize>,
    nodes: Vec<Node>,
    /// The nodes of the lists and objects that are not closed yet.
    open: Vec<u32>,
}

impl<'a> Reader<'a> {
    fn of(source: &'a str) -> Self {
        let source = readable(source);
        Self { source, is_inner: false, at: 0, second: None, nodes: Vec::new(), open: Vec::new() }
    }

    fn run(mut self) -> Outcome {
        let is_whole = self.values().is_some();
        self.close_all();
        self.nodes.shrink_to_fit();
        Outcome { nodes: self.nodes, second: self.second, damage: (!is_whole).then_some(self.at), open: self.open }
    }

    fn values(&mut self) -> Option<()> {
        self.skip_blank();
        while self.at < self.source.len() {
            if !self.nodes.is_empty() {
                self.second.get_or_insert(self.at);
            }
            self.tree()?;
            self.skip_blank();
        }
        Some(())
    }

    /// Reads one value and what is in it. `None` where the text is damaged.
    fn tree(&mut self) -> Option<()> {
        self.value()?;
        let mut needs_comma = false;
        while let Some(&container) = self.open.last() {
            self.skip_blank();
            let is_object = self.byte_at(self.nodes.get(container as usize)?.start as usize) == Some(b'{');
            match self.byte_at(self.at)? {
                b'}' | b']' => {
                    self.close(is_object)?;
                    needs_comma = true;
                }
                b',' if needs_comma => {
                    self.at += 1;
                    needs_comma = false;
                }
                _ if needs_comma => return None,
                _ => needs_comma = self.item(is_object)?,
            }
        }
        Some(())
    }

    /// Reads an item or a pair up to its value's end or beginning; says whether a comma must follow.
    fn item(&mut self, is_object: bool) -> Option<bool> {
        let (before, open) = (self.nodes.len(), self.open.len());
        let taken = if is_object { self.key().and_then(|()| self.value()) } else { self.value() };
        if taken.is_none() && is_object && self.nodes.len() < before + 2 {
            self.nodes.truncate(before);
        }
        taken.map(|()| self.open.len() == open)
    }

    fn key(&mut self) -> Option<()> {
        self.string()?;
        self.skip_blank();
        self.skip(":")?;
        self.skip_blank();
        Some(())
    }

    fn value(&mut self) -> Option<()> {
        match self.byte_at(self.at)? {
            b'"' => self.string(),
            b'{' | b'[' => {
                self.open.push(self.nodes.len() as u32);
                self.take(self.at + 1);
                Some(())
            }
            b'-' | b'0'..=b'9' => self.number(),
            _ => self.word(),
        }
    }

    /// Reads a string; one that the end of the text cuts is kept.
    fn string(&mut self) -> Option<()> {
        (self.byte_at(self.at)? == b'"').then_some(())?;
        let end = string::end(self.source.as_bytes(), self.at + 1);
        self.push(end.at.unwrap_or(self.source.len()), end.has_escapes);
        end.at.map(|_| ())
    }

    /// Reads a number; within a list or an object the end of the text may have cut it, so there it is dropped.
    fn number(&mut self) -> Option<()> {
        let rest = self.source.as_bytes().get(self.at..)?;
        let end = self.at + rest.iter().take_while(|&&byte| is_number_part(byte)).count();
        let is_cut = end == self.source.len() && (self.is_inner || !self.open.is_empty());
        let number: f64 = self.source.get(self.at..end)?.parse().ok()?;
        (!is_cut && !number.is_nan()).then(|| self.take(end))
    }

    fn word(&mut self) -> Option<()> {
        let rest = self.source.get(self.at..)?;
        let word = ["true", "false", "null"].into_iter().find(|word| rest.starts_with(word))?;
        self.take(self.at + word.len());
        Some(())
    }

    fn take(&mut self, end: usize) {
        self.push(end, false);
    }

    fn push(&mut self, end: usize, has_escapes: bool) {
        self.nodes.push(Node::new(self.at, end, has_escapes));
        self.at = end;
    }

    /// Closes the innermost list or object, if that is what the bracket here closes.
    fn close(&mut self, is_object: bool) -> Option<()> {
        self.skip(if is_object { "}" } else { "]" })?;
        let container = self.open.pop()?;
        self.end_at_last(container);
        Some(())
    }

    fn close_all(&mut self) {
        for place in 0..self.open.len() {
            self.end_at_last(self.open[place]);
        }
    }

    /// Sets the end of a list or an object behind all nodes so far.
    fn end_at_last(&mut self, container: u32) {
        let end = self.nodes.len();
        if let Some(node) = self.nodes.get_mut(container as usize) {
            *node = Node::new(node.start as usize, end, false);
        }
    }

    fn skip(&mut self, token: &str) -> Option<()> {
        self.source.get(self.at..)?.starts_with(token).then(|| self.at += token.len())
    }

    fn skip_blank(&mut self) {
        let rest = self.source.as_bytes().get(self.at..).unwrap_or_default();
        self.at += rest.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    }

    fn byte_at(&self, at: usize) -> Option<u8> {
        self.source.as_bytes().get(at).copied()
    }
}
