//! Markdown dialects: Lemmy's spoiler blocks and Reddit's inline spoilers → common Markdown.

/// The most quotes and items that may open on one line: more is an attack on whoever has to nest them.
const MAX_MARKERS: usize = 100;
/// The greatest depth of spoilers.
const MAX_SPOILERS: usize = 4;
/// A line indented by more spaces is code.
const MAX_INDENT: usize = 3;

/// The signs before and behind covered words, which only this file writes: a control character is in no clean text.
pub(super) const COVERED: &str = "\u{1}";
pub(super) const UNCOVERED: &str = "\u{2}";

/// The source as common Markdown.
pub(super) fn common(source: &str) -> String {
    let source = &*source.replace(['\u{1}', '\u{2}'], "");
    let mut lines = Lines { out: String::with_capacity(source.len() + source.len() / 8), fence: None, spoilers: 0 };
    for line in source.lines() {
        lines.take(line);
    }
    lines.out
}

struct Lines {
    out: String,
    /// The sign that the fence around code is made of, and how many of it close it.
    fence: Option<(char, usize)>,
    /// The number of open spoilers.
    spoilers: usize,
}

impl Lines {
    fn take(&mut self, line: &str) {
        let words = line.trim_start_matches(' ');
        if line.len() - words.len() > MAX_INDENT && self.fence.is_none() {
            return self.put(&[without_excess(line).as_str()]);
        }
        if self.is_fenced(words) {
            return self.put(&[line]);
        }
        match words.strip_prefix(":::").map(str::trim) {
            Some("") if self.spoilers > 0 => self.close(),
            Some(rest) => match rest.strip_prefix("spoiler") {
                Some(title) => self.open(title.trim()),
                None => self.put(&[line]),
            },
            None => self.put(&[&spoilers(&without_excess(line))]),
        }
    }

    /// Whether the line is of fenced code, its fences included.
    fn is_fenced(&mut self, words: &str) -> bool {
        let Some(sign) = words.chars().next().filter(|c| matches!(c, '`' | '~')) else { return self.fence.is_some() };
        let rest = words.trim_start_matches(sign);
        let length = words.len() - rest.len();
        match self.fence {
            Some((open, least)) => {
                if sign == open && length >= least && rest.trim().is_empty() {
                    self.fence = None;
                }
                true
            }
            None if length >= 3 && !(sign == '`' && rest.contains('`')) => {
                self.fence = Some((sign, length));
                true
            }
            None => false,
        }
    }

    fn open(&mut self, title: &str) {
        self.put(&[]);
        match title {
            "" => self.put(&["**spoiler**"]),
            title => self.put(&["**", title, " (spoiler)**"]),
        }
        self.put(&[]);
        self.spoilers += 1;
    }

    fn close(&mut self) {
        self.spoilers -= 1;
        // Without it, the next line would go on with the quote.
        self.put(&[]);
    }

    fn put(&mut self, parts: &[&str]) {
        for _ in 0..self.spoilers.min(MAX_SPOILERS) {
            self.out.push_str("> ");
        }
        self.out.extend(parts.iter().copied());
        self.out.push('\n');
    }
}

/// The line without the markers of quotes and items that are too many.
fn without_excess(line: &str) -> String {
    let mut kept = 0;
    for _ in 0..MAX_MARKERS {
        let Some(length) = marker(line.get(kept..).unwrap_or_default()) else { return line.to_owned() };
        kept += length;
    }
    let (start, mut rest) = line.split_at_checked(kept).unwrap_or((line, ""));
    while let Some(length) = marker(rest) {
        rest = rest.get(length..).unwrap_or_default();
    }
    format!("{start}{rest}")
}

/// The length of a quote's or an item's marker at the start, in bytes, with the white space before it.
fn marker(line: &str) -> Option<usize> {
    let words = line.trim_start_matches([' ', '\t']);
    let number = words.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = words.len() - number.len();
    let is_marker = match number.chars().next()? {
        '>' | '-' | '+' | '*' => digits == 0,
        '.' | ')' => (1..=9).contains(&digits),
        _ => false,
    };
    is_marker.then(|| line.len() - number.len() + 1)
}

/// Reddit's `>!spoilers!<` between signs that no text has.
fn spoilers(line: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some((before, from)) = rest.split_once(">!") {
        let Some((hidden, after)) = from.split_once("!<") else { break };
        out.extend([before, COVERED, hidden.trim(), UNCOVERED]);
        rest = after;
    }
    out + rest
}
