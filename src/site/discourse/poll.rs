//! Polls of a post: the page has a widget for each, which a script fills from the post's `polls`.

use std::collections::HashMap;
use std::fmt::Write;
use std::ops::Range;

use crate::markup::html_line;
use crate::model::counted;
use crate::site::json::Value;
use crate::site::markup_scan::{Sink, Tag, scan};

/// The HTML of a post with the options and votes of its polls in place of their widgets; a poll without one comes last.
pub(super) fn with_polls(cooked: &str, polls: Value<'_>) -> String {
    let mut shown: HashMap<String, String> = HashMap::new();
    let mut names = Vec::new();
    for poll in polls.items() {
        let name = poll.get("name").line().unwrap_or_else(|| "poll".to_owned());
        if shown.insert(name.clone(), of_poll(poll)).is_none() {
            names.push(name);
        }
    }
    if names.is_empty() {
        return cooked.to_owned();
    }
    let mut widgets = Widgets::default();
    scan(cooked, &mut widgets);
    let mut out = String::with_capacity(cooked.len());
    let mut at = 0;
    for (place, name) in widgets.found {
        // A post has one widget for a poll.
        let Some(poll) = shown.remove(&name) else { continue };
        out.extend([cooked.get(at..place.start).unwrap_or_default(), &*poll]);
        at = place.end;
    }
    out.push_str(cooked.get(at..).unwrap_or_default());
    out.extend(names.iter().filter_map(|name| shown.remove(name)));
    out
}

fn of_poll(poll: Value<'_>) -> String {
    let title = poll.get("title").text().map(|title| html_line(&title)).filter(|title| !title.is_empty());
    let mut facts = vec![format!("Poll{}", title.map_or_else(String::new, |title| format!(" “{}”", escaped(&title))))];
    facts.extend(poll.get("voters").count().map(|voters| counted(voters, "voter")));
    facts.extend(poll.get("status").line().filter(|status| status == "closed"));
    let mut html = format!("<p>{}:</p><ul>", facts.join(", "));
    for option in poll.get("options").items() {
        let words = html_line(&option.get("html").text().unwrap_or_default());
        let votes = option.get("votes").count().map(|votes| format!(": {}", counted(votes, "vote")));
        _ = write!(html, "<li>{}{}</li>", escaped(&words), votes.unwrap_or_default());
    }
    html + "</ul>"
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// The widgets of polls in a post.
#[derive(Default)]
struct Widgets {
    /// The widget that is open: where it begins, the name of its poll, and the `div`s that are open in it.
    open: Option<(usize, String, u32)>,
    found: Vec<(Range<usize>, String)>,
}

impl Sink for Widgets {
    fn open(&mut self, tag: &Tag, at: Range<usize>) {
        if tag.name != "div" {
            return;
        }
        match &mut self.open {
            Some((_, _, depth)) => *depth += 1,
            None if tag.has_class("poll") => self.open = Some((at.start, tag.get("data-poll-name").to_owned(), 1)),
            None => {}
        }
    }

    fn close(&mut self, name: &str, at: Range<usize>) {
        let Some((_, _, depth)) = self.open.as_mut().filter(|_| name == "div") else { return };
        *depth -= 1;
        if *depth == 0
            && let Some((start, name, _)) = self.open.take()
        {
            self.found.push((start..at.end, name));
        }
    }

    fn text(&mut self, _: &str) {}
}
