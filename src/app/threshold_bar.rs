//! The threshold bar at the foot of a thread: the distribution of scores with the two marks, and what they come to in
//! words.

use super::{App, Key, KeyHint, ThreadCommand, ThreadPage};
use crate::view::{Bound, Cell, Checkpoint, ThreadView, Thresholds, cells};

/// The first column of the bar.
pub const BAR_START: usize = 1;
/// Columns between the parts of the bar.
pub const BAR_GAP: usize = 2;
/// The commands that the bar names, and what they do, where there is much room, less, and little.
const ALL_KEYS: [(ThreadCommand, &str); 4] = [
    (ThreadCommand::HideMore, "shows fewer"),
    (ThreadCommand::HideLess, "shows more"),
    (ThreadCommand::FullMore, "more in full"),
    (ThreadCommand::FullLess, "fewer in full"),
];
const HIDE_KEYS: [(ThreadCommand, &str); 2] =
    [(ThreadCommand::HideMore, "shows fewer"), (ThreadCommand::HideLess, "more")];
const BRIEF_KEYS: [(ThreadCommand, &str); 2] = [(ThreadCommand::HideMore, "fewer"), (ThreadCommand::HideLess, "more")];

/// The word before the distribution, where there is room for it.
const LABEL: &str = "score ";

/// The threshold bar as it stands on the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThresholdBar {
    /// The word before the distribution, at [`BAR_START`]; empty where there is no room.
    pub label: &'static str,
    /// The distribution; empty where no comment has a score, or there is no room.
    pub cells: Vec<Cell>,
    /// The first column of the words.
    pub words_at: usize,
    /// What the thresholds come to.
    pub words: String,
    /// The keys that move the thresholds, behind the words with [`BAR_GAP`] before each.
    pub keys: Vec<KeyHint>,
}

impl ThresholdBar {
    /// The key that a column belongs to, with what it does.
    fn key_at(&self, x: usize) -> Option<Key> {
        let mut end = self.words_at + self.words.chars().count();
        for key in &self.keys {
            let start = end + BAR_GAP;
            end = start + key.width();
            if (start..end).contains(&x) {
                return Some(key.key);
            }
        }
        None
    }
}

/// What stands beside the distribution.
struct Beside<'a> {
    label: &'static str,
    words: &'a str,
    keys: &'a [KeyHint],
    /// The fewest cells of the distribution that are worth it.
    least_cells: usize,
}

