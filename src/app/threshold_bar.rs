//! The threshold bar at the foot of a thread: the distribution of scores with the two marks, and what they come to in
//! words.

use super::{App, ThreadCommand, ThreadPage};
use crate::view::{Bound, Cell, Checkpoint, ThreadView, Thresholds, cells};

/// The first column of the bar.
const START: usize = 1;
/// Columns between distribution and words.
const GAP: usize = 2;

/// The threshold bar as it stands on the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThresholdBar {
    /// The distribution; empty where no comment has a score, or there is no room.
    pub cells: Vec<Cell>,
    /// The first column of the words.
    pub words_at: usize,
    /// What the thresholds come to.
    pub words: String,
}

/// A drag on the bar: the column where it began, and the thread as it was before.
#[derive(Clone, Debug)]
pub(super) struct BarDrag {
    start: usize,
    before: Checkpoint,
    mark: Mark,
    /// Whether the history has it already.
    is_recorded: bool,
}

/// One of the two marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    Hide,
    Full,
}

impl App {
    /// The threshold bar of the thread on the screen. Wide screens have longer words; the distribution has a cell for every
    /// step beside them, and is merged only where the shortest words leave no room for that.
    pub fn threshold_bar(&self) -> Option<ThresholdBar> {
        let view = self.page.thread()?;
        let room = self.size.0.saturating_sub(START + 1);
        let steps = if view.distribution().classes().is_empty() { 0 } else { view.distribution().bounds().len() };
        let lay_out = |words: &String, least: usize| {
            let left = room.checked_sub(words.chars().count())?;
            let cells = cells(view.distribution(), view.cutoffs(), START, left.saturating_sub(GAP));
            let words_at = cells.last().map_or(START, |cell| cell.x + cell.width + GAP);
            (cells.len() >= least).then(|| ThresholdBar { cells, words_at, words: words.clone() })
        };
        let all_words = self.bar_words(view);
        let [.., counts, bare, least] = &all_words;
        // A cell for every step beside the words; beside shorter ones fewer, and rather none than not all that is counted.
        let with_steps = all_words.iter().take(all_words.len() - 2).map(|words| (words, steps));
        let merged = [(counts, 4), (bare, 3), (bare, 0), (least, 0)].map(|(words, cells)| (words, steps.min(cells)));
        with_steps.chain(merged).find_map(|(words, cells)| lay_out(words, cells))
    }

    /// What the thresholds come to, in fewer and fewer words.
    fn bar_words(&self, view: &ThreadView) -> [String; 8] {
        let counts = view.rows().counts();
        let (full, line, hidden) = (counts.full, counts.line, counts.hidden);
        let time = reading_time(view.minutes());
        let has_scores = !view.distribution().classes().is_empty();
        let hide = self.key_pair(ThreadCommand::HideLess, ThreadCommand::HideMore).filter(|_| has_scores);
        let whole = self.key_pair(ThreadCommand::FullMore, ThreadCommand::FullLess).filter(|_| has_scores);
        let help = |keys: &Option<String>, does: &str| {
            keys.as_ref().map_or_else(String::new, |keys| format!("  {keys} {does}"))
        };
        let (hidden_by, full_by) = if view.filter().is_some() {
            (String::new(), String::new())
        } else {
            let (thresholds, cutoffs) = (view.thresholds(), view.cutoffs());
            (beyond(thresholds.hide, cutoffs.hide()), within(thresholds.full, cutoffs.full()))
        };
        let sentence =
            format!("{full} in full{full_by}, {time} to read · {line} on one line · {hidden} hidden{hidden_by}");
        let counts = format!("{full} full · {time} · {line} line · {hidden} hidden");
        [
            sentence.clone() + &help(&hide, "hide fewer, more") + &help(&whole, "more, fewer in full"),
            sentence + &help(&hide, "hide fewer, more"),
            format!("{full} in full{full_by} · {time} · {line} on one line · {hidden} hidden{hidden_by}")
                + &help(&hide, "hide"),
            format!("{counts}{hidden_by}") + &help(&hide, "hide"),
            format!("{counts}{hidden_by}"),
            counts,
            format!("{full} full {time} {line} line {hidden} hidden"),
            format!("{full} full, {hidden} hidden"),
        ]
    }

