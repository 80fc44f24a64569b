//! The status line as far as its columns matter to the mouse too: the mark that leads back, and the place at the right.

use unicode_width::UnicodeWidthStr;

use super::prompt_line::start_within;
use super::{App, Command, GlobalCommand, ListCommand, Message, PageContent, Question, ThreadCommand, ThreadPage};
use crate::view::{ListOrder, ListView, Order, Row, ThreadView};

/// Columns of the mark that leads back.
pub const BACK_COLUMNS: usize = 2;
/// Columns that are left to a message, whatever stands behind it.
const LEAST_LEFT: usize = 18;
/// Columns that are left to a title while something is searched for.
const LEAST_TITLE: usize = 8;
/// The fewest columns that tell what is searched for, and the most that it takes.
const LEAST_NAMED: usize = 6;
const MOST_NAMED: usize = 24;
/// Columns around a line that is being typed: at its ends, of the cursor, and before what stands behind it.
const PROMPT_MARGIN: usize = 5;

impl App {
    /// Whether a mark at the left leads back.
    pub fn leads_back(&self) -> bool {
        self.has_way_back() && self.prompt.is_none()
    }

    /// The selected comment, while its header is above the screen: the status line says who speaks.
    pub fn comment_begun_above(&self) -> Option<u32> {
        let place = self.page.thread()?.place();
        place.row.comment().filter(|_| place.y < 0)
    }

    /// The columns that the place of the reader, at the right, leaves to the rest of the line.
    pub fn status_room(&self) -> usize {
        let back = if self.leads_back() { BACK_COLUMNS } else { 0 };
        match self.status_place().width() {
            0 => self.foot_width().saturating_sub(2 + back),
            right => self.foot_width().saturating_sub(right + 4 + back),
        }
    }

    /// The count that is being typed, what is searched for, the reader's place and the key for help: as much of it as leaves
    /// room for the rest of the line, and in any case the key.
    pub fn status_place(&self) -> Message {
        let help = |does: &str| Message::from(self.keys.key_with("  ", GlobalCommand::Help, does));
        let count = self.count().map_or_else(String::new, |count| format!("{count}  "));
        let (found, place) = match self.page.content() {
            PageContent::Unloaded | PageContent::Loading(_) | PageContent::Failed(_) => {
                (String::new(), Message::default())
            }
            PageContent::Thread(thread) => {
                let watched = if self.is_watching() { "watched  " } else { "" };
                let before = Message::from(format!("{watched}{}", self.origin_words()));
                (found(thread), before.and(place_in_thread(thread.view())))
            }
            PageContent::List(list) => {
                (String::new(), Message::from(self.origin_words()).and(place_in_list(list.view())))
            }
        };
        // The typed text and the message about it need the room.
        if let Some(prompt) = &self.prompt {
            let words = match (prompt.question, self.page.thread().and_then(filter_count)) {
                (Question::Filter, filtered) => filtered.unwrap_or_default().into(),
                // They are no buttons meanwhile.
                _ if found.is_empty() && self.page.list().is_some() => place.words().trim_end().into(),
                _ => Message::from(found.trim_end()),
            };
            let typed = self.prompt_label(prompt.question).width() + prompt.typed.text().width();
            return if typed + words.width() + PROMPT_MARGIN < self.foot_width() { words } else { Message::default() };
        }
        let shorter = if found.is_empty() { self.bare_place() } else { Message::default() };
        let forms = [(place.clone(), " help"), (place, ""), (shorter, "")];
        let form = |found: String, (place, does): &(Message, &str)| {
            let words = Message::from(format!("{count}{found}")).and(place.clone());
            let end = words.words().trim_end().len();
            let words = self.own_message(&words.part(0..end).and(help(does)));
            let start = words.words().len() - words.words().trim_start().len();
            words.part(start..words.words().len())
        };
        let fits = |words: &Message, least_left: usize| words.width() + least_left < self.size.0;
        let named = |forms: &[(Message, &str)], least_left| {
            let columns = || (LEAST_NAMED..=MOST_NAMED).rev();
            forms.iter().find_map(|with| {
                let mut all = columns().filter_map(|columns| Some(form(self.found_named(columns)?, with)));
                all.find(|words| fits(words, least_left))
            })
        };
        let unnamed = |forms: &[(Message, &str)], least_left| {
            forms.iter().map(|with| form(found.clone(), with)).find(|words| fits(words, least_left))
        };
        // A title is cut before the place goes. What is said is not, and what is searched for matters more than the place. The way
        // to help is always there.
        let (with_place, without) = forms.split_at(2);
        let is_beside_title = !found.is_empty() && self.message.is_none() && self.page.load().is_none();
        let beside_title = || named(with_place, LEAST_TITLE).or_else(|| unnamed(with_place, LEAST_TITLE));
        let words = named(with_place, LEAST_LEFT)
            .or_else(|| beside_title().filter(|_| is_beside_title))
            .or_else(|| named(without, LEAST_LEFT))
            .or_else(|| unnamed(&forms, LEAST_LEFT));
        words.unwrap_or_else(|| self.help_key().into())
    }

