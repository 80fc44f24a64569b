//! The wrapped lines of long bodies near the reader, so that a body is wrapped once and not for each question about it.

use std::sync::{Arc, Mutex, PoisonError, Weak};

use super::wrap::wrap_as;
use super::{Line, TextLine, wrap_noted};
use crate::model::{Comment, TextRef, Thread};

/// Bodies from this many bytes on are remembered; a shorter one is wrapped faster than a screen is drawn.
const LONG: usize = 1 << 15;
/// The most bodies that are remembered: as many as stand on a screen, and a few around it.
const MOST: usize = 8;

/// Remembers the lines of the long bodies that were asked for last, of one thread.
#[derive(Debug, Default)]
pub(super) struct WrappedBodies {
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    thread: Weak<Thread>,
    /// The bodies, the one that was asked for last at the end.
    bodies: Vec<WrappedBody>,
}

#[derive(Debug)]
struct WrappedBody {
    index: u32,
    width: usize,
    lines: Arc<BodyLines>,
}

/// The lines of a body.
#[derive(Debug)]
pub(super) enum BodyLines {
    /// Of a text without marks, in less than half the memory: millions of lines are made as fast as memory can be had.
    Unmarked(Vec<Bytes>),
    Marked(Vec<TextLine>),
}

/// The first byte of a line, and the byte after the last.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bytes(u32, u32);

impl From<Line> for Bytes {
    fn from(line: Line) -> Self {
        Self(line.start, line.end)
    }
}

impl BodyLines {
    fn of(text: TextRef<'_>, width: usize) -> Self {
        if text.marks.is_empty() { Self::Unmarked(wrap_as(text, width)) } else { Self::Marked(wrap_noted(text, width)) }
    }

    /// The number of lines.
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Unmarked(lines) => lines.len(),
            Self::Marked(lines) => lines.len(),
        }
    }

    /// The lines from one on, at most so many.
    pub(super) fn from(&self, first: usize, most: usize) -> Vec<TextLine> {
        let range = first.min(self.len())..first.saturating_add(most).min(self.len());
        let words = |&Bytes(start, end): &Bytes| Line { start, end, bars: 0, indent: 0, code: false }.into();
        match self {
            Self::Unmarked(lines) => lines.get(range).unwrap_or_default().iter().map(words).collect(),
            Self::Marked(lines) => lines.get(range).unwrap_or_default().to_vec(),
        }
    }
}

/// A view that is cloned wraps for itself.
impl Clone for WrappedBodies {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl WrappedBodies {
    /// The lines of a comment's body at a width; `None` where it is not long.
    pub(super) fn of(&self, thread: &Arc<Thread>, comment: Comment<'_>, width: usize) -> Option<Arc<BodyLines>> {
        if comment.body().plain.len() < LONG {
            return None;
        }
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if !std::ptr::eq(kept.thread.as_ptr(), Arc::as_ptr(thread)) {
            *kept = Kept { thread: Arc::downgrade(thread), bodies: Vec::new() };
        }
        let is_own = |body: &WrappedBody| body.index == comment.index() && body.width == width;
        let body = match kept.bodies.iter().position(is_own) {
            Some(place) => kept.bodies.remove(place),
            None => {
                WrappedBody { index: comment.index(), width, lines: Arc::new(BodyLines::of(comment.body(), width)) }
            }
        };
        let lines = Arc::clone(&body.lines);
        if kept.bodies.len() == MOST {
            kept.bodies.remove(0);
        }
        kept.bodies.push(body);
        Some(lines)
    }
}
