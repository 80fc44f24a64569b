//! Rows of the store: whatever stands there is read clean, is refused, or is thrown away; nothing of it ends the program.

use std::cell::RefCell;

use lurker::model::{Entry, Listing, Story, Thread};
use lurker::site::{Content, saved};
use lurker::store::{
    FILE_NAME, ListPage, LoadedThread, ReadingState, Store, StoredAuthor, StoredBookmark, ThreadKey, Trouble,
    Validators, VisitNote,
};
use lurker::view::{FoldOverride, Opened, Order, Thresholds};
use rusqlite::types::Value;
use rusqlite::{Connection, params};

use super::documents::{assert_clean, check_thread, fixtures, own_form};
use super::engine::shape;
use crate::store::Folder;
use crate::thread_format::{json, thread};

const ROOM: u64 = 1 << 29;
const NOW: i64 = 1_790_000_000;
const ADDRESS: &str = "https://a.example/thread";
const LIST: &str = "hn/best";

/// A store with something in each table, and another way into its file.
struct Stored {
    store: Store,
    db: Connection,
    key: ThreadKey,
    story: Story,
    /// Every row as it was: the table, its columns, and their values.
    rows: Vec<(String, Vec<String>, Vec<Value>)>,
    _folder: Folder,
}

thread_local! {
    static STORED: RefCell<Option<Stored>> = const { RefCell::new(None) };
}

fn with_store<T>(work: impl FnOnce(&mut Stored) -> T) -> T {
    STORED.with_borrow_mut(|stored| work(stored.get_or_insert_with(Stored::new)))
}

fn first_thread() -> Thread {
    let bytes = fixtures(&["slashdot/story-2013"]).remove(0);
    thread(&bytes).expect("a thread")
}

impl Stored {
    fn new() -> Self {
        let folder = Folder::new(&format!("fuzz-{:?}", std::thread::current().id()));
        let (mut store, _) = Store::open(folder.path(), ROOM, NOW).expect("a store");
        let db = Connection::open(folder.path().join(FILE_NAME)).expect("a file");
        db.execute_batch("PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF").expect("a setting");
        let (thread, key) = fill(&mut store);
        let rows = rows(&db);
        Self { store, db, key, story: thread.story().clone(), rows, _folder: folder }
    }

    /// Makes every row what it was.
    fn restore(&mut self) {
        self.db.execute_batch("BEGIN IMMEDIATE").expect("nobody else writes");
        let mut last = "";
        for (table, columns, values) in &self.rows {
            if table != last {
                self.db.execute(&format!("DELETE FROM {table}"), []).expect("a table");
                last = table;
            }
            let places = vec!["?"; columns.len()].join(", ");
            let sql = format!("INSERT INTO {table} ({}) VALUES ({places})", columns.join(", "));
            self.db.execute(&sql, rusqlite::params_from_iter(values)).expect("a row that was there");
        }
        self.db.execute_batch("COMMIT").expect("nobody else writes");
    }
}

