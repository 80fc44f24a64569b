//! A reader at work on random threads, with all that must hold after each step.

#![expect(clippy::cast_possible_wrap, clippy::cast_sign_loss, reason = "a test has few lines")]

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use lurker::model::{Story, Text, Thread};
use lurker::view::{
    Attitude, Author, AuthorNote, Authors, FoldOverride, Freshness, Geometry, Opened, Order, OrderedThread, Place,
    Query, Row, RowLine, ScoreChange, ThreadView, Thresholds, Visibility,
};

use super::query_model::{Asked, Change, Wish, as_modifiers, modifiers};
use super::random::Rng;
use super::trees::{self, Plan, build, forest, shuffle, wild};
use super::view_model::{Model, above, id, own_look};

/// What the reader can do.
#[derive(Clone, Debug)]
pub(crate) enum Op {
    Thresholds(Option<i32>, Option<i32>),
    StepHide(bool),
    StepFull(bool),
    FoldAll,
    OpenAll,
    FoldBelow(u32),
    Automatic,
    Replace(Vec<Plan>),
    Reload(Vec<Plan>),
    Filter(Option<Wish>),
    Modifiers(Vec<Change>),
    Seen(Vec<(String, Option<i32>)>),
    Authors(Vec<(&'static str, Attitude)>),
    Order(Order),
    NoteShown,
    Matches(Vec<u32>),
    Resize(Geometry),
    Toggle,
    Open,
    Fold,
    FoldThread,
    FoldAndNext,
    Reveal(u32),
    NextNew,
    NextMatch,
    PreviousMatch,
    FirstMatch,
    Down,
    Up,
    NextSibling,
    PreviousSibling,
    Parent,
    FirstReply,
    NextTop,
    PreviousTop,
    NextByAuthor,
    Scroll(i32),
    Wheel(i32),
    Top,
    Bottom,
    Select(i32),
    GoTo(u32),
    Back,
    Forth,
}

impl Op {
    /// Changes what is shown, but is none of the reader's own moves: the place must hold.
    pub(crate) fn holds(&self) -> bool {
        use Op::{Authors, NoteShown, Order, StepFull, StepHide, Thresholds};
        use Op::{Automatic, Filter, FoldAll, FoldBelow, Matches, Modifiers, OpenAll, Reload, Replace, Seen};
        matches!(self, Thresholds(..) | StepHide(_) | StepFull(_) | FoldAll | OpenAll | FoldBelow(_) | Automatic)
            || matches!(self, Replace(_) | Reload(_) | Filter(_) | Modifiers(_) | Seen(_) | Matches(_))
            || matches!(self, Authors(_) | Order(_) | NoteShown)
    }

    /// Moves the reader and changes nothing of what is shown.
    pub(crate) fn moves(&self) -> bool {
        use Op::{FirstMatch, Fold, FoldAndNext, FoldThread, NextMatch, NextNew, Open, PreviousMatch, Resize, Reveal};
        !self.holds()
            && !matches!(self, Op::Toggle | Open | Fold | FoldThread | FoldAndNext | Reveal(_) | Resize(_))
            && !matches!(self, NextNew | NextMatch | PreviousMatch | FirstMatch)
    }

    /// One of those that change what is shown.
    pub(crate) fn change(rng: &mut Rng, comments: u32) -> Self {
        let op = match rng.below(24) {
            0..2 => {
                let bound = |rng: &mut Rng| rng.chance(80).then(|| rng.range(-3, 7));
                Self::Thresholds(bound(rng), bound(rng))
            }
            2 => Self::StepHide(rng.chance(50)),
            3 => Self::StepFull(rng.chance(50)),
            4 => Self::FoldAll,
            5 => Self::OpenAll,
            6 => Self::FoldBelow(rng.below(5) as u32),
            7 => Self::Automatic,
            8 => Self::Toggle,
            9 => Self::Open,
            10 => Self::Fold,
            11 => Self::FoldThread,
            12 if comments > 0 => Self::Reveal(rng.below(comments as usize) as u32),
            13 => Self::Modifiers(modifiers(rng)),
            14..16 => Self::Filter(Some(Wish::random(rng))),
            16 => Self::Filter(None),
            17 => Self::Seen(seen(rng, comments)),
            18 => Self::Authors(attitudes(rng)),
            19..21 => Self::Order(rng.pick(&Order::NAMES).0),
            21 => Self::NoteShown,
            22 => Self::Matches((0..comments + 2).filter(|_| rng.chance(15)).collect()),
            _ => Self::FoldAndNext,
        };
        rng.tell(op)
    }

    pub(crate) fn motion(rng: &mut Rng, comments: u32, height: i32) -> Self {
        let op = match rng.below(24) {
            0..3 => Self::Down,
            3..5 => Self::Up,
            5 => Self::NextSibling,
            6 => Self::PreviousSibling,
            7 => Self::Parent,
            8 => Self::FirstReply,
            9 => Self::NextTop,
            10 => Self::PreviousTop,
            11 => Self::NextByAuthor,
            12..14 => Self::Scroll(rng.range(-height - 2, height + 2)),
            14 => Self::Wheel(rng.range(-4, 4)),
            15 => [Self::Top, Self::Bottom][rng.below(2)].clone(),
            16 => Self::Select(rng.range(-1, height)),
            17 => Self::GoTo(rng.below(comments as usize + 1) as u32),
            18 => Self::Back,
            19 => Self::Forth,
            20 => Self::NextNew,
            21 => Self::NextMatch,
            22 => Self::PreviousMatch,
            _ => Self::FirstMatch,
        };
        rng.tell(op)
    }

    pub(crate) fn run(&self, view: &mut ThreadView, story: &Story) -> bool {
        match self {
            Self::Thresholds(hide, full) => view.set_thresholds(Thresholds::new(*hide, *full)),
            Self::StepHide(up) => _ = view.step_hide(*up),
            Self::StepFull(up) => _ = view.step_full(*up),
            Self::FoldAll => view.fold_all(),
            Self::OpenAll => view.open_all(),
            Self::FoldBelow(levels) => view.fold_below(*levels),
            Self::Automatic => view.automatic(),
            Self::Replace(plans) => {
                view.replace(OrderedThread::new(Arc::new(build(plans, story.clone())), view.order()));
            }
            Self::Reload(plans) => {
                view.reload(OrderedThread::new(Arc::new(build(plans, story.clone())), view.order()));
            }
            Self::Filter(wish) => {
                view.set_filter(wish.as_ref().map(|wish| Query::parse(&wish.typed).expect("a query that is right")));
            }
            Self::Modifiers(from) => view.set_modifiers(as_modifiers(from)),
            Self::Seen(seen) => view.set_seen(seen.iter().cloned().collect()),
            Self::Authors(attitudes) => {
                let note = |attitude| AuthorNote { attitude: Some(attitude), tag: String::new() };
                let author = |name: &str| Author { site: story.site.clone(), name: name.to_owned() };
                let noted = attitudes.iter().map(|(name, attitude)| (author(name), note(*attitude)));
                view.set_authors(&noted.collect::<Authors>());
            }
            Self::Order(order) => {
                view.add_order(OrderedThread::new(Arc::clone(view.site_thread()), *order));
                view.set_order(*order);
            }
            Self::NoteShown => _ = view.note_shown(),
            Self::Matches(matches) => view.set_matches(matches.iter().rev().copied().collect()),
            Self::NextNew => return view.next_new(),
            Self::NextMatch => return view.next_match(),
            Self::PreviousMatch => return view.previous_match(),
            Self::FirstMatch => return view.first_match(true),
            Self::Resize(geometry) => view.resize(*geometry),
            Self::Toggle => return view.toggle(),
            Self::Open => return view.open(),
            Self::Fold => return view.fold(),
            Self::FoldThread => return view.fold_thread(),
            Self::FoldAndNext => return view.fold_and_next(),
            Self::Reveal(index) => return view.reveal(*index),
            Self::Down => return view.down(),
            Self::Up => return view.up(),
            Self::NextSibling => return view.next_sibling(),
            Self::PreviousSibling => return view.previous_sibling(),
            Self::Parent => return view.parent(),
            Self::FirstReply => return view.first_reply(),
            Self::NextTop => return view.next_top(),
            Self::PreviousTop => return view.previous_top(),
            Self::NextByAuthor => return view.next_by_author(),
            Self::Scroll(lines) => return view.scroll(*lines),
            Self::Wheel(lines) => return view.wheel(*lines),
            Self::Top => return view.top(),
            Self::Bottom => return view.bottom(),
            Self::Select(line) => return view.select_line(*line),
            Self::GoTo(index) => return view.go_to_comment(*index),
            Self::Back => return view.back(),
            Self::Forth => return view.forth(),
        }
        true
    }
}

/// Somebody followed, somebody muted, or nobody.
fn attitudes(rng: &mut Rng) -> Vec<(&'static str, Attitude)> {
    let names = ["ann", "bob", "čeněk"].into_iter().filter(|_| rng.chance(40)).collect::<Vec<_>>();
    let attitude = |rng: &mut Rng| if rng.chance(50) { Attitude::Muted } else { Attitude::Followed };
    names.into_iter().map(|name| (name, attitude(rng))).collect()
}

/// An earlier visit that saw some comments, with some of their scores.
fn seen(rng: &mut Rng, comments: u32) -> Vec<(String, Option<i32>)> {
    let seen = *rng.pick(&[50, 80, 100]);
    let mut all = Vec::new();
    for number in 0..comments + 3 {
        if rng.chance(seen) {
            let score = rng.chance(85).then(|| rng.range(-2, 6));
            all.push((format!("{}{number}", rng.pick(&["c", "c", "n"])), score));
        }
    }
    all
}

/// A row by id, so that it can be told again in another state of the thread; then the ids above it.
#[derive(Clone, Debug)]
pub(crate) struct Home {
    pub(crate) row: Row,
    pub(crate) path: Vec<String>,
    /// Where it stood, on a screen of that size.
    pub(crate) y: i32,
    pub(crate) geometry: Geometry,
}

impl Home {
    pub(crate) fn of(view: &ThreadView) -> Self {
        let row = view.place().row;
        let thread = view.thread();
        let ids = row.comment().map(|index| {
            [index].into_iter().chain(above(thread, index)).map(|index| id(thread, index).to_owned()).collect()
        });
        Self { row, path: ids.unwrap_or_default(), y: view.place().y, geometry: view.geometry() }
    }

    /// The screen line on which the reader's row must be, if there are lines enough around it; `None` where that goes by its
    /// text.
    fn wanted_line(&self, view: &ThreadView) -> Option<i32> {
        let (place, geometry) = (view.place(), view.geometry());
        if self.y < 0 {
            let is_of_text = geometry != self.geometry && self.row(view.thread()) == Some(place.row);
            return (!is_of_text).then_some(self.y);
        }
        let shown_whole = (geometry.height - view.lines(place.row).len() as i32).max(0);
        Some(if self.y < geometry.height { self.y } else { shown_whole })
    }

    /// The row in this state of the thread.
    pub(crate) fn row(&self, thread: &Thread) -> Option<Row> {
        match self.row {
            Row::Comment(_) => thread.find(&self.path[0]).map(Row::Comment),
            Row::Marker(_) => thread.find(&self.path[0]).map(Row::Marker),
            row => Some(row),
        }
    }

    /// The row that the reader must be on now; `None` where the specification does not say.
    pub(crate) fn expected(&self, thread: &Thread, model: &Model) -> Option<Row> {
        let row = self.row(thread);
        if row.is_some_and(|row| model.shows(row)) {
            return row;
        }
        let near = self.path.iter().find_map(|id| thread.find(id))?;
        [near].into_iter().chain(above(thread, near)).map(Row::Comment).find(|&row| model.shows(row))
    }
}

/// A reader at work, with what a simple model remembers of it.
pub(crate) struct Reader {
    pub(crate) view: ThreadView,
    pub(crate) story: Story,
    /// Every comment that ever was, here or not.
    pub(crate) all: Vec<Plan>,
    pub(crate) overrides: HashMap<String, FoldOverride>,
    /// The hands before there was a filter.
    pub(crate) aside: Option<HashMap<String, FoldOverride>>,
    /// All but the thresholds, which the view is asked for.
    pub(crate) asked: Asked,
    /// The ids of the comments that have been on the screen.
    pub(crate) read: HashSet<String>,
    /// What a search has found, by id.
    pub(crate) matches: Vec<String>,
    pub(crate) home: Home,
}

impl Reader {
    pub(crate) fn new(rng: &mut Rng, geometry: Geometry) -> Self {
        let all = if rng.chance(20) { wild(rng) } else { forest(rng) };
        Self::of(rng, all, geometry)
    }

    /// One with short texts, where it is the rows that matter.
    pub(crate) fn brief(rng: &mut Rng, geometry: Geometry) -> Self {
        let mut all = if rng.chance(20) { wild(rng) } else { forest(rng) };
        for plan in all.iter_mut().filter(|plan| plan.body.plain.len() > 30) {
            plan.body = Text::default();
        }
        Self::of(rng, all, geometry)
    }

    pub(crate) fn of(rng: &mut Rng, all: Vec<Plan>, geometry: Geometry) -> Self {
        let story = story(&mut rng.part());
        let thread = Arc::new(build(&all, story.clone()));
        let bound = |rng: &mut Rng| rng.chance(70).then(|| rng.range(-2, 6));
        let thresholds = (bound(&mut rng.part()), bound(&mut rng.part()));
        let (hide, full) = rng.tell(thresholds);
        let view = ThreadView::new(thread, Thresholds::new(hide, full), geometry);
        let home = Home::of(&view);
        let (overrides, asked) = (HashMap::new(), Asked::default());
        Self { view, story, all, overrides, aside: None, asked, read: HashSet::new(), matches: Vec::new(), home }
    }

    pub(crate) fn asked(&self) -> Asked {
        Asked { thresholds: self.view.thresholds(), ..self.asked.clone() }
    }

    pub(crate) fn model(&self) -> Model {
        Model::of(self.view.thread(), &self.asked(), &self.overrides)
    }

    /// Whether the comment at `index` was opened by hand.
    fn is_opened(&self, index: u32) -> bool {
        let by_hand = self.overrides.get(id(self.view.thread(), index));
        by_hand.is_some_and(|by_hand| by_hand.opened.is_some())
    }

    /// The comment that an operation leads to, where it is one that opens the way.
    pub(crate) fn target(&self, op: &Op) -> Option<u32> {
        let (thread, row, asked) = (self.view.thread(), self.view.place().row, self.asked());
        let own = row.comment();
        let all: Vec<u32> = match op {
            Op::Reveal(index) => return Some(*index),
            Op::NextNew => {
                let model = self.model();
                let shown =
                    |index: &u32| matches!(model.visibilities[*index as usize], Visibility::Full | Visibility::Line);
                let new = |index: &u32| asked.freshness(thread, *index) != Freshness::Old && Some(*index) != own;
                (0..thread.len()).filter(new).filter(shown).collect()
            }
            Op::NextMatch | Op::PreviousMatch | Op::FirstMatch => (0..thread.len())
                .filter(|&index| self.matches.iter().any(|match_| match_ == id(thread, index)))
                .filter(|&index| match asked.meets(thread, index) {
                    Some(is_met) => is_met,
                    None => !asked.hides(thread, index) || self.is_opened(index),
                })
                .collect(),
            _ => return None,
        };
        let below = |index: &&u32| Row::Comment(**index) > row;
        match op {
            Op::PreviousMatch => all.iter().rev().find(|index| Row::Comment(**index) < row).or(all.last()).copied(),
            Op::FirstMatch if own.is_some_and(|own| row == Row::Comment(own) && all.contains(&own)) => own,
            _ => all.iter().find(below).or(all.first()).copied(),
        }
    }

    /// What an operation must do to the hands, by the specification.
    pub(crate) fn predict(&mut self, op: &Op) {
        let thread = Arc::clone(self.view.thread());
        let model = self.model();
        let row = self.view.place().row;
        let own = row.comment();
        let target = self.target(op);
        let ids: Vec<String> = thread.iter().map(|comment| comment.id().to_owned()).collect();
        let is_folded = |overrides: &HashMap<String, FoldOverride>, index: u32| {
            overrides.get(&ids[index as usize]).is_some_and(|fold_override| fold_override.folded)
        };
        let folded = own.is_some_and(|own| is_folded(&self.overrides, own));
        let opens = match row {
            Row::Comment(index) => folded || model.visibilities[index as usize] != Visibility::Full,
            Row::Marker(_) | Row::Rest => true,
            Row::Story | Row::Foot => false,
        };
        let asked = self.asked();
        let mut set = |index: u32, change: &dyn Fn(&mut FoldOverride)| {
            change(self.overrides.entry(ids[index as usize].clone()).or_default());
        };
        match op {
            Op::Toggle if matches!(row, Row::Comment(_)) => {
                let index = own.expect("it is a comment");
                let next = next_by_enter(&thread, &asked, &model, index, folded);
                let folded_as = |fold_override: &mut FoldOverride| match next {
                    Some(next) => *fold_override = next,
                    None => fold_override.folded = true,
                };
                set(index, &folded_as);
            }
            Op::Open | Op::Toggle if opens => match row {
                Row::Comment(index) if folded => set(index, &|fold_override| fold_override.folded = false),
                Row::Comment(index) => set(index, &|fold_override| fold_override.opened = Some(Opened::Full)),
                _ => {
                    for index in
                        (0..thread.len()).filter(|&index| model.visibilities[index as usize] == Visibility::Hidden)
                    {
                        let shown = |above: &u32| model.visibilities[*above as usize] != Visibility::Hidden;
                        if above(&thread, index).into_iter().find(shown) == own {
                            set(index, &|fold_override| {
                                *fold_override = FoldOverride { opened: Some(Opened::Line), folded: false }
                            });
                        }
                    }
                }
            },
            Op::Toggle => {}
            Op::Fold => {
                // One row with nothing inside has nothing to fold.
                if let Row::Comment(index) = row
                    && (model.visibilities[index as usize] == Visibility::Full || thread.after(index) > index + 1)
                {
                    set(index, &|fold_override| fold_override.folded = true);
                }
            }
            Op::FoldThread => {
                if let Some(index) = own {
                    let top = above(&thread, index).last().copied().unwrap_or(index);
                    set(top, &|fold_override| fold_override.folded = top != index || !folded);
                }
            }
            Op::FoldAndNext => {
                if let Some(index) = own {
                    set(index, &|fold_override| fold_override.folded = true);
                }
            }
            Op::FoldAll => (0..thread.len()).for_each(|index| set(index, &|fold_override| fold_override.folded = true)),
            Op::OpenAll => {
                let all = FoldOverride { opened: Some(Opened::Full), folded: false };
                for index in 0..thread.len() {
                    let opened = if asked.hides(&thread, index) { FoldOverride::default() } else { all };
                    set(index, &|fold_override| *fold_override = opened);
                }
            }
            Op::FoldBelow(levels) => {
                for comment in thread.iter() {
                    set(comment.index(), &|fold_override| fold_override.folded = comment.depth() >= *levels);
                }
            }
            Op::Automatic => self.overrides.clear(),
            Op::NextNew => {
                let path = target.map(|index| above(&thread, index)).unwrap_or_default();
                for above in path {
                    set(above, &|fold_override| fold_override.folded = false);
                }
            }
            Op::Reveal(_) | Op::NextMatch | Op::PreviousMatch | Op::FirstMatch => {
                if let Some(index) = target {
                    for above in above(&thread, index).into_iter().chain([index]) {
                        set(above, &|fold_override| fold_override.folded = false);
                    }
                    if model.visibilities[index as usize] != Visibility::Full {
                        set(index, &|fold_override| fold_override.opened = Some(Opened::Full));
                    }
                }
            }
            _ => self.predict_asked(op),
        }
    }

    /// What an operation must do to what is asked for.
    fn predict_asked(&mut self, op: &Op) {
        let thread = Arc::clone(self.view.thread());
        match op {
            Op::Filter(Some(wish)) => {
                let overrides = std::mem::take(&mut self.overrides);
                self.aside.get_or_insert(overrides);
                self.asked.filter = Some(wish.clone());
                self.asked.read = self.read.clone();
            }
            Op::Filter(None) => {
                self.overrides = self.aside.take().unwrap_or_else(|| self.overrides.clone());
                self.asked.filter = None;
            }
            Op::Modifiers(modifiers) => self.asked.modifiers.clone_from(modifiers),
            Op::Seen(seen) => {
                self.asked.seen = Some(seen.iter().cloned().collect());
                self.asked.earlier_hide = self.asked().bounds().0;
            }
            Op::Reload(_) => {
                self.asked.earlier_hide = self.asked().bounds().0;
                let there = thread.iter().map(|comment| (comment.id().to_owned(), comment.score()));
                self.asked.seen.get_or_insert_default().extend(there);
            }
            Op::Authors(attitudes) => self.asked.attitudes = attitudes.iter().copied().collect(),
            Op::NoteShown => {
                for placed in self.view.screen() {
                    let is_said = |line: &RowLine| !matches!(line, RowLine::Blank | RowLine::Rule);
                    let last = placed.lines.iter().rposition(is_said).expect("a row says something") as i32;
                    if let Row::Comment(index) = placed.row
                        && self.view.rows().visibility(index) >= Visibility::Line
                        && placed.y + last < self.view.geometry().height
                    {
                        self.read.insert(id(&thread, index).to_owned());
                    }
                }
            }
            Op::Matches(matches) => {
                let here = matches.iter().filter(|&&index| index < thread.len());
                self.matches = here.map(|&index| id(&thread, index).to_owned()).collect();
            }
            _ => {}
        }
        if let Op::Reload(plans) | Op::Replace(plans) = op {
            let there = build(plans, self.story.clone());
            self.matches.retain(|id| there.find(id).is_some());
            self.read.retain(|id| there.find(id).is_some());
            self.asked.read.retain(|id| there.find(id).is_some());
        }
    }

    /// Does one thing and checks all that must hold after it.
    pub(crate) fn step(&mut self, op: &Op) {
        let before = (self.view.place(), blank(&self.view), self.view.lines(self.view.place().row));
        let (old, order) = (Arc::clone(self.view.thread()), self.view.order());
        let target = self.target(op);
        self.predict(op);
        let said = op.run(&mut self.view, &self.story);
        let told = || match op {
            Op::Replace(plans) | Op::Reload(plans) => {
                format!("another state: {:?}", plans.iter().map(|plan| &plan.id).collect::<Vec<_>>())
            }
            op => format!("{op:?} from {before:?} to {:?}", self.view.place()),
        };
        self.check_shape();
        check_screen(&self.view);
        let place = self.view.place();
        let height = self.view.geometry().height;
        let lines = self.view.lines(place.row).len() as i32;
        assert!(self.view.is_shown(place.row), "{}", told());
        assert!((1 - lines..height).contains(&place.y), "no line on the screen: {}", told());
        assert_eq!(blank(&self.view).0, 0, "nothing above the first line: {}", told());
        if let Some(target) = target {
            assert_eq!(place.row, Row::Comment(target), "{}", told());
        }
        if op.moves() {
            assert_eq!(said, place != before.0, "{}", told());
            let (was, is, all) = (before.1.1, blank(&self.view).1, total(&self.view));
            assert!(is <= was.max(height - all), "blank below: {}", told());
        }
        if op.holds() {
            self.check_hold(&old, &told());
            // It is a step of the history, behind which the reader stands where they are.
            let wanted = self.home.wanted_line(&self.view);
            let has_moved = order != self.view.order() && wanted.is_some_and(|wanted| wanted != place.y);
            if has_moved && self.home.row(self.view.thread()) == Some(place.row) {
                (self.home.y, self.home.geometry) = (place.y, self.view.geometry());
            }
        } else if let Op::Resize(_) = op {
            self.check_resize(&before, &told());
        } else if said
            || matches!(op, Op::Reveal(_))
            || matches!(op, Op::FoldAndNext if before.0.row.comment().is_some())
        {
            // A move that leads nowhere is none.
            self.home = Home::of(&self.view);
        }
    }

    pub(crate) fn check_shape(&self) {
        let (row_list, thread) = (self.view.rows(), self.view.thread());
        let model = self.model();
        let visibilities: Vec<Visibility> = (0..thread.len()).map(|index| row_list.visibility(index)).collect();
        assert_eq!(visibilities, model.visibilities, "{:?}", self.asked());
        for index in 0..thread.len() {
            let fold_override = self.overrides.get(id(thread, index)).copied().unwrap_or_default();
            assert_eq!(self.view.fold_override(index), fold_override, "the hand on {}", id(thread, index));
            assert_eq!(row_list.is_folded(index), fold_override.folded);
            assert_eq!(row_list.hidden_under(index), model.under[index as usize]);
        }
        assert_eq!(row_list.iter().collect::<Vec<_>>(), model.rows);
        assert_eq!(row_list.len(), model.rows.len());
        assert_eq!(row_list.hidden_at_root(), model.rest);
        assert_eq!(row_list.counts(), model.counts());
        for (place, row) in model.rows.iter().enumerate() {
            assert_eq!((row_list.position(*row), row_list.get(place)), (Ok(place), Some(*row)));
        }
        self.check_facts();
    }

    /// What the view says of each comment, hands aside, and of all of them.
    fn check_facts(&self) {
        let (view, thread, asked) = (&self.view, self.view.thread(), self.asked());
        let mut met = 0;
        for comment in thread.iter() {
            let index = comment.index();
            assert_eq!(view.score(index), (comment.score(), asked.score(thread, index)));
            assert_eq!(view.freshness(index), asked.freshness(thread, index), "{}", comment.id());
            assert_eq!(view.mode(index), own_look(thread, &asked, FoldOverride::default(), index).mode());
            let modifiers = view.modifiers_of(index).into_iter().map(|modifier| {
                let adds = match modifier.change {
                    ScoreChange::Adds(adds) => Some(adds),
                    ScoreChange::Hides => None,
                };
                (modifier.name.as_str(), adds)
            });
            assert_eq!(modifiers.collect::<Vec<_>>(), asked.modifiers_of(comment, thread));
            met += u32::from(asked.meets(thread, index) == Some(true));
        }
        assert_eq!(view.matching(), asked.filter.as_ref().map(|_| met));
        assert_eq!(view.filter().map(Query::text), asked.filter.as_ref().map(|wish| wish.typed.as_str()));
        let ids: Vec<&str> = view.matches().iter().map(|&index| id(thread, index)).collect();
        assert!(ids.len() == self.matches.len() && ids.iter().all(|id| self.matches.iter().any(|other| other == id)));
        for index in 0..thread.len() {
            assert_eq!(view.is_read(index), self.read.contains(id(thread, index)));
        }
        // What is hidden whatever its score counts for nothing.
        let counts = (0..thread.len()).filter(|&index| !asked.hides(thread, index));
        let scores: Vec<i32> = counts.filter_map(|index| asked.score(thread, index)).collect();
        for class in view.distribution().classes() {
            assert_eq!(class.comments as usize, scores.iter().filter(|score| **score == class.score).count());
        }
        let counted: u32 = view.distribution().classes().iter().map(|class| class.comments).sum();
        assert_eq!(counted as usize, scores.len());
    }

    pub(crate) fn check_hold(&mut self, old: &Thread, told: &str) {
        let (thread, place) = (self.view.thread(), self.view.place());
        let model = self.model();
        // Where the comment is not there for a second time, what is above it may have changed beyond what is known here.
        let known = self.home.path.first().is_none_or(|id| thread.find(id).is_some() || old.find(id).is_some());
        if let Some(expected) = self.home.expected(thread, &model).filter(|_| known) {
            assert_eq!(place.row, expected, "not where the reader was ({:?}): {told}", self.home);
        }
        let lines = self.view.lines(place.row);
        // On an empty line or a rule alone nobody stands.
        let lines = lines.len() as i32 - i32::from(matches!(lines[..], [_, .., RowLine::Blank | RowLine::Rule]));
        if let Some(y) = self.home.wanted_line(&self.view) {
            let y = y.clamp(1 - lines, self.view.geometry().height - 1);
            assert_eq!(place.y, at_most(&self.view, y), "{:?}: {told}", self.home);
        }
        if let Some(Row::Comment(index) | Row::Marker(index)) = self.home.row(thread) {
            let path = [index].into_iter().chain(above(thread, index)).map(|index| id(thread, index).to_owned());
            self.home.path = path.collect();
        }
    }

    /// A row that begins on the screen stands on the line to which the reader brought it, whatever sizes lie between; where
    /// one goes on above the screen, a word of the line that was topmost is in the topmost line.
    fn check_resize(&self, before: &(Place, (i32, i32), Vec<RowLine>), told: &str) {
        let (old, place) = (before.0, self.view.place());
        assert_eq!(place.row, old.row, "{told}");
        if let Some(y) = self.home.wanted_line(&self.view).filter(|y| *y >= 0) {
            assert_eq!(place.y, at_most(&self.view, y), "{:?}: {told}", self.home);
        } else if let Some(RowLine::Text(line)) = before.2.get(old.y.unsigned_abs() as usize) {
            let lines = self.view.lines(place.row);
            assert!(place.y <= 0, "{told}");
            let at = |number: usize| match lines.get(number) {
                Some(RowLine::Text(line)) => Some(line.start),
                _ => None,
            };
            assert!(at(-place.y as usize).is_some_and(|start| start <= line.end), "{told}");
            assert!(at((1 - place.y) as usize).is_none_or(|start| start > line.start), "{told}");
        }
    }

    /// Another state of the thread: some comments gone, some new, some back, in another order.
    pub(crate) fn reload(&mut self, rng: &mut Rng) -> Op {
        if rng.chance(50) {
            let number = self.all.len();
            let parent = (number > 0).then(|| self.all[rng.below(number)].id.clone());
            let score = rng.chance(80).then(|| rng.range(-2, 6));
            self.all.push(Plan { id: format!("n{number}"), parent, score, body: trees::body(rng), ..Plan::default() });
        }
        let keep = *rng.pick(&[100, 95, 70, 20]);
        let mut plans: Vec<Plan> = self.all.iter().filter(|_| rng.chance(keep)).cloned().collect();
        if rng.chance(40) {
            shuffle(rng, &mut plans);
        }
        let op = if rng.chance(50) { Op::Replace(plans) } else { Op::Reload(plans) };
        rng.tell(op)
    }

    pub(crate) fn any_op(&mut self, rng: &mut Rng) -> Op {
        let (comments, height) = (self.view.thread().len(), self.view.geometry().height);
        match rng.below(20) {
            0..11 => Op::motion(rng, comments, height),
            11..18 => Op::change(rng, comments),
            18 => Op::Resize(geometry(rng)),
            _ => self.reload(rng),
        }
    }
}

pub(crate) fn story(rng: &mut Rng) -> Story {
    let text = if rng.chance(30) { trees::body(rng) } else { Text::default() };
    let (site, url) = *rng.pick(&[("", ""), ("north", "https://old.north.example/r/books/comments/1")]);
    let story = Story {
        site: site.to_owned(),
        url: url.to_owned(),
        title: "A title of some words and more".to_owned(),
        link: (*rng.pick(&["", "https://example.org/"])).to_owned(),
        score_range: rng.chance(50).then_some((-1, 5)),
        top_level_bonus: rng.chance(50),
        fortune: (*rng.pick(&["", "Fortune favours the patient reader of long threads."])).to_owned(),
        archived: rng.chance(30),
        text,
        ..Story::default()
    };
    rng.tell(story)
}

pub(crate) fn geometry(rng: &mut Rng) -> Geometry {
    let (width, height) = if rng.chance(20) { (9, 4) } else { (200, 60) };
    let (width, height, text_width) = (1 + rng.below(width), rng.range(1, height), *rng.pick(&[100, 100, 1, 30]));
    rng.tell(Geometry { width, height, text_width })
}

/// Every line of every row, top to bottom.
pub(crate) fn all_lines(view: &ThreadView) -> Vec<(Row, RowLine)> {
    view.rows().iter().flat_map(|row| view.lines(row).into_iter().map(move |line| (row, line))).collect()
}

pub(crate) fn total(view: &ThreadView) -> i32 {
    view.rows().iter().map(|row| view.lines(row).len() as i32).sum()
}

/// The screen line, or as many as there are lines above the reader's row, where these are fewer.
pub(crate) fn at_most(view: &ThreadView, y: i32) -> i32 {
    let above = view.rows().iter().take_while(|&row| row != view.place().row);
    y.min(above.map(|row| view.lines(row).len() as i32).sum())
}

/// Screen lines without content above the first row and below the last.
pub(crate) fn blank(view: &ThreadView) -> (i32, i32) {
    let rows: Vec<Row> = view.rows().iter().collect();
    let own = rows.iter().position(|row| *row == view.place().row).expect("the reader is on a row");
    let lines = |rows: &[Row]| rows.iter().map(|&row| view.lines(row).len() as i32).sum::<i32>();
    let (y, height) = (view.place().y, view.geometry().height);
    ((y - lines(&rows[..own])).max(0), (height - y - lines(&rows[own..])).max(0))
}

/// The screen is a window cut out of all lines.
pub(crate) fn check_screen(view: &ThreadView) {
    let all = all_lines(view);
    let (place, height) = (view.place(), view.geometry().height);
    let own = all.iter().position(|(row, _)| *row == place.row).expect("the reader is on a row") as i32;
    let at = |screen_line: i32| usize::try_from(own + screen_line - place.y).ok().and_then(|at| all.get(at)).copied();
    let mut shown = vec![None; height as usize];
    for placed in view.screen() {
        assert!(placed.y < height && placed.end() > 0, "{placed:?} is not on the screen");
        assert_eq!(placed.end() - placed.y, placed.lines.len() as i32);
        for (line, y) in placed.lines.iter().zip(placed.y..) {
            if (0..height).contains(&y) {
                let cell = &mut shown[y as usize];
                assert_eq!(*cell, None, "two rows on screen line {y}");
                *cell = Some((placed.row, *line));
            }
        }
    }
    assert_eq!(shown, (0..height).map(at).collect::<Vec<_>>());
}

/// The override that Enter gives to a comment, by the specification; `None` where it folds.
fn next_by_enter(thread: &Thread, asked: &Asked, model: &Model, index: u32, is_folded: bool) -> Option<FoldOverride> {
    let by_score = own_look(thread, asked, FoldOverride::default(), index);
    let opened = |wanted: Visibility, opened: Opened| {
        Some(FoldOverride { opened: Some(opened).filter(|_| by_score != wanted), folded: false })
    };
    let (full, line) = (|| opened(Visibility::Full, Opened::Full), || opened(Visibility::Line, Opened::Line));
    let after = thread.after(index);
    let is_kept = (index + 1..after).any(|reply| model.visibilities[reply as usize] != Visibility::Hidden);
    match (model.visibilities[index as usize], is_folded, after > index + 1) {
        (Visibility::Placeholder, true, _) => Some(FoldOverride::default()),
        (_, true, _) if by_score == Visibility::Full => full(),
        (Visibility::Full, false, _) if by_score == Visibility::Hidden && is_kept => Some(FoldOverride::default()),
        (Visibility::Full, false, true) => None,
        (_, true, _) | (Visibility::Full, false, false) => line(),
        (Visibility::Line | Visibility::Placeholder | Visibility::Hidden, false, _) => full(),
    }
}
