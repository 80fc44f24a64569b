//! Memories of a thread: its marks, and folds, thresholds, order and place as the reader left them.

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::marks::{Marks, Scoring};
use super::thread::ThreadKey;
use super::{Result, Store};
use crate::view::{Bound, FoldOverride, Opened, Order, ReadingState, Seen, Thresholds};

/// All that is remembered of a thread.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Memory {
    /// The end of the last visit; `None` where none has ended.
    pub left_at: Option<i64>,
    /// The comments that the site had then, as it stated.
    pub comments: u32,
    /// The way in which the scores were made.
    pub scoring: Option<Scoring>,
    /// The marks on comments.
    pub marks: Marks,
    /// Folds, thresholds, order and place.
    pub state: ReadingState,
}

impl Memory {
    /// The comments that were there when the thread was last left; `None` where it never was. Their scores are left out
    /// where those of now are made in another way.
    pub fn seen(&self, scoring: Scoring) -> Option<Seen> {
        self.left_at?;
        let is_same = self.scoring == Some(scoring);
        let seen = self.marks.iter().filter(|(_, mark)| mark.is_seen);
        Some(seen.map(|(id, mark)| (id.into_owned(), mark.score.filter(|_| is_same))).collect())
    }

    /// Whether the comment with this id has stood on the screen.
    pub fn is_read(&self, id: &str) -> bool {
        self.marks.get(id).is_some_and(|mark| mark.is_read)
    }
}

/// What a list tells of a story that is remembered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EntryMemory {
    /// The end of the last visit; `None` where none has ended.
    pub left_at: Option<i64>,
    /// The comments that the site had then, as it stated; those beyond them are new.
    pub comments: u32,
    /// The comments that the site had when the thread was stored; `None` where it is not.
    pub stored: Option<u32>,
}

impl Store {
    /// The memory of each of these threads, `None` for those that are not known.
    ///
    /// # Errors
    /// They could not be read.
    pub fn entries(&self, keys: &[ThreadKey]) -> Result<Vec<Option<EntryMemory>>> {
        let mut query = self.db.prepare(
            "SELECT left_at, coalesce(memory.comments, 0), iif(content.thread IS NULL, NULL, coalesce(thread.comments, 0))
            FROM thread LEFT JOIN memory ON memory.thread = number LEFT JOIN content ON content.thread = number
            WHERE site = ?1 AND id = ?2",
        )?;
        let read = |row: &Row<'_>| Ok(EntryMemory { left_at: row.get(0)?, comments: row.get(1)?, stored: row.get(2)? });
        keys.iter().map(|key| Ok(query.query_row([&key.site, &key.id], read).optional()?)).collect()
    }
}

/// The memory of a thread, and whether its marks are damaged, so that they are lost.
pub(super) fn read(db: &Connection, thread: i64) -> Result<(Memory, bool)> {
    let sql = "SELECT left_at, comments, scoring, hide, full, sort, place, line, folds, marks, byte FROM memory
        WHERE thread = ?1";
    let found = db.query_row(sql, [thread], |row| Ok((memory(row)?, row.get(9)?))).optional()?;
    let Some((memory, marks)) = found else { return Ok((Memory::default(), false)) };
    let marks: Option<Vec<u8>> = marks;
    Ok(match marks.map(|packed| Marks::unpacked(&packed)) {
        None => (memory, false),
        Some(Ok(marks)) => (Memory { marks, ..memory }, false),
        Some(Err(_)) => (Memory { left_at: None, ..memory }, true),
    })
}

/// The memory without its marks.
fn memory(row: &Row<'_>) -> rusqlite::Result<Memory> {
    let text = |column| row.get::<_, Option<String>>(column);
    let bound = |column| Ok::<_, rusqlite::Error>(text(column)?.and_then(|text| Bound::parse(&text).ok()));
    Ok(Memory {
        left_at: row.get(0)?,
        comments: row.get(1)?,
        scoring: text(2)?.and_then(|name| Scoring::named(&name)),
        marks: Marks::default(),
        state: ReadingState {
            thresholds: Thresholds { hide: bound(3)?, full: bound(4)? },
            order: text(5)?.and_then(|name| Order::named(&name)).unwrap_or_default(),
            place: text(6)?,
            line: row.get(7)?,
            byte: row.get(10)?,
            folds: folds(&text(8)?.unwrap_or_default()),
        },
    })
}

/// Writes the memory of a thread in place of the one before.
pub(super) fn write(db: &Connection, thread: i64, memory: &Memory) -> Result<()> {
    let Memory { left_at, comments, scoring, marks, state } = memory;
    let ReadingState { thresholds, order, place, line, byte, folds } = state;
    let sql = "INSERT OR REPLACE INTO memory
        (thread, left_at, comments, scoring, hide, full, sort, place, line, byte, folds, marks)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";
    let scoring = scoring.map_or("", Scoring::name);
    let [hide, full] = [thresholds.hide, thresholds.full].map(|bound| bound.map(|bound| bound.to_string()));
    let (order, folds, marks) = (order.name(), folds_text(folds), marks.packed()?);
    db.execute(sql, params![thread, left_at, comments, scoring, hide, full, order, place, line, byte, folds, marks])?;
    Ok(())
}

/// The ways in which a comment is opened, with the letters that stand for them.
const OPENED: [(Option<Opened>, char); 3] = [(None, '-'), (Some(Opened::Full), 'f'), (Some(Opened::Line), 'l')];

/// A line for each comment: `f+ID`, with the letter of how it is opened, and `+` where it is folded, else `-`.
fn folds_text(folds: &[(String, FoldOverride)]) -> String {
    let line = |(id, fold): &(String, FoldOverride)| {
        let letter = OPENED.iter().find(|(opened, _)| *opened == fold.opened).map_or('-', |(_, letter)| *letter);
        format!("{letter}{}{id}\n", if fold.folded { '+' } else { '-' })
    };
    // An id is a line of clean text; another one could not be read again.
    folds.iter().filter(|(id, _)| !id.contains('\n')).map(line).collect()
}

fn folds(text: &str) -> Vec<(String, FoldOverride)> {
    let fold = |line: &str| {
        let mut letters = line.chars();
        let (letter, sign) = (letters.next()?, letters.next()?);
        let (opened, _) = OPENED.into_iter().find(|(_, known)| *known == letter)?;
        Some((letters.as_str().to_owned(), FoldOverride { opened, folded: sign == '+' }))
    };
    text.lines().filter_map(fold).collect()
}