    /// The number of the match that the reader is on and what is searched for, that in so many columns.
    fn found_named(&self, columns: usize) -> Option<String> {
        let PageContent::Thread(thread) = self.page.content() else { return None };
        let (typed, found) = (thread.view().search()?.typed(), found(thread));
        let word =
            if typed.width() <= columns { typed.into() } else { format!("{}…", start_within(typed, columns - 1)) };
        Some(format!("{} “{word}”  ", found.trim_start_matches("match ").trim_end()))
    }
}

impl App {
    /// The key for help.
    pub(super) fn help_key(&self) -> Option<Message> {
        Some(self.own_message(&self.keys.key_with("  ", GlobalCommand::Help, "")?))
    }

    /// The number of the reader's row, and of all.
    fn bare_place(&self) -> Message {
        match self.page.content() {
            PageContent::Unloaded | PageContent::Loading(_) | PageContent::Failed(_) => Message::default(),
            PageContent::Thread(thread) => number_in_thread(thread.view()).into(),
            PageContent::List(list) => number_in_list(list.view()).into(),
        }
    }

    /// Words for where the page comes from while no site is asked, or could not be reached.
    fn origin_words(&self) -> &'static str {
        match (self.options.is_offline(), self.page.is_as_stored()) {
            (true, _) => "offline  ",
            (false, true) => "as stored  ",
            (false, false) => "",
        }
    }

    /// Whether loading the page again may bring something.
    pub(super) fn can_load_again(&self) -> bool {
        !(self.options.is_offline() && self.page.is_on_web())
    }
}

/// The number of the match that the reader is on, and the number of matches so far.
fn found(thread: &ThreadPage) -> String {
    let view = thread.view();
    let (own, all) = view.match_place();
    match view.search() {
        Some(_) if own > 0 => format!("match {own}/{all}  "),
        Some(_) if thread.is_searching() => format!("{all} found so far  "),
        Some(_) => format!("{all} found  "),
        None => String::new(),
    }
}

/// The number of comments that the filter shows, and of all; nothing without a filter.
pub fn filter_count(view: &ThreadView) -> Option<String> {
    Some(format!("{} of {}", view.matching()?, view.thread().len()))
}

/// The order, if it is not the site's, which is a button, and the reader's number.
fn place_in_list(list: &ListView) -> Message {
    let order = (list.order() != ListOrder::Site).then(|| ordered(list.order().name(), ListCommand::Sort));
    Message::from(order).and(number_in_list(list))
}

fn number_in_list(list: &ListView) -> String {
    if list.is_empty() { String::new() } else { format!("{}/{}", list.chosen() + 1, list.len()) }
}

/// The same in a thread.
fn place_in_thread(view: &ThreadView) -> Message {
    let order = (view.order() != Order::Site).then(|| ordered(view.order().name(), ThreadCommand::Sort));
    Message::from(order).and(number_in_thread(view))
}

fn number_in_thread(view: &ThreadView) -> String {
    let all = view.thread().len();
    match view.place().row {
        Row::Comment(index) | Row::Marker(index) => format!("{}/{all}", index + 1),
        Row::Story => format!("story/{all}"),
        Row::Rest | Row::Foot => format!("end/{all}"),
    }
}

/// The name of an order, by which another one is chosen.
fn ordered(name: &str, command: impl Into<Command>) -> Message {
    Message::button("", name, "", command).and("  ")
}
