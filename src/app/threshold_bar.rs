//! The threshold bar at the foot of a thread: the distribution of scores with the two marks, and what they come to in
//! words.

use super::{App, HintCell, KeyHint, ThreadCommand, ThreadPage};
use crate::view::{Bound, Cell, Checkpoint, ThreadView, Thresholds, cells};

/// The first column of the bar.
pub const BAR_START: usize = 1;
/// Columns between the parts of the bar.
const BAR_GAP: usize = 2;
/// Columns between the distribution and the words on narrow screens.
const NARROW_GAP: usize = 1;
/// The commands for the thresholds that the bar names, and what they do, on screens of so many columns or more: those that leave
/// room for the longest words of a usual bar. On smaller ones the row of hints has them all.
const IN_BAR: [(usize, &[Says]); 3] = [
    (
        151,
        &[
            (ThreadCommand::HideMore, "shows fewer"),
            (ThreadCommand::HideLess, "shows more"),
            (ThreadCommand::FullMore, "more in full"),
            (ThreadCommand::FullLess, "fewer in full"),
        ],
    ),
    (112, &[(ThreadCommand::HideMore, "shows fewer"), (ThreadCommand::HideLess, "more")]),
    (100, &[(ThreadCommand::HideMore, "fewer"), (ThreadCommand::HideLess, "more")]),
];
/// Columns that long names of keys leave to the rest of the bar.
const LEAST_BESIDE_KEYS: usize = 60;
/// Those that stand on the row of hints, where the bar names some, and the columns that other hints have beside them.
const IN_HINTS: [(&[Says], usize); 1] =
    [(&[(ThreadCommand::FullMore, "more in full"), (ThreadCommand::FullLess, "fewer")], 45)];
/// The same where the bar names none.
const ALL_IN_HINTS: [(&[Says], usize); 2] = [
    (
        &[
            (ThreadCommand::FullMore, "full"),
            (ThreadCommand::FullLess, "brief"),
            (ThreadCommand::HideMore, "fewer"),
            (ThreadCommand::HideLess, "more"),
        ],
        45,
    ),
    (&[(ThreadCommand::HideMore, "fewer"), (ThreadCommand::HideLess, "more")], 30),
];

/// A command for the thresholds and what it does.
type Says = (ThreadCommand, &'static str);

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
    /// The keys that move the thresholds, at the end of the line.
    pub keys: Vec<HintCell>,
}

impl ThresholdBar {
    /// Whether the words in a column say how much is hidden: those are the last.
    fn is_on_hidden(&self, x: usize) -> bool {
        let Some((before, _)) = self.words.split_once(" hidden") else { return false };
        let before = before.trim_end_matches(|sign: char| sign.is_ascii_digit());
        let start = self.words_at + before.chars().count();
        (start..self.words_at + self.words.chars().count()).contains(&x)
    }
}

