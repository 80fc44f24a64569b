//! The reader's speed: how long a number of words takes.

/// Words a minute, at least 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadingSpeed(u32);

impl ReadingSpeed {
    /// So many words a minute; 0 counts as 1.
    pub fn new(words_per_minute: u32) -> Self {
        Self(words_per_minute.max(1))
    }

    /// The words that can be read in so many seconds.
    pub fn words_in(self, seconds: u32) -> u64 {
        u64::from(seconds) * u64::from(self.0) / 60
    }

    /// The minutes that so many words take, rounded up.
    pub fn minutes_for(self, words: u64) -> u64 {
        words.div_ceil(u64::from(self.0))
    }
}

impl Default for ReadingSpeed {
    /// 230 words a minute, what adults read of prose.
    fn default() -> Self {
        Self(230)
    }
}
