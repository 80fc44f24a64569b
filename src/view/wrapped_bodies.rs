//! The wrapped lines of long bodies near the reader, so that a body is wrapped once and not for each question about it.

use std::sync::{Arc, Mutex, PoisonError, Weak};

use super::{TextLine, wrap_noted};
use crate::model::{Comment, Thread};

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
    lines: Arc<Vec<TextLine>>,
}

/// A view that is cloned wraps for itself.
impl Clone for WrappedBodies {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl WrappedBodies {
    /// The lines of a comment's body at a width; `None` where it is not long.
    pub(super) fn of(&self, thread: &Arc<Thread>, comment: Comment<'_>, width: usize) -> Option<Arc<Vec<TextLine>>> {
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
            None => WrappedBody { index: comment.index(), width, lines: Arc::new(wrap_noted(comment.body(), width)) },
        };
        let lines = Arc::clone(&body.lines);
        if kept.bodies.len() == MOST {
            kept.bodies.remove(0);
        }
        kept.bodies.push(body);
        Some(lines)
    }
}
