//! Text with marks: a plain string, and byte ranges of it that are quotes, code, items, emphasis or links.

/// The sign between the cells of a table's row, which is a line of a text.
pub const CELLS: &str = " | ";

/// Whether two rows have as many cells.
pub fn has_as_many_cells(one: &str, other: &str) -> bool {
    one.matches(CELLS).count() == other.matches(CELLS).count()
}

/// The kind of a marked range.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MarkKind {
    /// A quoted block; quotes nest, and the depth at a place is the number of quotes around it.
    Quote,
    /// A code block: whole lines that are never re-wrapped.
    Code,
    /// A list item, its marker (`- `, `12. `) included; items nest as lists do.
    Item,
    /// Emphasis (`i`, `em`).
    Emphasis,
    /// Strong emphasis (`b`, `strong`).
    Strong,
    /// Literal text within a line (`tt`, `code`).
    Literal,
    /// Words that the writer covers until a reader asks for them, within a line.
    Spoiler,
    /// A link; the number is its place in the text's list of links.
    Link(u32),
}

impl MarkKind {
    /// The kinds that cover a stretch within a line, links aside, with the names that JSON gives them.
    pub const INLINE: [(Self, &'static str); 4] = [
        (Self::Emphasis, "emphasis"),
        (Self::Strong, "strong"),
        (Self::Literal, "literal"),
        (Self::Spoiler, "spoiler"),
    ];

    /// The kinds that cover whole lines, with the names that JSON gives them.
    pub const BLOCKS: [(Self, &'static str); 3] = [(Self::Quote, "quote"), (Self::Code, "code"), (Self::Item, "item")];

    /// Whether the mark covers whole lines rather than a stretch within one.
    pub fn is_block(self) -> bool {
        matches!(self, Self::Quote | Self::Code | Self::Item)
    }
}

/// One marked range, in bytes from the start of the text; `start < end`, both on character boundaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Mark {
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
    /// The kind of the range.
    pub kind: MarkKind,
}

/// A text of its own, as the markup layer makes it.
///
/// Paragraphs are divided by one empty line (`"\n\n"`), hard line breaks and the lines of code and lists by `'\n'`.
/// There is no line break at either end. Quote bars and code indentation are not in the string: they are marks.
/// Marks are sorted by start, the longer first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// The text to be read, searched and copied.
    pub plain: String,
    /// Its marks.
    pub marks: Vec<Mark>,
    /// The addresses that `MarkKind::Link` numbers.
    pub links: Vec<String>,
}

impl Text {
    /// A text without marks.
    pub fn unmarked(plain: impl Into<String>) -> Self {
        Self { plain: plain.into(), ..Self::default() }
    }

    /// A text that is one address, as a link.
    pub fn link(address: &str) -> Self {
        let mark = Mark { start: 0, end: address.len() as u32, kind: MarkKind::Link(0) };
        Self { plain: address.to_owned(), marks: vec![mark], links: vec![address.to_owned()] }
    }

    /// Adds another text as further paragraphs.
    pub fn append(&mut self, other: &Self) {
        if other.plain.is_empty() {
            return;
        }
        if !self.plain.is_empty() {
            self.plain.push_str("\n\n");
        }
        let (moved, links) = (self.plain.len() as u32, self.links.len() as u32);
        let renumbered = |kind| if let MarkKind::Link(number) = kind { MarkKind::Link(number + links) } else { kind };
        self.plain.push_str(&other.plain);
        self.marks.extend(other.marks.iter().map(|mark| Mark {
            start: mark.start + moved,
            end: mark.end + moved,
            kind: renumbered(mark.kind),
        }));
        self.links.extend_from_slice(&other.links);
    }

    /// The same text, borrowed.
    pub fn borrow(&self) -> TextRef<'_> {
        TextRef { plain: &self.plain, marks: &self.marks, links: Links::Owned(&self.links) }
    }
}

/// A span of a thread's one buffer, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) start: u32,
    pub(super) len: u32,
}

impl Span {
    pub(super) fn of(self, buffer: &str) -> &str {
        let start = self.start as usize;
        buffer.get(start..start + self.len as usize).unwrap_or_default()
    }
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Links<'a> {
    Owned(&'a [String]),
    Shared(&'a [Span], &'a str),
}

/// A borrowed text: of a [`Text`], or of a comment in a thread.
#[derive(Clone, Copy, Debug)]
pub struct TextRef<'a> {
    /// The text to be read, searched and copied.
    pub plain: &'a str,
    /// Its marks, sorted by start, the longer first.
    pub marks: &'a [Mark],
    pub(super) links: Links<'a>,
}

impl<'a> TextRef<'a> {
    /// The text's links, in the order that `MarkKind::Link` numbers them.
    pub fn links(self) -> impl Iterator<Item = &'a str> {
        (0..self.link_count()).filter_map(move |number| self.link(number))
    }

    /// The address of link `number`.
    pub fn link(self, number: u32) -> Option<&'a str> {
        match self.links {
            Links::Owned(links) => links.get(number as usize).map(String::as_str),
            Links::Shared(spans, buffer) => spans.get(number as usize).map(|span| span.of(buffer)),
        }
    }

    /// The number of links in the text.
    pub fn link_count(self) -> u32 {
        match self.links {
            Links::Owned(links) => links.len() as u32,
            Links::Shared(spans, _) => spans.len() as u32,
        }
    }

    /// A copy that stands by itself.
    pub fn to_text(self) -> Text {
        Text {
            plain: self.plain.to_owned(),
            marks: self.marks.to_vec(),
            links: self.links().map(str::to_owned).collect(),
        }
    }
}

impl Default for TextRef<'_> {
    fn default() -> Self {
        Self { plain: "", marks: &[], links: Links::Owned(&[]) }
    }
}