/// A layout of the distribution: the word before it, the columns that stay free for words behind it and for the gap between
/// the two, and the fewest cells that are worth it.
type Layout = (&'static str, usize, usize, usize);

/// The columns between a score and the signs before and behind it.
type Gaps = (usize, usize);

const NO_GAPS: [Gaps; 1] = [(0, 0)];
/// Signs of ASCII stand apart from the scores, which they would be read as part of: the blocks more than the marks.
const ASCII_GAPS: [Gaps; 2] = [(1, 1), (0, 1)];

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
    /// The threshold bar of the thread on the screen. The keys stand where the size of the screen has them, in every thread;
    /// the distribution takes the same columns whatever the thresholds are; between them stand the longest words that fit
    /// there.
    pub fn threshold_bar(&self) -> Option<ThresholdBar> {
        let view = self.page.thread()?;
        let end = self.size.0.saturating_sub(1);
        let before = |keys: &[HintCell]| keys.first().map_or(end, |first| first.x.saturating_sub(BAR_GAP));
        let mut keys = self.keys_in_bar();
        let gaps = if self.options.ascii { &ASCII_GAPS[..] } else { &NO_GAPS };
        let (label, cells, words_at) = scale(view, before(&keys) + 1, gaps);
        if !is_decided_by_thresholds(view) {
            keys.clear();
        }
        let room = before(&keys).saturating_sub(words_at);
        let mut words = bar_words(view).into_iter();
        let least = words.next_back().unwrap_or_default();
        let words = words.find(|words| words.chars().count() <= room).unwrap_or(least);
        Some(ThresholdBar { label, cells, words_at, words, keys })
    }

    /// The keys that the bar names on a screen of this size.
    fn keys_in_bar(&self) -> Vec<HintCell> {
        let lay_out = |(least, says): &(usize, &[Says])| {
            let keys = self.keys_up_to_end(says);
            let has_room = self.size.0 >= *least && keys.first().is_some_and(|first| first.x >= LEAST_BESIDE_KEYS);
            has_room.then_some(keys)
        };
        IN_BAR.iter().find_map(lay_out).unwrap_or_default()
    }

    /// The keys for the thresholds that the bar does not name, at the end of the row of hints.
    pub(super) fn threshold_hints(&self) -> Vec<HintCell> {
        let is_free = self.prompt.is_none() && self.overlay.is_none();
        if !is_free || !self.page.thread().is_some_and(is_decided_by_thresholds) {
            return Vec::new();
        }
        let layouts = match self.keys_in_bar().len() {
            0 => &ALL_IN_HINTS[..],
            2 => &IN_HINTS,
            _ => &[],
        };
        let lay_out = |(says, beside): &(&[Says], usize)| {
            let keys = self.keys_up_to_end(says);
            keys.first().is_some_and(|first| first.x >= beside + BAR_GAP).then_some(keys)
        };
        layouts.iter().find_map(lay_out).unwrap_or_default()
    }

    /// The keys for these commands, with what they do, as they stand at the end of a line. None where one of them has no key.
    fn keys_up_to_end(&self, says: &[Says]) -> Vec<HintCell> {
        let key = |&(command, does)| Some(self.key_hint(self.keys.keys(command).next()?, does));
        let keys: Option<Vec<KeyHint>> = says.iter().map(key).collect();
        let keys = keys.unwrap_or_default();
        let width = keys.iter().map(|key| key.width() + BAR_GAP).sum::<usize>().saturating_sub(BAR_GAP);
        let Some(mut x) = self.size.0.saturating_sub(1).checked_sub(width) else { return Vec::new() };
        let cell = |hint: KeyHint| {
            let at = x;
            x += hint.width() + BAR_GAP;
            HintCell { x: at, hint }
        };
        keys.into_iter().map(cell).collect()
    }

    /// A click on the bar: the hiding threshold moves there. One on a key does what that does, and one on the count of what is
    /// hidden shows more, a step at a time, as the key for that does.
    pub(super) fn click_bar(&mut self, x: usize) {
        let Some(bar) = self.threshold_bar() else { return };
        if let Some(key) = bar.keys.iter().find(|key| key.columns().contains(&x)) {
            self.press(key.hint.key);
            return;
        }
        if !self.thresholds_decide() {
            return;
        }
        if bar.is_on_hidden(x) {
            self.run(ThreadCommand::HideLess.into());
            return;
        }
        if x >= bar.words_at {
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

/// Whether thresholds decide what shows of a thread: it has scores, and no filter.
fn is_decided_by_thresholds(view: &ThreadView) -> bool {
    view.filter().is_none() && !view.distribution().classes().is_empty()
}

/// The distribution in so many columns: the word before it, its cells, and the first column behind it. A cell for
/// every step where the words beside it can be short ones, else fewer; none where not even the counts would fit.
fn scale(view: &ThreadView, columns: usize, gaps: &[Gaps]) -> (&'static str, Vec<Cell>, usize) {
    let without = ("", Vec::new(), BAR_START);
    if view.distribution().classes().is_empty() {
        return without;
    }
    let steps = view.distribution().bounds().len();
    let [short, shorter, shortest] = widest_words(view.thread().len() as usize);
    let layouts: [Layout; 7] = [
        (LABEL, short, BAR_GAP, steps),
        ("", short, BAR_GAP, steps),
        ("", short, BAR_GAP, steps.min(5)),
        ("", shorter, BAR_GAP, steps.min(4)),
        ("", shortest, NARROW_GAP, steps.min(4)),
        ("", shortest, NARROW_GAP, steps.min(3)),
        ("", shortest, NARROW_GAP, steps.min(2)),
    ];
    let lay_out = |((label, words, gap, least), gaps): (Layout, Gaps)| {
        let room = columns.checked_sub(BAR_START + 1 + label.len() + gap + words)?;
        let cells = cells(view.distribution(), view.cutoffs(), (BAR_START + label.len(), room), gaps);
        let end = cells.last().map(|cell| cell.x + cell.width)?;
        (cells.len() >= least).then_some((label, cells, end + gap))
    };
    let with_gaps = |layout: Layout| gaps.iter().map(move |gaps| (layout, *gaps));
    layouts.into_iter().flat_map(with_gaps).find_map(lay_out).unwrap_or(without)
}

/// The most columns of the three shortest words for a thread of so many comments, whatever the thresholds.
fn widest_words(comments: usize) -> [usize; 3] {
    let digits = |number: usize| number.to_string().len();
    let counts = (3 * digits(comments.div_ceil(3))).max(digits(comments) + 2);
    let signs = |words: &str| words.chars().count() + counts;
    [
        signs(" full · 119 min ·  brief ·  hidden"),
        signs(" full 119 min,  brief,  hidden"),
        signs(" full  brief  hidden"),
    ]
}

/// What the thresholds come to, in fewer and fewer words. What there is none of is not spoken of.
fn bar_words(view: &ThreadView) -> [String; 7] {
    let counts = view.rows().counts();
    let (full, line, hidden) = (counts.full, counts.line, counts.hidden);
    let time = if full > 0 { reading_time(view.minutes()) } else { String::new() };
    let (hidden_by, full_by) = if view.filter().is_some() {
        (String::new(), String::new())
    } else {
        let (thresholds, cutoffs) = (view.thresholds(), view.cutoffs());
        // What a rule hides has any score.
        let beyond = if view.hides_by_rule() { String::new() } else { beyond(thresholds.hide, cutoffs.hide()) };
        (beyond, within(thresholds.full, cutoffs.full()))
    };
    let some = |count: u32, words: String| if count > 0 { words } else { String::new() };
    let timed = |before: &str, after: &str| some(full, format!("{before}{time}{after}"));
    let joined = |parts: [String; 3], between: &str| {
        let said: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        said.join(between)
    };
    let (on_line, brief) = (some(line, format!("{line} on one line")), some(line, format!("{line} brief")));
    let gone = |by: &str| some(hidden, format!("{hidden} hidden{by}"));
    [
        joined(
            [format!("{full} in full{full_by}{}", timed(", ", " to read")), on_line.clone(), gone(&hidden_by)],
            " · ",
        ),
        joined([format!("{full} in full{full_by}{}", timed(" · ", "")), on_line, gone(&hidden_by)], " · "),
        joined([format!("{full} full{}", timed(" · ", "")), brief.clone(), gone(&hidden_by)], " · "),
        joined([format!("{full} full{}", timed(" · ", "")), brief.clone(), gone("")], " · "),
        joined([format!("{full} full{}", timed(" ", "")), brief.clone(), gone("")], ", "),
        joined([format!("{full} full"), brief, gone("")], " "),
        joined([format!("{full} full"), String::new(), gone("")], " "),
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