    /// The keys of a pair of commands; `None` where one of them has none.
    fn key_pair(&self, one: ThreadCommand, other: ThreadCommand) -> Option<String> {
        Some(format!("{} {}", self.keys.keys(one).next()?, self.keys.keys(other).next()?))
    }

    /// A click on the bar: the hiding threshold moves there.
    pub(super) fn click_bar(&mut self, x: usize) {
        if !self.thresholds_decide() {
            return;
        }
        let Some(before) = self.page.thread().map(ThreadView::checkpoint) else { return };
        let drag = BarDrag { start: x, before, mark: self.nearest_mark(x), is_recorded: false };
        self.move_mark(Mark::Hide, x);
        self.record_drag(drag);
    }

    /// A drag that began on the bar: the mark that was nearer moves, and the click that began it did nothing.
    pub(super) fn drag_bar(&mut self, drag: BarDrag, x: usize) {
        if x == drag.start {
            self.bar_drag = Some(drag);
            return;
        }
        if let Some(thread) = self.page.thread_mut() {
            thread.view_mut().set_thresholds(drag.before.thresholds());
        }
        self.move_mark(drag.mark, x);
        self.record_drag(drag);
    }

    /// Makes a drag one step of the history, once it has changed something.
    fn record_drag(&mut self, mut drag: BarDrag) {
        if let Some(thread) = self.page.thread_mut().filter(|_| !drag.is_recorded) {
            drag.is_recorded = thread.view_mut().record(drag.before.clone());
        }
        self.bar_drag = Some(drag);
    }

    fn nearest_mark(&self, x: usize) -> Mark {
        let Some(bar) = self.threshold_bar() else { return Mark::Hide };
        let column =
            |is_marked: fn(&Cell) -> bool| bar.cells.iter().find(|cell| is_marked(cell)).map_or(START, |cell| cell.x);
        let (hide, full) = (column(|cell| cell.hides_below), column(|cell| cell.full_from));
        // Where both stand in one column, the mark on the side of the pointer.
        let is_full = x.abs_diff(full) < x.abs_diff(hide) || (full == hide && x > full);
        if is_full { Mark::Full } else { Mark::Hide }
    }

    fn move_mark(&mut self, mark: Mark, x: usize) {
        let Some(bar) = self.threshold_bar() else { return };
        let Some(last) = bar.cells.last() else { return };
        let x = x.clamp(START, last.x);
        let cell = bar.cells.iter().find(|cell| (cell.x..cell.x + cell.width).contains(&x));
        let (Some(cell), Some(view)) = (cell, self.page.thread_mut().map(ThreadPage::view_mut)) else { return };
        let bound = Some(Bound::Score(cell.from));
        let thresholds = match mark {
            Mark::Hide => Thresholds { hide: bound, ..view.thresholds() },
            Mark::Full => Thresholds { full: bound, ..view.thresholds() },
        };
        view.set_thresholds(thresholds);
    }
}

fn reading_time(minutes: u64) -> String {
    if minutes < 120 { format!("{minutes} min") } else { format!("{} h", minutes.div_ceil(60)) }
}

/// The words behind a count of hidden comments.
fn beyond(bound: Option<Bound>, cutoff: Option<i32>) -> String {
    match (bound, cutoff) {
        (None, _) | (_, None) => String::new(),
        (Some(Bound::Score(_)), Some(score)) => format!(" below {score}"),
        (Some(bound @ Bound::Share(_)), _) => format!(" beyond the best {bound}"),
        (Some(bound @ Bound::Time(_)), _) => format!(" beyond {bound} of reading"),
    }
}

/// The words behind a count of comments in full.
fn within(bound: Option<Bound>, cutoff: Option<i32>) -> String {
    match (bound, cutoff) {
        (None, _) | (_, None) => String::new(),
        (Some(Bound::Score(_)), Some(score)) => format!(" from {score}"),
        (Some(bound @ (Bound::Share(_) | Bound::Time(_))), _) => format!(" (the best {bound})"),
    }
}
