//! The commands that are of use on a thread.

use super::code_scroll::CODE_STEP;
use super::page::{MatchGoal, OrderGoal, Steps};
use super::reasons::reasons;
use super::thresholds::ThresholdStep;
use super::{App, Message, Motion, Overlay, Question, ThreadCommand};
use crate::model::is_or_are;
use crate::view::{Row, ThreadView, Visibility};

const AT_TOP: &str = "this is the top";
const AT_END: &str = "this is the end";
const NO_COMMENT: &str = "no comment here";

impl App {
    /// Runs a command on the thread. Where nothing of it is here, only a search or filter may be typed already.
    pub(super) fn run_in_thread(&mut self, command: ThreadCommand) {
        match command {
            ThreadCommand::ReadOn => self.read_on(),
            ThreadCommand::ReadBack => self.go_in_thread(Motion::PageUp),
            ThreadCommand::NextStory => self.step_story(1),
            ThreadCommand::PreviousStory => self.step_story(-1),
            ThreadCommand::NextSibling => self.step(ThreadView::next_sibling, "no further reply on this level"),
            ThreadCommand::PreviousSibling => self.step(ThreadView::previous_sibling, "no earlier reply on this level"),
            ThreadCommand::FoldOrParent => self.fold_or_go_up(),
            ThreadCommand::OpenOrReply => {
                self.open_or(|view| view.open() || view.first_reply(), "no reply to this one is shown");
            }
            ThreadCommand::NextTop => self.step(ThreadView::next_top, "no further comment on the top level"),
            ThreadCommand::PreviousTop => self.step(ThreadView::previous_top, AT_TOP),
            ThreadCommand::Parent => self.step(ThreadView::parent, AT_TOP),
            ThreadCommand::NextByAuthor => {
                self.step(ThreadView::next_by_author, "no other comment by this author is shown");
            }
            ThreadCommand::JumpBack => self.step(ThreadView::back, "no place to go back to"),
            ThreadCommand::JumpForth => self.step(ThreadView::forth, "no place to go forth to"),
            ThreadCommand::Toggle => {
                let says = self.nothing_to_open();
                self.open_or(|view| view.toggle() || view.first_shown_from_end(), says);
            }
            ThreadCommand::FoldThread => self.step(ThreadView::fold_thread, NO_COMMENT),
            ThreadCommand::FoldAndNext => self.step(ThreadView::fold_and_next, AT_END),
            ThreadCommand::FoldAll => {
                self.fold_levels(ThreadView::fold_all, "all comments are folded".to_owned());
            }
            ThreadCommand::OpenAll => self.open_all(),
            ThreadCommand::FoldBelow(levels) => {
                let says = format!("folded below level {levels}");
                self.fold_levels(|view| view.fold_below(u32::from(levels)), says);
            }
            ThreadCommand::Automatic => {
                if !self.change(ThreadView::automatic) {
                    self.say("nothing here is folded or opened otherwise");
                }
            }
            ThreadCommand::Undo if self.take_back() => {}
            ThreadCommand::Undo => self.reach(OrderGoal::Undo),
            ThreadCommand::Redo => self.reach(OrderGoal::Redo),
            ThreadCommand::HideLess => self.step_thresholds(ThresholdStep::HideLess),
            ThreadCommand::HideMore => self.step_thresholds(ThresholdStep::HideMore),
            ThreadCommand::FullMore => self.step_thresholds(ThresholdStep::FullMore),
            ThreadCommand::FullLess => self.step_thresholds(ThresholdStep::FullLess),
            ThreadCommand::MinScore => self.ask_min_score(),
            ThreadCommand::NextShare => self.next_share(),
            ThreadCommand::Sort => self.ask_order(),
            ThreadCommand::Search => self.ask_search(),
            ThreadCommand::NextMatch => self.step_match(MatchGoal::Next(Steps::One)),
            ThreadCommand::PreviousMatch => self.step_match(MatchGoal::Previous(Steps::One)),
            ThreadCommand::Filter => self.ask_filter(),
            ThreadCommand::Label(tab) => self.filter_by_label(usize::from(tab)),
            ThreadCommand::NextNew => self.next_unread_comment(),
            ThreadCommand::BrowseComment => self.browse_comment(),
            ThreadCommand::Links => self.show_links(),
            ThreadCommand::CopyText => self.copy_text(),
            ThreadCommand::Pipe => self.ask_pipe(),
            ThreadCommand::Ancestors => self.show_ancestors(),
            ThreadCommand::Why => self.show_why(),
            ThreadCommand::Uncover => self.toggle_spoilers(),
            ThreadCommand::CodeLeft => self.step_code(-CODE_STEP),
            ThreadCommand::CodeRight => self.step_code(CODE_STEP),
        }
    }

