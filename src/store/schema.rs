//! The tables of the file, and the steps from one version of them to the next.

use rusqlite::{Connection, TransactionBehavior};

use super::{Result, StoreError, Trouble, address};

/// Marks the file as lurker's: `lurk` in ASCII.
const APPLICATION: i32 = 0x6c75_726b;

/// The number of steps, which is the file's `user_version` once they are made.
const VERSION: i32 = 4;

/// The tables of a step, and what takes over the contents of those before.
type Step = (&'static str, fn(&Connection) -> Result<()>);

const STEPS: [Step; VERSION as usize] = [
    (include_str!("schema/1.sql"), |_| Ok(())),
    (include_str!("schema/2.sql"), address::take_over),
    (include_str!("schema/3.sql"), |_| Ok(())),
    (include_str!("schema/4.sql"), |_| Ok(())),
];

/// Makes the file one of this version of lurker.
pub(super) fn prepare(db: &mut Connection) -> Result<()> {
    // The commit of a change waits for the log to be written, not for the disk: what was committed outlasts the program, and
    // when the machine fails, the last changes may be gone but the file is whole.
    db.execute_batch("PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF")?;
    let version = number(db, "user_version")?;
    if version == VERSION && number(db, "application_id")? == APPLICATION {
        return Ok(());
    }
    if version > VERSION {
        return Err(StoreError::new(Trouble::Newer, format!("version {version}")));
    }
    let tables: u32 = db.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if tables > 0 && number(db, "application_id")? != APPLICATION {
        return Err(StoreError::new(Trouble::Other, "it holds tables of another program"));
    }
    migrate(db)
}

fn migrate(db: &mut Connection) -> Result<()> {
    // What does not fill a page takes a whole one, and most threads are small. Only an empty file takes its page size.
    db.execute_batch("PRAGMA page_size = 2048; PRAGMA auto_vacuum = INCREMENTAL")?;
    db.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
    let change = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let made = usize::try_from(number(&change, "user_version")?).unwrap_or_default();
    for (tables, take_over) in STEPS.iter().skip(made) {
        change.execute_batch(tables)?;
        take_over(&change)?;
    }
    change.pragma_update(None, "application_id", APPLICATION)?;
    change.pragma_update(None, "user_version", VERSION)?;
    Ok(change.commit()?)
}

fn number(db: &Connection, name: &str) -> Result<i32> {
    Ok(db.pragma_query_value(None, name, |row| row.get(0))?)
}
