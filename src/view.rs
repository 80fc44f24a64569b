//! Views of a thread or a list: visibility from thresholds or filter, folds, rows, the reader's place, wrapping.
//!
//! Two things are kept between frames: the [`RowList`] (which rows there are) and the [`Place`] (which row the reader is on,
//! and where on the screen it stands). Everything with a height is measured anew for the few rows of one screen, so
//! nothing depends on how long the thread is. Of bodies so long that wrapping them takes time, the few around the reader are
//! remembered as they were wrapped.

mod age;
mod authors;
mod bar;
mod bookmarks;
mod bound;
mod change;
mod code_shift;
mod cutoff;
mod density;
mod entry_facts;
mod fact_columns;
mod filter;
mod fold_override;
mod freshness;
mod history;
mod host;
mod layout;
mod levels;
mod line_editor;
mod link_at;
mod link_host;
mod list_layout;
mod list_memory;
mod list_order;
mod list_reorder;
mod list_rules;
mod list_view;
mod modifiers;
mod motion;
mod new_comments;
mod order;
mod place;
mod prepared;
mod query;
mod query_error;
mod read_comments;
mod read_stories;
mod reading_speed;
mod reading_state;
mod reload;
mod renumbering;
mod reorder;
mod row;
mod row_list;
mod row_set;
mod scores;
mod search;
mod search_motion;
mod search_results;
mod selection;
mod spoilers;
mod story_memory;
mod subject;
mod table;
mod threshold;
mod unread;
mod visibility;
mod wrap;
mod wrapped_bodies;

pub use age::{age, ago};
pub use authors::{Attitude, Author, AuthorNote, Authors};
pub use bar::{Cell, cells};
pub use bookmarks::{Bookmark, Bookmarks};
pub use bound::Bound;
pub use code_shift::{CodeLine, code_shift};
pub use cutoff::Cutoffs;
pub use density::Density;
pub use entry_facts::{domain, entry_facts};
pub use fact_columns::{FactCell, FactColumns, FactContext, FactKind};
pub use fold_override::{FoldOverride, Opened};
pub use freshness::{Freshness, Seen};
pub use history::Checkpoint;
pub use layout::{CODE_INDENT, Geometry, Placed, RowLine, is_gone};
pub use line_editor::LineEditor;
pub use link_host::{TextLine, leads_to, punycode, shown_address, wrap_noted, wrap_words_noted};
pub use list_layout::{DOMAIN_MARGIN, DomainPlace};
pub use list_memory::StoreUse;
pub use list_order::ListOrder;
pub use list_rules::ListRules;
pub use list_view::{ListPlace, ListView};
pub use modifiers::{Modifier, Modifiers, ScoreChange};
pub use motion::JumpStart;
pub use order::{Order, OrderedThread};
pub use place::Place;
pub use prepared::ShownState;
pub use query::Query;
pub use query_error::QueryError;
pub use reading_speed::ReadingSpeed;
pub use reading_state::ReadingState;
pub use row::Row;
pub use row_list::{Counts, RowList};
pub use scores::{EndOfScale, ScoreClass, Scores, Standing};
pub use search::Search;
pub use selection::{Selected, Selection};
pub use spoilers::spoilers;
pub use story_memory::{LastVisit, StoryMemory};
pub use subject::{
    answered_words, changed_score_words, comment_count, first_words, own_subject, score_words, stand_in,
};
pub use table::{CellGap, cell_gaps, column_widths};
pub use threshold::{Mode, Thresholds};
pub use visibility::Visibility;
pub use wrap::{Line, wrap, wrap_words};

use std::sync::Arc;

use self::fold_override::FoldOverrides;
use self::history::History;
use self::place::AnchoredPlace;
use self::read_comments::ReadComments;
use self::reorder::Orders;
use self::search_results::SearchResults;
use self::spoilers::Uncovered;
use self::wrapped_bodies::WrappedBodies;
use crate::model::Thread;

/// A thread as one reader looks at it.
#[derive(Clone, Debug)]
pub struct ThreadView {
    /// The thread as it is shown.
    thread: Arc<Thread>,
    orders: Orders,
    selected: Selected,
    overrides: FoldOverrides,
    /// The reader's overrides from before a filter was set, which return once the filter is cleared.
    aside: Option<FoldOverrides>,
    /// Whether the reader is where the filter led, and has not moved since.
    is_where_filter_led: bool,
    /// The comments that the count at the end of the thread stood for, once they are shown in their places; 0 while it counts.
    shown_from_end: u32,
    rows: RowList,
    place: Place,
    /// The place that the reader went to last. Every change finds the place anew from here, so that the reader is back
    /// when the row is, however many changes lie between.
    home: AnchoredPlace,
    /// The place on the row that the reader is on. Every size finds the place anew from here, so that it is back when the
    /// size is, however many sizes lie between.
    stand: AnchoredPlace,
    /// The row that the reader went to last and the id of its comment, where the last state of the thread left it out.
    absent_home: Option<(Row, String)>,
    geometry: Geometry,
    /// Places jumped from, oldest first; `jump` is how many of them lie behind.
    jumps: Vec<AnchoredPlace>,
    jump: usize,
    results: SearchResults,
    history: History,
    read: ReadComments,
    uncovered: Uncovered,
    wrapped: WrappedBodies,
    /// Whether the thread was left on an earlier visit, since when things may be new.
    was_left: bool,
}