    /// Goes some way through the thread.
    pub(super) fn go_in_thread(&mut self, motion: Motion) {
        let Some(view) = self.page.thread() else { return };
        let (half, whole) = ((view.geometry().height / 2).max(1), page_lines(view));
        match motion {
            Motion::Down => self.step(ThreadView::down, AT_END),
            Motion::Up => self.step(ThreadView::up, AT_TOP),
            Motion::HalfPageDown => self.step(|view| view.scroll(half), AT_END),
            Motion::HalfPageUp => self.step(|view| view.scroll(-half), AT_TOP),
            Motion::PageDown => self.step(|view| view.scroll(whole), AT_END),
            Motion::PageUp => self.step(|view| view.scroll(-whole), AT_TOP),
            Motion::LineDown => self.step(|view| view.scroll(1), AT_END),
            Motion::LineUp => self.step(|view| view.scroll(-1), AT_TOP),
            Motion::Top => self.step(ThreadView::top, AT_TOP),
            Motion::Bottom => self.step(ThreadView::bottom, AT_END),
        }
    }

    /// Moves, opens or folds; says `otherwise` where there is nothing to do.
    fn step(&mut self, step: impl FnOnce(&mut ThreadView) -> bool, otherwise: impl Into<Message>) {
        let Some(thread) = self.page.steer_thread() else { return };
        if !thread.view_mut().change(step) {
            self.say(otherwise);
        }
    }

    fn next_unread_comment(&mut self) {
        let Some(thread) = self.page.steer_thread() else { return };
        if thread.view_mut().change(ThreadView::next_unread) {
            return;
        }
        let left = match thread.view().unread_in_folds() {
            0 => Message::default(),
            count => {
                let opens = self.keys.key_for(ThreadCommand::OpenAll, "opens all");
                Message::from(format!(" but {count} that {} folded away", is_or_are(count))).and(opens)
            }
        };
        let hidden = match thread.view().rows().counts().hidden {
            0 => String::new(),
            count => format!("; {count} {} hidden", is_or_are(count as usize)),
        };
        self.say(Message::from("everything was on the screen").and(left).and(hidden));
    }

    /// Folds, or goes to the parent. From the end nothing is nearer than where one came from, so that stays; on the way
    /// to the story, which may be far, says how to come back.
    fn fold_or_go_up(&mut self) {
        let Some(row) = self.page.thread().map(|view| view.place().row) else { return };
        if matches!(row, Row::Rest | Row::Foot) {
            let up = self.keys.key_for(Motion::Up, "goes up");
            self.say(Message::from(AT_END).and(up));
            return;
        }
        self.step(|view| view.fold() || view.parent(), AT_TOP);
        if row != Row::Story && self.page.thread().is_some_and(|view| view.place().row == Row::Story) {
            let back = self.keys.key_for(ThreadCommand::JumpBack, "goes back to the comment");
            self.say(Message::from("this is the story").and(back));
        }
    }

    /// Changes the folds of the whole thread; whether that changed what is seen of a comment.
    fn change(&mut self, change: impl FnOnce(&mut ThreadView)) -> bool {
        let Some(thread) = self.page.steer_thread() else { return false };
        let before = looks(thread.view());
        thread.view_mut().change(change);
        looks(thread.view()) != before
    }

    /// Folds the whole thread, and says how; where it was so before, that it was.
    fn fold_levels(&mut self, fold: impl FnOnce(&mut ThreadView), says: String) {
        let message = if self.change(fold) {
            Message::from(says).and(self.keys.key_for(ThreadCommand::Undo, "takes that back"))
        } else {
            Message::from(says).and(" already")
        };
        self.say(message);
    }