impl Beside<'_> {
    /// Its columns.
    fn width(&self) -> usize {
        let keys = self.keys.iter().map(|key| BAR_GAP + key.width()).sum::<usize>();
        self.label.len() + self.words.chars().count() + keys
    }
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
    /// step beside them, and is merged only where the shorter words leave no room for that.
    pub fn threshold_bar(&self) -> Option<ThresholdBar> {
        let view = self.page.thread()?;
        let room = self.size.0.saturating_sub(BAR_START + 1);
        let has_scores = !view.distribution().classes().is_empty();
        let steps = if has_scores { view.distribution().bounds().len() } else { 0 };
        let label = if has_scores { LABEL } else { "" };
        let [sentence, bounds, bounded, counts, bare, least] = &bar_words(view);
        let all = self.bar_keys(view, &ALL_KEYS);
        let (hide, brief) = (self.bar_keys(view, &HIDE_KEYS), self.bar_keys(view, &BRIEF_KEYS));
        let none = &[][..];
        // A cell for every step beside the words; beside shorter ones fewer, and rather none than not all that is counted.
        let layouts = [
            (label, sentence, all.as_slice(), steps),
            (label, sentence, &hide, steps),
            (label, bounds, &hide, steps),
            (label, bounds, &brief, steps),
            (label, bounded, &hide, steps),
            (label, bounded, &brief, steps),
            ("", bounded, &brief, steps),
            ("", bounded, &brief, steps.min(5)),
            ("", bounded, none, steps.min(5)),
            ("", counts, &brief, steps.min(3)),
            ("", counts, none, steps.min(3)),
            ("", bare, &brief, 0),
            ("", bare, none, 0),
            ("", least, none, 0),
        ];
        layouts.into_iter().find_map(|(label, words, keys, least_cells)| {
            lay_out(view, room, &Beside { label, words, keys, least_cells })
        })
    }

    /// The keys for these commands, with what they do. None where thresholds decide nothing, or one of them has no key.
    fn bar_keys(&self, view: &ThreadView, says: &[(ThreadCommand, &'static str)]) -> Vec<KeyHint> {
        let decide = view.filter().is_none() && !view.distribution().classes().is_empty();
        let key = |&(command, does)| Some(self.key_hint(self.keys.keys(command).next()?, does));
        says.iter().filter(|_| decide).map(key).collect::<Option<_>>().unwrap_or_default()
    }

    /// A click on the bar: the hiding threshold moves there. One on a key does what that does.
    pub(super) fn click_bar(&mut self, x: usize) {
        if let Some(key) = self.threshold_bar().and_then(|bar| bar.key_at(x)) {
            self.press(key);
            return;
        }
        let is_beside = self.threshold_bar().is_none_or(|bar| x >= bar.words_at);
        if is_beside || !self.thresholds_decide() {
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
        let column = |is_marked: fn(&Cell) -> bool| {
            bar.cells.iter().find(|cell| is_marked(cell)).map_or(BAR_START, |cell| cell.x)
        };
        let (hide, full) = (column(|cell| cell.hides_below), column(|cell| cell.full_from));
        // Where both stand in one column, the mark on the side of the pointer.
        let is_full = x.abs_diff(full) < x.abs_diff(hide) || (full == hide && x > full);
        if is_full { Mark::Full } else { Mark::Hide }
    }

    fn move_mark(&mut self, mark: Mark, x: usize) {
        let Some(bar) = self.threshold_bar() else { return };
        let (Some(first), Some(last)) = (bar.cells.first(), bar.cells.last()) else { return };
        let x = x.clamp(first.x, last.x);
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

/// The bar with all this beside the distribution, if there is room for it.
fn lay_out(view: &ThreadView, room: usize, beside: &Beside<'_>) -> Option<ThresholdBar> {
    let left = room.checked_sub(beside.width())?.saturating_sub(BAR_GAP);
    let start = BAR_START + beside.label.len();
    let cells = cells(view.distribution(), view.cutoffs(), start, left);
    let words_at = cells.last().map_or(BAR_START, |cell| cell.x + cell.width + BAR_GAP);
    (cells.len() >= beside.least_cells).then(|| ThresholdBar {
        label: beside.label,
        cells,
        words_at,
        words: beside.words.to_owned(),
        keys: beside.keys.to_vec(),
    })
}

/// What the thresholds come to, in fewer and fewer words.
fn bar_words(view: &ThreadView) -> [String; 6] {
    let counts = view.rows().counts();
    let (full, line, hidden) = (counts.full, counts.line, counts.hidden);
    let time = reading_time(view.minutes());
    let (hidden_by, full_by) = if view.filter().is_some() {
        (String::new(), String::new())
    } else {
        let (thresholds, cutoffs) = (view.thresholds(), view.cutoffs());
        // What a rule hides has any score.
        let beyond = if view.hides_by_rule() { String::new() } else { beyond(thresholds.hide, cutoffs.hide()) };
        (beyond, within(thresholds.full, cutoffs.full()))
    };
    [
        format!("{full} in full{full_by}, {time} to read · {line} on one line · {hidden} hidden{hidden_by}"),
        format!("{full} in full{full_by} · {time} · {line} on one line · {hidden} hidden{hidden_by}"),
        format!("{full} full · {time} · {line} brief · {hidden} hidden{hidden_by}"),
        format!("{full} full · {time} · {line} brief · {hidden} hidden"),
        format!("{full} full {time}, {line} brief, {hidden} hidden"),
        format!("{full} full, {hidden} hidden"),
    ]
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
