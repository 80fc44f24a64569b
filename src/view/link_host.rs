//! Links whose text reads as another host than the one they lead to.
//!
//! A text is read here as a person reads it: look-alikes of dots, slashes and the like count as what they look like, and an
//! address counts wherever in a link's words it stands, and where the words around the link complete it.

use std::ops::Range;

use super::host::{host_of_authority, hosts_of, is_deceptive, is_mark, is_of, is_written_as_host, named};
use super::wrap::{wrap_as, wrap_words_as};
use super::{Line, wrap};
use crate::model::{Mark, MarkKind, Text, TextRef};

/// The most bytes around a link that may belong to its first and last word.
const WORD: usize = 64;

/// One line of a text: of its own words, or of a note on where the link that ends above it leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextLine {
    /// Words of the text.
    Words(Line),
    /// A piece of the note on the link of this number, as a line of [`leads_to`].
    LeadsTo(u32, Line),
}

impl From<Line> for TextLine {
    fn from(line: Line) -> Self {
        Self::Words(line)
    }
}

/// Wraps a text as [`wrap`] does, with a note below each line in which a link ends whose words read as another host.
///
/// The note is a line of its own and no part of the text, so that no text can make one: whoever draws it sets it apart, in a
/// column where texts have nothing.
pub fn wrap_noted(text: TextRef<'_>, width: usize) -> Vec<TextLine> {
    noted(text, wrap_as(text, width), width)
}

/// Wraps a text as [`wrap_words`](super::wrap_words) does, with the notes of [`wrap_noted`].
pub fn wrap_words_noted(text: TextRef<'_>, width: usize) -> Vec<TextLine> {
    noted(text, wrap_words_as(text, width), width)
}

fn noted(text: TextRef<'_>, lines: Vec<TextLine>, width: usize) -> Vec<TextLine> {
    let mut noted = noted_links(text).into_iter().peekable();
    if noted.peek().is_none() {
        return lines;
    }
    let mut all = Vec::with_capacity(lines.len() + 1);
    for line in lines {
        all.push(line);
        let TextLine::Words(line) = line else { continue };
        while let Some((_, link)) = noted.next_if(|&(end, _)| end <= line.end) {
            let words = leads_to(text, link);
            let pieces = wrap(Text::unmarked(words.as_str()).borrow(), width);
            all.extend(pieces.into_iter().map(|piece| TextLine::LeadsTo(link, piece)));
        }
    }
    all
}

/// The words of the note on a link: `leads to evil.example`.
pub fn leads_to(text: TextRef<'_>, link: u32) -> String {
    let address = text.link(link).unwrap_or_default();
    let hosts: Vec<String> = hosts_of(address).iter().map(|host| named(host)).collect();
    if hosts.is_empty() { format!("leads to {address}") } else { format!("leads to {}", hosts.join(", ")) }
}

/// The host of an address as it is resolved, where the address has it in other letters than ASCII.
pub fn punycode(address: &str) -> Option<String> {
    let is_hidden = |host: &String| host.contains("xn--") && !address.contains(host.as_str());
    let hidden: Vec<String> = hosts_of(address).into_iter().filter(is_hidden).collect();
    (!hidden.is_empty()).then(|| hidden.join(", "))
}

/// An address for the reader: one whose host is not of ASCII with the host's punycode behind it.
pub fn shown_address(address: &str) -> String {
    punycode(address).map_or_else(|| address.to_owned(), |host| format!("{address} ({host})"))
}

/// The links to be noted: where each ends, and its number. Code has no links.
fn noted_links(text: TextRef<'_>) -> Vec<(u32, u32)> {
    let code: Vec<&Mark> = text.marks.iter().filter(|mark| mark.kind == MarkKind::Code).collect();
    let is_in_code = |link: &Mark| {
        let last = code.partition_point(|code| code.start <= link.start).checked_sub(1);
        last.and_then(|last| code.get(last)).is_some_and(|code| link.end <= code.end)
    };
    let note = |mark: &Mark| {
        let MarkKind::Link(number) = mark.kind else { return None };
        let is_noted = misleads(text.plain, mark, text.link(number)?) && !is_in_code(mark);
        is_noted.then_some((mark.end, number))
    };
    let mut noted: Vec<(u32, u32)> = text.marks.iter().filter_map(note).collect();
    noted.sort_unstable();
    noted
}

