//! Filters: of a thread by a query or a label, of a list by a query.

use super::{App, GlobalCommand, Message, Question};
use crate::view::{Checkpoint, ListView, Query, QueryError, ThreadView};

/// The most comments that are filtered anew by each key of a query: of more, a key would have to wait.
const MOST_WHILE_TYPED: u32 = 30_000;

impl App {
    /// Asks for a filter, beginning with the one in force.
    pub(super) fn ask_filter(&mut self) {
        self.filter_start = self.page.thread().map(|view| Box::new(view.checkpoint()));
        let text = self.page.thread().and_then(ThreadView::filter).map_or("", Query::text).to_owned();
        self.ask(Question::Filter, &text);
    }

    /// Filters by what is typed so far, from where typing began; while that is no query yet, the last one stays.
    pub(super) fn filter_while_typed(&mut self, typed: &str) {
        let query = if typed.trim().is_empty() { None } else { Query::parse(typed).ok() };
        let (Some(start), Some(thread)) = (&self.filter_start, self.page.thread_mut()) else { return };
        let view = thread.view_mut();
        if (query.is_none() && !typed.trim().is_empty()) || view.thread().len() > MOST_WHILE_TYPED {
            return;
        }
        view.restore(Checkpoint::clone(start));
        filter(view, query);
    }

    /// Sets the filter that was typed; where it is none, says so and gives the line back with the cursor on what is wrong.
    pub(super) fn set_filter(&mut self, text: &str) {
        let query = if text.trim().is_empty() { Ok(None) } else { Query::parse(text).map(Some) };
        let query = match query {
            Ok(query) => query,
            Err(error) => return self.ask_again(Question::Filter, text, error),
        };
        self.give_up_filter();
        let Some(thread) = self.page.thread_mut() else { return };
        thread.view_mut().change(|view| filter(view, query));
        if thread.view().matching() == Some(0) {
            // Words alone may have been meant for a term.
            let is_plain = text.chars().all(|c| c.is_alphanumeric() || c.is_whitespace() || c == '-');
            let terms = self.keys.key_for(GlobalCommand::Help, "lists the terms");
            let plain = Message::from(format!("no comment has “{}”", text.trim())).and(terms);
            self.say(if is_plain { plain } else { "no comment meets this".into() });
        }
    }

    /// Gives up typing a filter: all is as it was before.
    pub(super) fn give_up_filter(&mut self) {
        if let (Some(start), Some(thread)) = (self.filter_start.take(), self.page.thread_mut()) {
            thread.view_mut().restore(*start);
        }
    }

    /// Gives a line back in which something is wrong, with the cursor on that.
    pub(super) fn ask_again(&mut self, question: Question, text: &str, error: QueryError) {
        self.give_back(question, text, error.at);
        if let Some(prompt) = &mut self.prompt {
            prompt.has_error = true;
        }
        self.say(error.says);
    }

    /// Shows only the comments with a label, by the number of its tab.
    pub(super) fn filter_by_label(&mut self, tab: usize) {
        let Some(thread) = self.page.thread_mut() else { return };
        let label = tab.checked_sub(1).map(|place| self.options.labels.get(place).map_or("", String::as_str));
        let Some(label) = label else {
            if !self.clear_filter() {
                self.say("no filter is set");
            }
            return;
        };
        if thread.view().labels().iter().any(|(known, _)| known.eq_ignore_ascii_case(label)) {
            thread.view_mut().change(|view| view.filter_to_first(Query::of_label(label)));
        } else {
            self.say(format!("no comment here has the label {label}"));
        }
    }

    /// The filter that a list begins with, for the list that is opened first; what threads would begin with is then no more.
    pub(super) fn list_filter(&mut self) -> Option<Query> {
        let filter = self.options.list_filter.take();
        if filter.is_some() {
            self.options.filter = None;
            self.options.filter_mistake = None;
        }
        self.message = self.options.filter_mistake.take().map(Message::from).or(self.message.take());
        filter
    }

    /// A thread was opened first: what a list would begin with is no more.
    pub(super) fn drop_list_filter(&mut self) {
        self.options.list_filter = None;
        let mistake = self.options.filter_mistake.take().filter(|_| self.options.filter.is_none());
        self.message = mistake.map(Message::from).or(self.message.take());
    }

    /// Asks for the query of a list, beginning with the one in force.
    pub(super) fn ask_list_filter(&mut self) {
        let filter = self.page.list().and_then(ListView::filter).cloned();
        self.ask(Question::FilterList, filter.as_ref().map_or("", Query::text));
        self.list_filter_start = Some((filter, self.page.list().and_then(ListView::place)));
    }

    /// Gives up typing the query of a list: the one before is in force, and the reader is where they were.
    pub(super) fn give_up_list_filter(&mut self) {
        let (Some((filter, place)), Some(list)) = (self.list_filter_start.take(), self.page.list_mut()) else { return };
        list.view_mut().set_filter(filter);
        if let Some(place) = place {
            list.view_mut().return_to(&place);
        }
    }

    /// Leaves only the stories of the list that meet what is typed so far. While that is no query yet, the last one stays.
    pub(super) fn filter_list(&mut self, typed: &str) -> Result<(), QueryError> {
        let query = if typed.trim().is_empty() { None } else { Some(Query::for_stories(typed)?) };
        if let Some(list) = self.page.list_mut() {
            list.view_mut().set_filter(query);
        }
        Ok(())
    }

    /// Sets the list's filter that was typed; where it is none, says so and gives the line back.
    pub(super) fn end_list_filter(&mut self, typed: &str) {
        if let Err(error) = self.filter_list(typed) {
            self.ask_again(Question::FilterList, typed, error);
        }
    }

    /// Takes the filter away; whether there was one.
    pub(super) fn clear_filter(&mut self) -> bool {
        if !self.page.has_filter() {
            return false;
        }
        if let Some(thread) = self.page.thread_mut() {
            thread.view_mut().change(|view| view.set_filter(None));
        }
        if let Some(list) = self.page.list_mut() {
            list.view_mut().set_filter(None);
        }
        true
    }
}

/// Sets the filter and goes to the first comment that meets it, or takes the filter away.
fn filter(view: &mut ThreadView, query: Option<Query>) {
    match query {
        Some(query) => view.filter_to_first(query),
        None => view.set_filter(None),
    }
}
