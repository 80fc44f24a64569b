//! The addresses by which threads were loaded, told by hashes of their canonical forms.

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::Result;
use crate::model::canonical_address;

/// Notes an address of a thread.
pub(super) fn put(db: &Connection, address: &str, thread: i64) -> Result<()> {
    let canonical = canonical_address(address);
    let own: String = db.query_row("SELECT url FROM thread WHERE number = ?1", [thread], |row| row.get(0))?;
    let url = Some(&canonical).filter(|canonical| **canonical != canonical_address(&own));
    let sql = "INSERT OR REPLACE INTO address (hash, thread, url) VALUES (?1, ?2, ?3)";
    db.execute(sql, params![hash(&canonical), thread, url])?;
    Ok(())
}

/// The thread that has an address. Another address of the same hash is none of it.
pub(super) fn find(db: &Connection, address: &str) -> Result<Option<i64>> {
    let canonical = canonical_address(address);
    let sql = "SELECT number, coalesce(address.url, thread.url)
        FROM address JOIN thread ON number = address.thread WHERE hash = ?1";
    let read = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?));
    let found: Option<(i64, String)> = db.query_row(sql, [hash(&canonical)], read).optional()?;
    Ok(found.filter(|(_, url)| canonical_address(url) == canonical).map(|(number, _)| number))
}

/// The thread of the comment that was bookmarked under an address.
pub(super) fn of_bookmark(db: &Connection, address: &str) -> Result<Option<i64>> {
    let canonical = canonical_address(address);
    let mut query = db.prepare("SELECT thread, url FROM bookmark WHERE comment <> '' AND url <> ''")?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        if canonical_address(&row.get::<_, String>(1)?) == canonical {
            return Ok(Some(row.get(0)?));
        }
    }
    Ok(None)
}

/// Takes over the addresses of a file of version 1.
pub(super) fn take_over(db: &Connection) -> Result<()> {
    let mut query = db.prepare("SELECT url, thread FROM address_before")?;
    let rows = query.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get(1)?)))?;
    for row in rows {
        let (address, thread) = row?;
        put(db, &address, thread)?;
    }
    drop(query);
    Ok(db.execute_batch("DROP TABLE address_before")?)
}

/// The 64-bit FNV-1a hash (Fowler, Noll, Vo), which is a part of the file's format.
fn hash(text: &str) -> i64 {
    let hash = text
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    hash.cast_signed()
}

#[cfg(test)]
mod tests {
    use super::hash;

    #[test]
    fn hashes_are_those_of_fnv_1a() {
        let expected =
            [("", 0xcbf2_9ce4_8422_2325_u64), ("a", 0xaf63_dc4c_8601_ec8c), ("foobar", 0x8594_4171_f739_67e8)];
        for (text, expected) in expected {
            assert_eq!(hash(text).cast_unsigned(), expected, "{text}");
        }
    }
}