impl ThreadView {
    /// A view from the top of a thread, by thresholds alone.
    pub fn new(thread: impl Into<OrderedThread>, thresholds: Thresholds, geometry: Geometry) -> Self {
        Self::selected(thread, Selection::from(thresholds), geometry)
    }

    /// A view from the top of a thread, by a selection alone.
    pub fn selected(thread: impl Into<OrderedThread>, selection: Selection, geometry: Geometry) -> Self {
        let filter = selection.filter.clone();
        let mut view = Self::unfiltered(thread.into(), Selection { filter: None, ..selection }, geometry);
        if filter.is_some() {
            view.set_filter(filter);
        }
        view
    }

    fn unfiltered(ordered: OrderedThread, selection: Selection, geometry: Geometry) -> Self {
        let thread = Arc::clone(ordered.thread());
        let selected = Selected::new(&thread, selection);
        let place = Place { row: Row::Story, y: 0 };
        let stand = AnchoredPlace::new(place, geometry);
        Self {
            overrides: FoldOverrides::none(thread.len()),
            aside: None,
            is_where_filter_led: false,
            shown_from_end: 0,
            rows: RowList::automatic(&thread, &selected),
            place,
            home: stand,
            stand,
            absent_home: None,
            geometry,
            jumps: Vec::new(),
            jump: 0,
            results: SearchResults::default(),
            history: History::default(),
            read: ReadComments::none(thread.len()),
            uncovered: Uncovered::new(),
            wrapped: WrappedBodies::default(),
            was_left: false,
            thread,
            orders: Orders::new(ordered),
            selected,
        }
    }

    /// The thread.
    pub fn thread(&self) -> &Arc<Thread> {
        &self.thread
    }

    /// The thresholds as they were set.
    pub fn thresholds(&self) -> Thresholds {
        self.selected.selection().thresholds
    }

    /// The thresholds as they fall in this thread.
    pub fn cutoffs(&self) -> Cutoffs {
        self.selected.cutoffs()
    }

    /// The minutes that the comments in full take to read, rounded up.
    pub fn minutes(&self) -> u64 {
        self.selected.selection().reading_speed.minutes_for(self.rows.counts().words)
    }

    /// The modifiers in force.
    pub fn modifiers(&self) -> &Modifiers {
        &self.selected.selection().modifiers
    }

    /// The modifiers that apply to the comment at `index`.
    pub fn modifiers_of(&self, index: u32) -> Vec<&Modifier> {
        self.selected.modifiers(&self.thread, index)
    }

    /// The reader's note on the author of the comment at `index`.
    pub fn author_note(&self, index: u32) -> Option<&AuthorNote> {
        self.selected.selection().authors.of(self.thread.get(index)?)
    }

    /// The site's score of the comment at `index`, and the score with all modifiers, by which it is judged.
    pub fn score(&self, index: u32) -> (Option<i32>, Option<i32>) {
        self.selected.score(&self.thread, index)
    }

    /// The mode that filter or thresholds give the comment at `index`, without overrides.
    pub fn mode(&self, index: u32) -> Mode {
        self.selected.mode(&self.thread, index)
    }

    /// The rows and the visibility of each comment.
    pub fn rows(&self) -> &RowList {
        &self.rows
    }

    /// The place of the reader.
    pub fn place(&self) -> Place {
        self.place
    }

    /// The room on the screen.
    pub fn geometry(&self) -> Geometry {
        self.geometry
    }

    /// The fold override of the comment at `index`.
    pub fn fold_override(&self, index: u32) -> FoldOverride {
        self.overrides.of(index)
    }

    /// The distribution of the comments' scores, with modifiers.
    pub fn distribution(&self) -> &Scores {
        self.selected.distribution()
    }

    /// Where the score of the comment at `index` stands in its thread; `None` where it has none.
    pub fn standing(&self, index: u32) -> Option<Standing> {
        self.score(index).1.map(|score| self.distribution().standing(score))
    }
}