/// Stores a thread, a list, a visit with marks and folds, bookmarks, an author and a line that was typed.
fn fill(store: &mut Store) -> (Thread, ThreadKey) {
    let thread = first_thread();
    let key = ThreadKey::of(thread.story());
    let validators =
        Validators { etag: Some("\"x\"".to_owned()), modified: Some("Thu, 01 Jan 2026 00:00:00 GMT".to_owned()) };
    let loaded = LoadedThread { thread: &thread, address: ADDRESS, validators: validators.clone(), loaded_at: NOW };
    store.put_thread(&loaded).expect("stored");
    let visit = store.begin_visit(thread.story(), NOW).expect("a visit");
    let fold = FoldOverride { opened: Some(Opened::Full), folded: true };
    let ids: Vec<String> = thread.iter().map(|comment| comment.id().to_owned()).collect();
    let state = ReadingState {
        place: Some(ids[0].clone()),
        folds: ids.iter().map(|id| (id.clone(), fold)).collect(),
        thresholds: Thresholds::new(Some(1), Some(4)),
        order: Order::Newest,
        ..ReadingState::default()
    };
    let note = VisitNote { thread: std::sync::Arc::new(thread.clone()), is_read: vec![true; ids.len()], state };
    store.end_visit(visit.id, &note, NOW).expect("a visit");
    store.begin_visit(thread.story(), NOW + 1).expect("a visit");
    let entry = Entry { site: key.site.clone(), id: key.id.clone(), title: "T".to_owned(), ..Entry::default() };
    let bookmark = StoredBookmark {
        entry,
        comment: Some(ids[0].clone()),
        url: ADDRESS.to_owned(),
        author: "ann".to_owned(),
        words: "w".to_owned(),
        made_at: NOW,
    };
    store.put_bookmark(&bookmark).expect("stored");
    let author = StoredAuthor {
        site: "hn".to_owned(),
        name: "ann".to_owned(),
        is_followed: true,
        is_muted: false,
        tag: "tag".to_owned(),
    };
    store.put_author(&author).expect("stored");
    store.put_typed("search", "words", NOW).expect("stored");
    store.save(&key, NOW).expect("stored");
    let listing = first_list();
    let page = ListPage { target: LIST, page: None, listing: &listing, validators, loaded_at: NOW, fresh_for: 60 };
    store.put_list(&page).expect("stored");
    (thread, key)
}

fn first_list() -> Listing {
    let bytes = fixtures(&["hackernews/news-2022"]).remove(0);
    match saved::read(&bytes, None) {
        Ok(Content::List(list)) => *list,
        other => unreachable!("{other:?}"),
    }
}

fn rows(db: &Connection) -> Vec<(String, Vec<String>, Vec<Value>)> {
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name";
    let tables: Vec<String> = names(db, sql);
    let rows = tables.into_iter().flat_map(|table| {
        let columns = names(db, &format!("SELECT name FROM pragma_table_info('{table}')"));
        let mut query = db.prepare(&format!("SELECT * FROM {table}")).expect("a table");
        let read = |row: &rusqlite::Row<'_>| {
            (0..columns.len()).map(|column| row.get(column)).collect::<rusqlite::Result<Vec<Value>>>()
        };
        let rows: Vec<Vec<Value>> = query.query_map([], read).expect("rows").map(|row| row.expect("a row")).collect();
        rows.into_iter().map(|row| (table.clone(), columns.clone(), row)).collect::<Vec<_>>()
    });
    rows.collect()
}

fn names(db: &Connection, sql: &str) -> Vec<String> {
    let mut query = db.prepare(sql).expect("a query");
    query.query_map([], |row| row.get(0)).expect("names").map(|name| name.expect("a name")).collect()
}

/// The bytes of a stored thread, and own forms that are packed before they are stored, behind a `J`.
pub(super) fn seeds() -> Vec<Vec<u8>> {
    let packed =
        with_store(|stored| stored.db.query_row("SELECT data FROM content", [], |row| row.get::<_, Vec<u8>>(0)));
    let plain = own_form().into_iter().map(|json| [b"J", json.as_slice()].concat());
    std::iter::once(packed.expect("it is stored")).chain(plain).collect()
}

/// A frame as the store has it, but without its dictionary.
fn packed(json: &[u8]) -> Vec<u8> {
    let length = u32::try_from(json.len()).expect("it is short").to_le_bytes();
    [&length, zstd::bulk::compress(json, 1).expect("memory takes all").as_slice()].concat()
}

/// Reads a thread whose bytes are these.
pub(super) fn check_thread_row(bytes: &[u8]) -> u64 {
    let data = bytes.strip_prefix(b"J").map_or_else(|| bytes.to_vec(), packed);
    with_store(|stored| {
        let sql = "INSERT OR REPLACE INTO content (thread, loaded_at, data) SELECT number, 1, ?1 FROM thread LIMIT 1";
        stored.db.execute(sql, params![data]).expect("a row");
        match stored.store.thread(&stored.key) {
            Ok(Some(read)) => {
                assert_eq!(
                    json(&stored.store.thread_at(ADDRESS).expect("read before").expect("there").thread),
                    json(&read.thread)
                );
                check_thread(&read.thread)
            }
            Ok(None) => unreachable!("it was put there"),
            Err(error) => {
                assert_eq!(error.trouble, Trouble::Part, "{error}");
                assert!(matches!(stored.store.thread(&stored.key), Ok(None)), "what is damaged is thrown away");
                shape(error.says.chars().take(30).collect::<String>())
            }
        }
    })
}

