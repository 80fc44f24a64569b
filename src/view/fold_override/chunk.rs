//! The fold overrides of a stretch of comments, a bit for each fact.

use super::{FoldOverride, Opened};
use crate::view::row_set::ones;

/// Words of a chunk.
const WORDS: usize = 64;
/// Comments of a chunk.
pub(super) const COMMENTS: usize = 64 * WORDS;

/// A bit for each comment of a chunk.
type Bits = [u64; WORDS];

/// The overrides of [`COMMENTS`] comments that follow each other. No comment is opened in both ways.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Chunk {
    folded: Bits,
    full: Bits,
    line: Bits,
}

impl Chunk {
    /// The same override for each comment.
    pub(super) fn of(fold_override: FoldOverride) -> Self {
        let all = |is_set: bool| [if is_set { u64::MAX } else { 0 }; WORDS];
        Self {
            folded: all(fold_override.folded),
            full: all(fold_override.opened == Some(Opened::Full)),
            line: all(fold_override.opened == Some(Opened::Line)),
        }
    }

    /// The override of a comment.
    pub(super) fn get(&self, at: usize) -> FoldOverride {
        let has = |bits: &Bits| bits[at / 64] >> (at % 64) & 1 == 1;
        let opened = match (has(&self.full), has(&self.line)) {
            (true, _) => Some(Opened::Full),
            (_, true) => Some(Opened::Line),
            _ => None,
        };
        FoldOverride { opened, folded: has(&self.folded) }
    }

    /// Sets the override of a comment.
    pub(super) fn set(&mut self, at: usize, fold_override: FoldOverride) {
        let FoldOverride { opened, folded } = fold_override;
        let facts = [folded, opened == Some(Opened::Full), opened == Some(Opened::Line)];
        for (bits, is_set) in [&mut self.folded, &mut self.full, &mut self.line].into_iter().zip(facts) {
            let bit = 1 << (at % 64);
            bits[at / 64] = if is_set { bits[at / 64] | bit } else { bits[at / 64] & !bit };
        }
    }

    /// Folds every comment.
    pub(super) fn fold_all(&mut self) {
        self.folded = [u64::MAX; WORDS];
    }

    /// The comments that have an override.
    pub(super) fn by_hand(&self) -> impl Iterator<Item = usize> {
        (0..WORDS).flat_map(|at| ones(self.folded[at] | self.full[at] | self.line[at], 64 * at))
    }

    /// The number of those.
    pub(super) fn count(&self) -> u32 {
        (0..WORDS).map(|at| (self.folded[at] | self.full[at] | self.line[at]).count_ones()).sum()
    }

    /// The comments that are opened in some way.
    pub(super) fn opened(&self) -> impl Iterator<Item = usize> {
        (0..WORDS).flat_map(|at| ones(self.full[at] | self.line[at], 64 * at))
    }

    /// The first folded comment from one on.
    pub(super) fn next_folded(&self, from: usize) -> Option<usize> {
        let first = from / 64;
        let rest = |at: usize| if at == first { self.folded[at] & (u64::MAX << (from % 64)) } else { self.folded[at] };
        let at = (first..WORDS).find(|&at| rest(at) != 0)?;
        Some(64 * at + rest(at).trailing_zeros() as usize)
    }

    /// The comments that are opened in other ways in another chunk.
    pub(super) fn opened_apart(&self, other: &Self) -> impl Iterator<Item = usize> {
        (0..WORDS).flat_map(|at| ones(self.full[at] ^ other.full[at] | self.line[at] ^ other.line[at], 64 * at))
    }

    /// The comments that are folded in one of two chunks alone.
    pub(super) fn folds_apart(&self, other: &Self) -> impl Iterator<Item = usize> {
        (0..WORDS).flat_map(|at| ones(self.folded[at] ^ other.folded[at], 64 * at))
    }
}