/// Whether the words of a link read as another host than its address's, or as that of look-alike letters.
fn misleads(plain: &str, mark: &Mark, address: &str) -> bool {
    let (start, end) = (mark.start as usize, mark.end as usize);
    let own = plain.get(start..end).unwrap_or_default();
    if own == address && address.is_ascii() && !address.contains(['@', '\\']) {
        return false;
    }
    let (before, after) = (plain.get(..start).unwrap_or_default(), plain.get(end..).unwrap_or_default());
    let before = before.get(before.ceil_char_boundary(before.len().saturating_sub(WORD))..).unwrap_or_default();
    let after = after.get(..after.floor_char_boundary(WORD)).unwrap_or_default();
    let head = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    let tail = after.split(char::is_whitespace).next().unwrap_or_default();
    let real = hosts_of(address);
    let is_other = |host: &str| {
        let is_real =
            |named: String| real.iter().all(|real| is_of(real, &named) && (host.is_ascii() || !is_deceptive(real)));
        real.is_empty() || !host_of_authority(host).is_some_and(is_real)
    };
    let is_mail = address.starts_with("mailto:");
    if read_hosts(own, is_mail).iter().any(|(_, host)| is_other(host)) {
        return true;
    }
    let glued = [head, own, tail].concat();
    let within = head.len()..head.len() + own.len();
    let meets = |place: &Range<usize>| place.start < within.end && place.end > within.start;
    (!head.is_empty() || !tail.is_empty())
        && read_hosts(&glued, is_mail).iter().any(|(place, host)| meets(place) && is_other(host))
}

/// The hosts that a person reads in a text, each with its place. In the text of a mail address, what stands before an `@` is a
/// name of the recipient.
fn read_hosts(text: &str, is_mail: bool) -> Vec<(Range<usize>, String)> {
    let signs = as_read(text);
    let mut reader = Reader { signs: &signs, is_mail, at: 0, found: Vec::new() };
    if signs.iter().any(|(_, c)| matches!(c, '.' | ':' | '/' | '\\')) {
        while reader.at < signs.len() {
            reader.step();
        }
    }
    let place = |index: usize| signs.get(index).map_or(text.len(), |(at, _)| *at);
    reader.found.into_iter().map(|(range, host)| (place(range.start)..place(range.end), host)).collect()
}

/// The characters of a text with their offsets, look-alikes of an address's signs as these.
fn as_read(text: &str) -> Vec<(usize, char)> {
    let mut signs: Vec<(usize, char)> = text.char_indices().map(|(at, c)| (at, sign(c))).collect();
    for index in 0..signs.len() {
        // A full stop of another script is one of an address where it parts ASCII words.
        let is_word = |index: Option<usize>| {
            index.and_then(|index| signs.get(index)).is_some_and(|(_, c)| c.is_ascii_alphanumeric())
        };
        if is_foreign_dot(signs[index].1) && is_word(index.checked_sub(1)) && is_word(Some(index + 1)) {
            signs[index].1 = '.';
        }
    }
    signs
}

/// The sign of an address that a character looks like; else the character.
fn sign(c: char) -> char {
    match c {
        // Full-width forms of ASCII.
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '\u{2044}' | '\u{2215}' | '\u{2571}' | '\u{27CB}' | '\u{29F8}' | '\u{3033}' => '/',
        '\u{29F5}' | '\u{29F9}' | '\u{2216}' | '\u{FE68}' => '\\',
        '\u{2236}' | '\u{A789}' | '\u{2F8}' | '\u{FE55}' | '\u{FE13}' | '\u{5C3}' => ':',
        '\u{2010}'..='\u{2012}' | '\u{2212}' | '\u{FE63}' => '-',
        '\u{FE6B}' => '@',
        '\u{2024}' | '\u{FE52}' => '.',
        _ => c,
    }
}

fn is_foreign_dot(c: char) -> bool {
    matches!(c, '\u{3002}' | '\u{FF61}' | '\u{A4F8}' | '\u{701}' | '\u{702}' | '\u{10A50}' | '\u{B7}' | '\u{2219}')
}

/// Reads a text from left to right for hosts.
struct Reader<'a> {
    signs: &'a [(usize, char)],
    is_mail: bool,
    at: usize,
    /// Hosts and authorities, with their places among the signs.
    found: Vec<(Range<usize>, String)>,
}