/// A row's number, a column's, the kind of the value, and the value.
pub(super) fn row_seeds() -> Vec<Vec<u8>> {
    with_store(|stored| {
        let rows = stored.rows.iter().enumerate().flat_map(|(row, (_, columns, values))| {
            (0..columns.len()).map(move |column| {
                let (kind, bytes) = match &values[column] {
                    Value::Blob(bytes) => (1, bytes.clone()),
                    Value::Text(text) => (0, text.clone().into_bytes()),
                    Value::Integer(number) => (2, number.to_string().into_bytes()),
                    Value::Real(_) | Value::Null => (3, Vec::new()),
                };
                [&[row as u8, column as u8, kind], bytes.as_slice()].concat()
            })
        });
        rows.collect()
    })
}

/// Puts a value into a row of any table, and reads everything.
pub(super) fn check_rows(bytes: &[u8]) -> u64 {
    let [row, column, kind, bytes @ ..] = bytes else { return 0 };
    with_store(|stored| {
        stored.restore();
        let (table, columns, _) = &stored.rows[usize::from(*row) % stored.rows.len()];
        let (table, column) = (table.clone(), columns[usize::from(*column) % columns.len()].clone());
        let text = String::from_utf8_lossy(bytes).into_owned();
        let value = match kind % 4 {
            0 => Value::Text(text),
            1 => Value::Blob(bytes.to_vec()),
            2 => text.parse().map_or(Value::Null, Value::Integer),
            _ => Value::Null,
        };
        // What the table does not take cannot stand there.
        let is_taken = stored.db.execute(&format!("UPDATE OR IGNORE {table} SET {column} = ?1"), [value]).is_ok();
        let read = read_all(stored);
        shape((is_taken, table, column, read))
    })
}

/// Reads every table by every function; what is read is clean.
fn read_all(stored: &mut Stored) -> Vec<bool> {
    let Stored { store, key, story, .. } = stored;
    let mut read = Vec::new();
    let thread = store.thread(key);
    read.push(thread.is_ok());
    if let Ok(Some(stored)) = thread {
        check_thread(&stored.thread);
    }
    read.push(store.thread_at(ADDRESS).is_ok());
    let list = store.list(LIST, None);
    read.push(list.is_ok());
    list.ok().flatten().into_iter().for_each(|list| list.listing.entries.iter().for_each(check_entry));
    for stories in [store.history(10), store.saved()] {
        read.push(stories.is_ok());
        stories.unwrap_or_default().iter().for_each(|story| check_entry(&story.entry));
    }
    let bookmarks = store.bookmarks();
    read.push(bookmarks.is_ok());
    for bookmark in bookmarks.unwrap_or_default() {
        check_entry(&bookmark.entry);
        for line in [&bookmark.url, &bookmark.author, &bookmark.words].into_iter().chain(&bookmark.comment) {
            assert_clean(line);
        }
    }
    let authors = store.authors();
    read.push(authors.is_ok());
    for author in authors.unwrap_or_default() {
        for line in [&author.site, &author.name, &author.tag] {
            assert_clean(line);
        }
    }
    let typed = store.typed("search");
    read.push(typed.is_ok());
    typed.unwrap_or_default().iter().for_each(|line| assert_clean(line));
    read.push(store.entries(std::slice::from_ref(key)).is_ok());
    read.push(store.contents().is_ok());
    let visit = store.begin_visit(story, NOW + 2);
    read.push(visit.is_ok());
    read.push(store.take_back_visit(key).is_ok());
    read
}

fn check_entry(entry: &Entry) {
    for line in [&entry.site, &entry.id, &entry.title, &entry.url, &entry.link, &entry.author, &entry.place] {
        assert_clean(line);
    }
}