    /// Opens everything, and says what stays hidden nevertheless.
    fn open_all(&mut self) {
        let has_changed = self.change(ThreadView::open_all);
        let hidden = self.page.thread().map_or(0, |view| view.rows().counts().hidden);
        if hidden > 0 && self.page.thread().is_some_and(|view| view.filter().is_none()) {
            let stay = if hidden == 1 { "stays" } else { "stay" };
            self.say(format!("{hidden} {stay} hidden: of authors or kinds that you hide"));
        } else if !has_changed {
            self.say("everything is open already");
        }
    }

    /// The words where nothing is open or folded; on the story, with the key that opens its article.
    fn nothing_to_open(&self) -> Message {
        let view = self.page.thread().filter(|view| view.place().row == Row::Story);
        let has_link = view.is_some_and(|view| !view.thread().story().link.is_empty());
        let links = self.keys.key_for(ThreadCommand::Links, "opens the story's link");
        Message::from("nothing to open or fold here").and(Some(links).filter(|_| has_link))
    }

    /// Shows the hidden comments that the reader's row stands for; on another row, does what `step` does.
    fn open_or(&mut self, step: impl FnOnce(&mut ThreadView) -> bool, otherwise: impl Into<Message>) {
        let Some(view) = self.page.thread().filter(|view| hidden_here(view) > 0) else {
            self.step(step, otherwise);
            return;
        };
        let (hidden, is_through_thread) = (hidden_here(view), view.place().row == Row::Rest);
        _ = self.change(|view| _ = view.open());
        // Of what is shown through the thread, the end says so.
        if !is_through_thread {
            let back = self.keys.key_for(ThreadCommand::JumpBack, "goes back");
            let were = if hidden == 1 { "was" } else { "were" };
            self.say(Message::from(format!("{hidden} shown that {were} hidden")).and(back));
        }
    }

    /// The words at the end for what was counted there and is shown in its places now, and how to step through it.
    pub fn shown_above_words(&self, view: &ThreadView) -> Message {
        let up = self.keys.key_for(ThreadCommand::PreviousTop, "goes up to them");
        self.own_message(&Message::from(format!("{} shown above", view.shown_from_end())).and(up))
    }

    fn ask_min_score(&mut self) {
        if self.page.steer_thread().is_some() {
            self.ask(Question::MinScore, "");
        }
    }

    fn show_ancestors(&mut self) {
        let Some(thread) = self.page.steer_thread() else { return };
        let view = thread.view();
        let Some(index) = view.place().row.comment() else {
            let shows = self.keys.key_for(ThreadCommand::Ancestors, "on a comment shows what that answers");
            self.say(Message::from("nothing above this").and(shows));
            return;
        };
        let mut ancestors: Vec<u32> = view.thread().lineage(index).collect();
        ancestors.reverse();
        if ancestors.is_empty() {
            self.say("this is the top level: it answers the story");
        } else {
            // The nearest one is the last, and the one that is wanted most: from its name on.
            let above = ancestors.get(..ancestors.len() - 1).unwrap_or_default();
            let first = self.ancestor_lines(above);
            self.scroll_overlay(Overlay::Ancestors(ancestors, first), 0);
        }
    }

    fn show_why(&mut self) {
        let Some(thread) = self.page.steer_thread() else { return };
        let facts = reasons(thread.view());
        self.overlay = Some(Overlay::Why(facts, 0));
    }

    fn toggle_spoilers(&mut self) {
        let Some(thread) = self.page.steer_thread() else { return };
        if thread.view_mut().toggle_spoilers().is_none() {
            self.say("no spoiler here");
        }
    }
}

/// Whether each comment is seen, and is folded.
fn looks(view: &ThreadView) -> Vec<(Visibility, bool)> {
    let rows = view.rows();
    (0..view.thread().len()).map(|index| (rows.visibility(index), rows.is_folded(index))).collect()
}

/// Lines of a page: a screen, but for two that show where it goes on.
pub(super) fn page_lines(view: &ThreadView) -> i32 {
    (view.geometry().height - 2).max(1)
}

/// The number of hidden comments that the reader's row stands for.
fn hidden_here(view: &ThreadView) -> u32 {
    match view.place().row {
        Row::Marker(owner) => view.rows().hidden_under(owner),
        Row::Rest => view.rows().hidden_at_root(),
        Row::Story | Row::Comment(_) | Row::Foot => 0,
    }
}
