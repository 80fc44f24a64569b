//! Counts: a number that is typed before a command, where the key map gives the digits no command of their own.

use super::page::{MatchGoal, Steps};
use super::{App, Code, Command, GlobalCommand, Key, KeyMap, ListCommand, Motion, ThreadCommand};
use crate::model::{counted, is_or_are};
use crate::view::ThreadView;

/// The most that a count can be: no thread has more comments.
const MOST: u32 = 99_999_999;
/// The most times that a command runs.
const MOST_TIMES: u32 = 1000;

impl KeyMap {
    /// What help says of counts: their keys, and what they do before others; `None` where a digit gives a command.
    pub fn count_help(&self) -> Option<(String, String)> {
        let gives_command = |key: Key| digit(key).is_some();
        if Command::entries().any(|entry| self.keys(entry.command).any(gives_command)) {
            return None;
        }
        let key = |command: Command| self.keys(command).next().map_or_else(String::new, |key| key.to_string());
        let (down, bottom) = (key(Motion::Down.into()), key(Motion::Bottom.into()));
        let folds = key(ThreadCommand::FoldAll.into());
        let says = format!(
            "a count for what comes next: 3{down} goes 3 further, 10{bottom} to comment or story 10, 3{folds} folds below the \
             third level"
        );
        Some(("0 to 9".to_owned(), says))
    }
}

impl App {
    /// The count with the digit of a key behind it; `None` where the key is no part of a count.
    pub(super) fn count_with(&self, key: Key, before: Option<u32>) -> Option<u32> {
        let digit = digit(key).filter(|digit| *digit > 0 || before.is_some())?;
        let is_free = self.keys.command(key, self.page.scope()).is_none();
        is_free.then(|| (before.unwrap_or(0).saturating_mul(10).saturating_add(digit)).min(MOST))
    }

    /// The count that has been typed so far.
    pub(super) fn count(&self) -> Option<u32> {
        self.count
    }

    /// Runs a command with a count: that many times, or as far as it leads; to the comment or story of that number; or below
    /// that level. Others have no use for one, and the key that closes what is open takes it back.
    pub(super) fn run_counted(&mut self, command: Command, count: u32) {
        self.leave_end(command);
        self.note_first_step(command);
        let (stories, matches) = (isize::try_from(count).unwrap_or(isize::MAX), Steps::Counted(count as usize));
        match command {
            Command::Motion(Motion::Top | Motion::Bottom) => self.go_to_counted(count),
            Command::Thread(ThreadCommand::FoldAll) => {
                self.run(ThreadCommand::FoldBelow(u8::try_from(count).unwrap_or(u8::MAX)).into());
            }
            Command::Thread(ThreadCommand::NextStory) => self.step_story(stories),
            Command::Thread(ThreadCommand::PreviousStory) => self.step_story(-stories),
            Command::Thread(ThreadCommand::NextShare) => self.share_in_full(count),
            Command::Thread(ThreadCommand::NextMatch) => self.step_match(MatchGoal::Next(matches)),
            Command::Thread(ThreadCommand::PreviousMatch) => self.step_match(MatchGoal::Previous(matches)),
            Command::Global(GlobalCommand::Cancel) => {}
            command if repeats(command) => self.repeat(command, count.min(MOST_TIMES)),
            command => self.run(command),
        }
    }

    /// Runs a command so many times, or as far as it leads. If it jumps, that is one jump.
    fn repeat(&mut self, command: Command, times: u32) {
        let start = self.page.thread().filter(|_| jumps(command)).map(ThreadView::jump_start);
        let before = self.page.thread().map(ThreadView::place);
        for _ in 0..times {
            self.run(command);
            if self.message.is_some() {
                break;
            }
        }
        if let (Some(start), Some(thread)) = (start, self.page.thread_mut())
            && Some(thread.view().place()) != before
        {
            thread.view_mut().join_jumps(start);
        }
    }

    /// Goes to the comment or story of a number, or to the last one where there are not so many.
    fn go_to_counted(&mut self, count: u32) {
        let Some(last) = self.last_number() else { return };
        let number = (count as usize).min(last);
        if !self.go_to_number(number) {
            self.run(Motion::Bottom.into());
        }
        self.load_more();
        if number < count as usize {
            self.say(self.number_words(number));
        }
    }

    /// The number of the last comment or story that is here.
    pub(super) fn last_number(&self) -> Option<usize> {
        let stories = self.page.list().map(|list| list.entries().len());
        stories.or(self.page.thread().map(|view| view.thread().len() as usize))
    }

    /// That there are only so many comments or stories.
    pub(super) fn number_words(&self, number: usize) -> String {
        let are = is_or_are(number);
        match self.page.list() {
            Some(list) if list.has_more() => format!("only {number} {are} loaded so far"),
            Some(_) => format!("only {} {are} here", counted(number, "story")),
            None => format!("only {} {are} here", counted(number, "comment")),
        }
    }
}

/// The digit that a key types.
fn digit(key: Key) -> Option<u32> {
    let Key { code: Code::Char(character), ctrl: false, alt: false, .. } = key else { return None };
    character.to_digit(10)
}

/// Whether the way back from where a command leads is a jump.
fn jumps(command: Command) -> bool {
    matches!(
        command,
        Command::Thread(
            ThreadCommand::NextTop
                | ThreadCommand::PreviousTop
                | ThreadCommand::Parent
                | ThreadCommand::NextByAuthor
                | ThreadCommand::NextNew
        )
    )
}

/// Whether a count before a command gives it that many times.
fn repeats(command: Command) -> bool {
    match command {
        Command::Motion(_) => true,
        Command::Thread(command) => matches!(
            command,
            ThreadCommand::ReadBack
                | ThreadCommand::NextSibling
                | ThreadCommand::PreviousSibling
                | ThreadCommand::NextTop
                | ThreadCommand::PreviousTop
                | ThreadCommand::Parent
                | ThreadCommand::NextByAuthor
                | ThreadCommand::JumpBack
                | ThreadCommand::JumpForth
                | ThreadCommand::NextNew
                | ThreadCommand::HideLess
                | ThreadCommand::HideMore
                | ThreadCommand::FullMore
                | ThreadCommand::FullLess
                | ThreadCommand::Undo
                | ThreadCommand::Redo
                | ThreadCommand::CodeLeft
                | ThreadCommand::CodeRight
        ),
        // A section or site that is turned to on the way would be asked for its stories.
        Command::List(command) => command == ListCommand::NextUnread,
        Command::Global(_) => false,
    }
}