impl Reader<'_> {
    fn sign(&self, at: usize) -> char {
        self.signs.get(at).map_or('\0', |(_, c)| *c)
    }

    fn words(&self, range: Range<usize>) -> String {
        self.signs.get(range).unwrap_or_default().iter().map(|(_, c)| *c).collect()
    }

    /// The place of the first sign from `at` on that is not as wanted.
    fn past(&self, at: usize, wanted: impl Fn(char) -> bool) -> usize {
        (at..self.signs.len()).find(|&at| !wanted(self.sign(at))).unwrap_or(self.signs.len())
    }

    fn step(&mut self) {
        let c = self.sign(self.at);
        if is_slash(c) && is_slash(self.sign(self.at + 1)) {
            self.authority();
        } else if c == '[' || c.is_alphanumeric() {
            self.word();
        } else {
            self.at += 1;
        }
    }

    /// The authority behind two slashes: behind a scheme any, else one that is written as a host.
    fn authority(&mut self) {
        let letters = self
            .at
            .checked_sub(1)
            .filter(|&colon| self.sign(colon) == ':')
            .is_some_and(|colon| colon >= 2 && (colon - 2..colon).all(|at| self.sign(at).is_ascii_alphanumeric()));
        let start = self.past(self.at, is_slash);
        let end = self.past(start, |c| is_of_address(c) && !is_slash(c) && !matches!(c, '?' | '#'));
        let authority = self.words(start..end);
        let authority = authority.trim_end_matches(|c: char| !c.is_alphanumeric() && c != ']');
        let (user, host) = authority.rsplit_once('@').unwrap_or(("", authority));
        self.at = end.max(self.at + 1);
        if host.is_empty() || !(letters || is_written_as_host(without_port(host))) {
            return;
        }
        let user = user.split(':').next().unwrap_or_default();
        if is_written_as_host(user) {
            self.found.push((start..end, user.to_owned()));
        }
        self.found.push((start..end, host.to_owned()));
        self.at = self.past(end, is_of_address);
    }

    /// A word, which may be a host, and the path behind it.
    fn word(&mut self) {
        let (start, is_bracket) = (self.at, self.sign(self.at) == '[');
        let end = if is_bracket {
            self.past(start + 1, |c| c.is_ascii_hexdigit() || matches!(c, ':' | '.')) + 1
        } else {
            self.past(start, |c| c.is_alphanumeric() || is_mark(c) || matches!(c, '-' | '_' | '.' | '%'))
        };
        let word = self.words(start..end);
        let word = word.trim_end_matches(['.', '-', '_', '%']);
        let next = self.sign(end);
        let is_host = is_written_as_host(word) && !(self.is_mail && next == '@');
        if is_host {
            self.found.push((start..start + word.chars().count(), word.to_owned()));
        }
        self.at = if is_bracket && !is_host { start + 1 } else { end };
        let is_port = next == ':' && self.sign(end + 1).is_ascii_digit();
        if is_host && (is_slash(next) || matches!(next, '?' | '#') || is_port) {
            self.at = self.past(end, is_of_address);
        } else if is_slash(next) && !is_slash(self.sign(end + 1)) && !is_bracket {
            self.at = self.past_path(end);
        }
    }

    /// The end of a path that begins with no host: another address may stand in it.
    fn past_path(&self, from: usize) -> usize {
        let end = self.past(from, is_of_address);
        let is_start = |&at: &usize| is_slash(self.sign(at)) && is_slash(self.sign(at + 1));
        (from..end).find(is_start).unwrap_or(end)
    }
}

fn is_slash(c: char) -> bool {
    c == '/' || c == '\\'
}

/// Whether a character may stand in an address: no space, quotation mark, bracket, arrow or picture.
fn is_of_address(c: char) -> bool {
    c.is_alphanumeric() || is_mark(c) || c.is_ascii_graphic() && !matches!(c, '"' | '<' | '>' | '`' | '|' | '{' | '}')
}

fn without_port(host: &str) -> &str {
    let port = host.rsplit_once(':').filter(|(_, port)| port.bytes().all(|byte| byte.is_ascii_digit()));
    port.map_or(host, |(host, _)| host)
}
