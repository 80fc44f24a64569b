//! The store: that what is put there is there, and that no damage, lack of room or other lurker costs more than it must.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use lurker::model::{Builder, Draft, Entry, Listing, ScoreKind, Story, Thread};
use lurker::print;
use lurker::store::{
    Clear, FILE_NAME, ListPage, LoadedThread, Scoring, SetAside, Store, StoredAuthor, StoredBookmark, ThreadKey,
    Trouble, Validators, VisitNote,
};
use lurker::view::{Bound, FoldOverride, Opened, Order, ReadingState, Selection, Thresholds};

const ROOM: u64 = 1 << 29;
const NOW: i64 = 1_790_000_000;

/// A folder of a test's own, removed at the end.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("lurker-store-{name}-{}", crate::support::unique()));
        let _ = fs::remove_dir_all(&folder);
        Self(folder)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    fn file(&self) -> PathBuf {
        self.0.join(FILE_NAME)
    }

    fn store(&self) -> Store {
        let (store, aside) = self.open();
        assert_eq!(aside, None);
        store
    }

    fn open(&self) -> (Store, Option<SetAside>) {
        Store::open(&self.0, ROOM, NOW).expect("a store")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn story(id: &str) -> Story {
    Story {
        site: "hn".to_owned(),
        id: id.to_owned(),
        url: format!("https://news.ycombinator.com/item?id={id}"),
        title: format!("Story {id}"),
        score_kind: ScoreKind::Points,
        ..Story::default()
    }
}

/// A thread with comments of these ids and scores, each with some words.
fn thread(id: &str, comments: &[(&str, Option<i32>)]) -> Thread {
    let mut builder = Builder::new();
    for (comment, score) in comments {
        let body = lurker::model::Text::unmarked(format!("This is what comment {comment} says of it."));
        let url = format!("https://news.ycombinator.com/item?id={comment}");
        builder.push(&Draft { id: comment, score: *score, url: &url, body: body.borrow(), ..Draft::default() });
    }
    builder.finish(story(id))
}

fn put(store: &mut Store, thread: &Thread, loaded_at: i64) {
    let address = &thread.story().url;
    let loaded = LoadedThread { thread, address, validators: Validators::default(), loaded_at };
    store.put_thread(&loaded).expect("stored");
}

fn json(thread: &Thread) -> String {
    let mut json = Vec::new();
    print::json(thread, &Selection::default(), &mut json).expect("a vector takes all");
    String::from_utf8(json).expect("UTF-8")
}

fn note(thread: Thread, read: &[usize], state: ReadingState) -> VisitNote {
    let is_read = (0..thread.len() as usize).map(|index| read.contains(&index)).collect();
    VisitNote { thread: Arc::new(thread), is_read, state }
}

#[test]
fn the_file_is_the_users_alone() {
    let folder = Folder::new("mode");
    let mut store = folder.store();
    put(&mut store, &thread("1", &[("2", None)]), NOW);
    let mode = |path: &Path| fs::metadata(path).expect("there").permissions().mode() & 0o777;
    assert_eq!(mode(folder.path()), 0o700);
    let files: Vec<PathBuf> =
        fs::read_dir(folder.path()).expect("there").map(|entry| entry.expect("there").path()).collect();
    assert!(files.len() > 1, "{files:?}");
    for file in files {
        assert_eq!(mode(&file), 0o600, "{}", file.display());
    }
    drop(store);
    fs::set_permissions(folder.file(), fs::Permissions::from_mode(0o644)).expect("its owner");
    folder.store();
    assert_eq!(mode(&folder.file()), 0o600);
}

#[test]
fn a_thread_is_found_by_id_and_by_every_address() {
    let folder = Folder::new("thread");
    let stored = thread("1", &[("2", Some(3)), ("3", None)]);
    let validators = Validators { etag: Some("\"a\"".to_owned()), modified: None };
    let short = "http://www.news.ycombinator.com/item?id=1&utm_source=x";
    let loaded = LoadedThread { thread: &stored, address: short, validators: validators.clone(), loaded_at: NOW };
    folder.store().put_thread(&loaded).expect("stored");
    let mut store = folder.store();
    let key = ThreadKey::of(stored.story());
    for found in [store.thread(&key), store.thread_at(short), store.thread_at("https://news.ycombinator.com/item?id=1")]
    {
        let found = found.expect("readable").expect("there");
        assert_eq!(json(&found.thread), json(&stored));
        assert_eq!((found.loaded_at, &found.validators), (NOW, &validators));
    }
    assert!(store.thread_at("https://news.ycombinator.com/item?id=2").expect("readable").is_none());
    assert!(store.saved().expect("readable").is_empty());
    assert!(store.confirm_thread(&key, NOW + 60).expect("stored") && store.save(&key, NOW + 90).expect("stored"));
    let found = store.thread(&key).expect("readable").expect("there");
    assert_eq!(found.loaded_at, NOW + 60);
    let saved = store.saved().expect("readable").into_iter().map(|story| (story.entry.id, story.at));
    assert_eq!(saved.collect::<Vec<_>>(), [("1".to_owned(), NOW + 90)]);
    let unknown = ThreadKey { site: "hn".to_owned(), id: "9".to_owned() };
    assert!(!store.confirm_thread(&unknown, NOW).expect("no error") && !store.save(&unknown, NOW).expect("no error"));
}

#[test]
fn what_was_saved_last_is_first_whenever_it_was_loaded() {
    let folder = Folder::new("saved-order");
    let mut store = folder.store();
    let keys = ["1", "2", "3"].map(|id| {
        put(&mut store, &thread(id, &[]), NOW);
        ThreadKey::of(&story(id))
    });
    let saved = |store: &Store| -> Vec<(String, i64)> {
        store.saved().expect("readable").into_iter().map(|story| (story.entry.id, story.at)).collect()
    };
    assert!(store.save(&keys[1], NOW + 1).expect("stored") && store.save(&keys[0], NOW + 2).expect("stored"));
    assert_eq!(store.toggle_saved(&keys[2], NOW + 3).expect("stored"), Some(true));
    let of = |id: &str, at: i64| (id.to_owned(), NOW + at);
    // To be saved again, or loaded, moves nothing.
    assert!(store.save(&keys[1], NOW + 4).expect("stored") && store.confirm_thread(&keys[1], NOW + 5).expect("stored"));
    assert_eq!(saved(&store), [of("3", 3), of("1", 2), of("2", 1)]);
    assert_eq!(store.toggle_saved(&keys[0], NOW + 6).expect("stored"), Some(false));
    assert_eq!(store.toggle_saved(&keys[0], NOW + 7).expect("stored"), Some(true));
    assert_eq!(saved(&store), [of("1", 7), of("3", 3), of("2", 1)]);
}

#[test]
fn a_list_is_found_page_by_page() {
    let folder = Folder::new("list");
    let mut store = folder.store();
    let entry = |id: &str| Entry {
        site: "hn".to_owned(),
        id: id.to_owned(),
        title: format!("Story {id}"),
        url: format!("https://news.ycombinator.com/item?id={id}"),
        link: "https://example.org/".to_owned(),
        author: "ann".to_owned(),
        posted_at: Some(NOW),
        score: Some(-3),
        comments: Some(0),
        place: "ask".to_owned(),
        ..Entry::default()
    };
    let first = Listing { entries: vec![entry("1"), entry("2")], next: Some("2".to_owned()), ..Listing::default() };
    let second = Listing { entries: vec![entry("3")], notes: vec!["One is gone.".to_owned()], ..Listing::default() };
    for (page, listing) in [(None, &first), (Some("2"), &second)] {
        let validators = Validators::default();
        store
            .put_list(&ListPage { target: "hn/best", page, listing, validators, loaded_at: NOW, fresh_for: 60 })
            .expect("stored");
    }
    let found =
        |store: &mut Store, target, page| store.list(target, page).expect("readable").map(|found| found.listing);
    assert_eq!(found(&mut store, "hn/best", None), Some(first));
    assert_eq!(found(&mut store, "hn/best", Some("2")), Some(second));
    assert_eq!(found(&mut store, "hn", None), None);
    assert!(store.confirm_list("hn/best", None, NOW + 9).expect("stored"));
    assert_eq!(store.list("hn/best", None).expect("readable").map(|found| found.loaded_at), Some(NOW + 9));
}

#[test]
fn a_visit_leaves_what_is_new_read_and_where_the_reader_was() {
    let folder = Folder::new("visit");
    let mut store = folder.store();
    let visit = store.begin_visit(&story("1"), NOW).expect("begun");
    assert_eq!((visit.memory.left_at, visit.memory.seen(Scoring::Site(ScoreKind::Points))), (None, None));
    let state = ReadingState {
        thresholds: Thresholds { hide: Some(Bound::percent(20)), full: Some(Bound::Time(600)) },
        order: Order::Newest,
        place: Some("b".to_owned()),
        line: -3,
        byte: Some(41),
        folds: vec![
            ("a".to_owned(), FoldOverride { opened: Some(Opened::Line), folded: true }),
            ("id with +-".to_owned(), FoldOverride { opened: None, folded: true }),
            ("c".to_owned(), FoldOverride { opened: Some(Opened::Full), folded: false }),
        ],
    };
    let first = || thread("1", &[("10", Some(0)), ("b", None)]);
    store.note_visit(visit.id, &note(first(), &[0], ReadingState::default())).expect("kept");
    store.end_visit(visit.id, &note(first(), &[1], state.clone()), NOW + 5).expect("ended");
    drop(store);
    let mut store = folder.store();
    let visit = store.begin_visit(&story("1"), NOW + 10).expect("begun");
    let memory = visit.memory;
    assert_eq!((memory.left_at, memory.comments, &memory.state), (Some(NOW + 5), 2, &state));
    assert!(memory.is_read("10") && memory.is_read("b") && !memory.is_read("c"));
    let mut seen: Vec<_> = memory
        .seen(Scoring::Site(ScoreKind::Points))
        .expect("a visit")
        .iter()
        .map(|(id, score)| (id.to_owned(), score))
        .collect();
    seen.sort();
    assert_eq!(seen, [("10".to_owned(), Some(0)), ("b".to_owned(), None)]);
    let ranked = memory.seen(Scoring::Ranked).expect("a visit");
    assert!(ranked.iter().all(|(_, score)| score.is_none()), "scores made in another way are not compared");
    // What is noted within a visit is read, and stays new until the visit ends.
    let second = || thread("1", &[("10", Some(4)), ("c", Some(1))]);
    store.note_visit(visit.id, &note(second(), &[1], ReadingState::default())).expect("kept");
    let memory = store.begin_visit(&story("1"), NOW + 11).expect("begun").memory;
    assert_eq!(memory.marks.get("10").map(|mark| (mark.is_seen, mark.score)), Some((true, Some(0))));
    assert_eq!(memory.marks.get("c").map(|mark| (mark.is_seen, mark.is_read)), Some((false, true)));
}

#[test]
fn a_visit_is_taken_back_once() {
    let folder = Folder::new("taken-back");
    let mut store = folder.store();
    let key = ThreadKey::of(&story("1"));
    assert!(!store.take_back_visit(&key).expect("no error"));
    for (at, comments) in [(NOW, &[("1", None)][..]), (NOW + 100, &[("1", None), ("2", None)])] {
        let visit = store.begin_visit(&story("1"), at).expect("begun");
        store.end_visit(visit.id, &note(thread("1", comments), &[0], ReadingState::default()), at + 9).expect("ended");
    }
    let told = |store: &Store| {
        store.entries(std::slice::from_ref(&key)).expect("readable")[0].map(|entry| (entry.left_at, entry.comments))
    };
    assert_eq!(told(&store), Some((Some(NOW + 109), 2)));
    assert!(store.take_back_visit(&key).expect("taken back"));
    assert_eq!(told(&store), Some((Some(NOW + 9), 1)));
    assert_eq!(store.history(9).expect("readable")[0].at, NOW + 9);
    assert!(!store.take_back_visit(&key).expect("no error"), "the one before was made final by the one after it");
    // A second look that shows nothing more does not stand before what the first one has changed.
    for at in [NOW + 200, NOW + 300] {
        let visit = store.begin_visit(&story("1"), at).expect("begun");
        let seen = thread("1", &[("1", None), ("2", None), ("3", None)]);
        store.end_visit(visit.id, &note(seen, &[0], ReadingState::default()), at + 9).expect("ended");
    }
    assert!(store.take_back_visit(&key).expect("taken back"));
    assert_eq!(told(&store), Some((Some(NOW + 9), 1)));
    assert!(!store.take_back_visit(&key).expect("no error"));
    let visit = store.begin_visit(&story("2"), NOW).expect("begun");
    store.end_visit(visit.id, &note(thread("2", &[("1", None)]), &[], ReadingState::default()), NOW).expect("ended");
    assert!(store.take_back_visit(&ThreadKey::of(&story("2"))).expect("taken back"));
    assert_eq!(store.history(9).expect("readable").len(), 1);
    assert_eq!(store.begin_visit(&story("2"), NOW).expect("begun").memory.left_at, None);
}

#[test]
fn a_visit_that_was_taken_back_is_put_back_exactly_unless_another_one_came() {
    let folder = Folder::new("put-back");
    let mut store = folder.store();
    let key = ThreadKey::of(&story("1"));
    assert!(!store.put_back_visit(&key).expect("no error"));
    let state = |place: &str| ReadingState {
        place: Some(place.to_owned()),
        line: 7,
        byte: None,
        folds: vec![(place.to_owned(), FoldOverride { folded: true, opened: None })],
        ..ReadingState::default()
    };
    let visit = |store: &mut Store, at, comments: &[(&str, Option<i32>)], place| {
        let visit = store.begin_visit(&story("1"), at).expect("begun");
        store.end_visit(visit.id, &note(thread("1", comments), &[0], state(place)), at + 9).expect("ended");
    };
    // What a copy of the file remembers, so that looking is no visit.
    let remembered = |store: &Store| {
        let copy = rusqlite::Connection::open(store.path()).expect("the store");
        let rows = |table: &str| {
            let mut query = copy.prepare(&format!("SELECT * FROM {table} ORDER BY 1")).expect("a table");
            let columns = query.column_count();
            let row = |row: &rusqlite::Row<'_>| {
                (0..columns).map(|column| row.get::<_, rusqlite::types::Value>(column)).collect::<Result<Vec<_>, _>>()
            };
            query.query_map([], row).expect("readable").map(|row| row.expect("a row")).collect::<Vec<_>>()
        };
        (rows("visit"), rows("memory"))
    };
    visit(&mut store, NOW, &[("1", None)], "1");
    let first = remembered(&store);
    assert!(store.take_back_visit(&key).expect("taken back"));
    assert_ne!(remembered(&store), first);
    assert!(store.put_back_visit(&key).expect("put back"));
    assert_eq!(remembered(&store), first);
    assert!(!store.put_back_visit(&key).expect("no error"), "it holds already");
    visit(&mut store, NOW + 100, &[("1", None), ("2", Some(3))], "2");
    let second = remembered(&store);
    // It can be taken back again, and put back again.
    for _ in 0..2 {
        assert!(store.take_back_visit(&key).expect("taken back"));
        assert_ne!(remembered(&store), second);
        assert!(store.put_back_visit(&key).expect("put back"));
        assert_eq!(remembered(&store), second);
    }
    assert!(store.take_back_visit(&key).expect("taken back"));
    visit(&mut store, NOW + 200, &[("1", None), ("3", None)], "3");
    let third = remembered(&store);
    assert!(!store.put_back_visit(&key).expect("no error"));
    assert_eq!(remembered(&store), third, "a later visit is not lost");
}

#[test]
fn bookmarks_authors_and_what_was_typed_are_there() {
    let folder = Folder::new("marks");
    let mut store = folder.store();
    let entry = Entry { site: "hn".to_owned(), id: "1".to_owned(), title: "One".to_owned(), ..Entry::default() };
    let bookmark = |comment: Option<&str>, made_at| StoredBookmark {
        entry: entry.clone(),
        comment: comment.map(str::to_owned),
        url: "https://example.org/".to_owned(),
        author: "ann".to_owned(),
        words: "Some words".to_owned(),
        made_at,
    };
    for bookmark in [bookmark(None, NOW), bookmark(Some("7"), NOW + 1), bookmark(Some("7"), NOW + 2)] {
        store.put_bookmark(&bookmark).expect("stored");
    }
    assert_eq!(store.bookmarks().expect("readable"), [bookmark(Some("7"), NOW + 2), bookmark(None, NOW)]);
    assert_eq!(store.saved().expect("readable").len(), 1);
    let key = ThreadKey::of_entry(&entry);
    assert!(
        store.remove_bookmark(&key, None).expect("removed") && !store.remove_bookmark(&key, None).expect("no error")
    );
    assert_eq!(store.bookmarks().expect("readable").len(), 1);
    let author = |name: &str, is_muted, tag: &str| StoredAuthor {
        site: "hn".to_owned(),
        name: name.to_owned(),
        is_followed: false,
        is_muted,
        tag: tag.to_owned(),
    };
    for author in [author("bob", true, ""), author("Ann", false, "kind"), author("bob", false, "")] {
        store.put_author(&author).expect("stored");
    }
    assert_eq!(store.authors().expect("readable"), [author("Ann", false, "kind")]);
    for (text, at) in [("one", 1), ("two", 2), ("one", 3)] {
        store.put_typed("search", text, at).expect("stored");
    }
    for number in 0..600 {
        store.put_typed("filter", &number.to_string(), number).expect("stored");
    }
    assert_eq!(store.typed("search").expect("readable"), ["one", "two"]);
    let filters = store.typed("filter").expect("readable");
    assert_eq!((filters.len(), filters[0].as_str()), (500, "599"));
}

#[test]
fn text_is_cleaned_on_the_way_out() {
    let folder = Folder::new("clean");
    let mut store = folder.store();
    put(&mut store, &thread("1", &[("2", None)]), NOW);
    let entry = Entry {
        site: "hn".to_owned(),
        id: "3".to_owned(),
        title: "a\u{1b}[31m\u{202e}b".to_owned(),
        ..Entry::default()
    };
    let words = "\u{9b}2J\u{200b}x".to_owned();
    store.put_bookmark(&StoredBookmark { entry, words, ..StoredBookmark::default() }).expect("stored");
    let bookmark = store.bookmarks().expect("readable").remove(0);
    for text in [&bookmark.entry.title, &bookmark.words] {
        assert!(!text.contains(['\u{1b}', '\u{9b}', '\u{202e}', '\u{200b}']), "{text:?}");
    }
}

#[test]
fn the_file_keeps_to_its_size_without_what_must_stay() {
    let folder = Folder::new("bound");
    let words: Vec<String> =
        (0..400_u64).map(|number| number.wrapping_mul(0x9e37_79b9_7f4a_7c15).to_string()).collect();
    let comments: Vec<(&str, Option<i32>)> = words.iter().map(|id| (id.as_str(), None)).collect();
    let (mut store, _) = Store::open(folder.path(), 600_000, NOW).expect("a store");
    for number in 0..100 {
        let thread = thread(&number.to_string(), &comments);
        put(&mut store, &thread, NOW + number);
        if number == 0 {
            assert!(store.save(&ThreadKey::of(thread.story()), NOW).expect("stored"));
            let visit = store.begin_visit(thread.story(), NOW).expect("begun");
            store.end_visit(visit.id, &note(thread, &[0], ReadingState::default()), NOW).expect("ended");
        }
    }
    let contents = store.contents().expect("readable");
    assert!(contents.threads > 5 && contents.threads < 90, "{contents:?}");
    assert!(fs::metadata(folder.file()).expect("there").len() < 1_200_000);
    let stored = |store: &mut Store, id: &str| store.thread(&ThreadKey::of(&story(id))).expect("readable").is_some();
    assert!(stored(&mut store, "0") && stored(&mut store, "99") && !stored(&mut store, "1"));
    assert!(store.begin_visit(&story("0"), NOW).expect("begun").memory.is_read(comments[0].0));
    store
        .clear(Clear { threads: true, saved: true, history: true, bookmarks_and_authors: true, before: None })
        .expect("cleared");
    let contents = store.contents().expect("readable");
    assert_eq!((contents.threads, contents.saved, contents.memories, contents.visits), (0, 0, 0, 0));
    assert!(contents.bytes < 150_000, "{contents:?}");
    let bytes = fs::read(folder.file()).expect("there");
    assert!(!bytes.windows(9).any(|window| window == b"Story 99\0" || window == b"item?id=0"), "no trace stays");
}

#[test]
fn small_threads_take_no_more_room_than_their_text() {
    let folder = Folder::new("small");
    let mut store = folder.store();
    let empty = store.contents().expect("readable").used;
    let mut state = 1_u64;
    // Letters of which each holds half a byte: the text is packed to half its size, as that of people is.
    let mut words = |length: usize| -> String {
        let letter = |_| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            char::from(b"etaoinshrdlu cmf"[(state >> 60) as usize])
        };
        (0..length).map(letter).collect()
    };
    let mut text = 0;
    for id in 0..40 {
        let mut builder = Builder::new();
        for comment in 0..10 {
            let body = lurker::model::Text::unmarked(words(390).trim());
            text += body.plain.len() as u64;
            let id = (100 * id + comment).to_string();
            builder.push(&Draft { id: &id, score: Some(2), body: body.borrow(), ..Draft::default() });
        }
        put(&mut store, &builder.finish(story(&format!("{id}"))), NOW);
    }
    let used = store.contents().expect("readable").used - empty;
    assert!(used < text * 8 / 10, "{used} for {text}");
}

#[test]
fn only_a_thread_whose_text_is_there_is_saved() {
    let folder = Folder::new("no-room");
    let comments: Vec<String> = (0..2000_u64).map(|id| id.wrapping_mul(0x9e37_79b9_7f4a_7c15).to_string()).collect();
    let comments: Vec<(&str, Option<i32>)> = comments.iter().map(|id| (id.as_str(), None)).collect();
    // The empty file leaves less room than the thread needs, so that it is thrown out with the change that brings it.
    let (mut store, _) = Store::open(folder.path(), 60_000, NOW).expect("a store");
    let large = thread("1", &comments);
    put(&mut store, &large, NOW);
    let key = ThreadKey::of(large.story());
    assert!(store.thread(&key).expect("readable").is_none());
    assert!(!store.save(&key, NOW).expect("no error"));
    assert_eq!((store.contents().expect("readable").saved, store.saved().expect("readable").len()), (0, 0));
}

#[test]
fn a_visit_writes_nothing_into_a_store_that_was_made_meanwhile() {
    let folder = Folder::new("replaced");
    let mut store = folder.store();
    let visit = store.begin_visit(&story("1"), NOW).expect("begun");
    drop(store);
    fs::remove_dir_all(folder.path()).expect("there");
    let mut store = folder.store();
    let other = store.begin_visit(&story("2"), NOW + 9).expect("begun");
    let noted = || note(thread("1", &[("7", None)]), &[0], ReadingState::default());
    assert!(store.note_visit(visit.id, &noted()).is_err());
    assert!(store.end_visit(visit.id, &noted(), NOW + 10).is_err());
    store
        .end_visit(other.id, &note(thread("2", &[("8", None)]), &[0], ReadingState::default()), NOW + 11)
        .expect("ended");
    let memory = store.begin_visit(&story("2"), NOW + 12).expect("begun").memory;
    assert_eq!((memory.is_read("7"), memory.is_read("8"), memory.left_at), (false, true, Some(NOW + 11)));
}

#[test]
fn clearing_takes_only_what_is_older() {
    let folder = Folder::new("older");
    let mut store = folder.store();
    for (id, at) in [("1", NOW), ("2", NOW + 100)] {
        put(&mut store, &thread(id, &[("7", None)]), at);
        let visit = store.begin_visit(&story(id), at).expect("begun");
        store.end_visit(visit.id, &note(thread(id, &[("7", None)]), &[], ReadingState::default()), at).expect("ended");
    }
    store.clear(Clear { threads: true, before: Some(NOW + 50), ..Clear::default() }).expect("cleared");
    let counted = |store: &Store| {
        store.contents().map(|contents| (contents.threads, contents.visits, contents.memories)).expect("readable")
    };
    assert_eq!(counted(&store), (1, 2, 2));
    store.clear(Clear { history: true, before: Some(NOW + 50), ..Clear::default() }).expect("cleared");
    assert_eq!(counted(&store), (1, 1, 1));
    assert_eq!(store.history(9).expect("readable")[0].entry.id, "2");
}

#[test]
fn a_damaged_store_is_set_aside_and_told() {
    for (name, bytes) in [("text", b"this was never a database, only words".repeat(200)), ("zeros", vec![0; 9000])] {
        let folder = Folder::new(&format!("damaged-{name}"));
        drop(folder.store());
        let _ = fs::remove_file(folder.path().join(format!("{FILE_NAME}-wal")));
        fs::write(folder.file(), &bytes).expect("written");
        let (mut store, aside) = folder.open();
        let SetAside(aside) = aside.expect("set aside");
        assert_eq!(fs::read(&aside).expect("kept"), bytes);
        put(&mut store, &thread("1", &[("2", None)]), NOW);
        assert!(store.thread(&ThreadKey::of(&story("1"))).expect("readable").is_some());
    }
}

#[test]
fn damage_that_is_met_while_reading_sets_the_store_aside() {
    for (name, spoil) in [
        ("page", (|bytes: &mut Vec<u8>| bytes[4096..].fill(0x5a)) as fn(&mut Vec<u8>)),
        ("cut", |bytes| bytes.truncate(4096 * 3 + 100)),
    ] {
        let folder = Folder::new(&format!("damage-{name}"));
        let mut store = folder.store();
        put(&mut store, &thread("1", &[("2", None)]), NOW);
        drop(store);
        let mut bytes = fs::read(folder.file()).expect("there");
        spoil(&mut bytes);
        fs::write(folder.file(), bytes).expect("written");
        let (store, aside) = match Store::open(folder.path(), ROOM, NOW).expect("a store") {
            (mut store, None) => {
                let error = store.thread(&ThreadKey::of(&story("1"))).expect_err("damaged");
                assert_eq!(error.trouble, Trouble::Damaged, "{error}");
                store.reopen(NOW).expect("a store")
            }
            opened => opened,
        };
        assert!(aside.is_some_and(|SetAside(aside)| aside.exists()), "{name}");
        assert_eq!(store.contents().expect("readable").threads, 0);
        drop(store);
        // Another lurker that meets the same damage finds that it is mended.
        assert_eq!(folder.store().reopen(NOW).expect("a store").1, None);
    }
}

#[test]
fn damage_within_a_thread_costs_that_thread_alone() {
    let folder = Folder::new("part");
    let mut store = folder.store();
    for id in ["1", "2"] {
        put(&mut store, &thread(id, &[("7", None)]), NOW);
    }
    drop(store);
    let mut bytes = fs::read(folder.file()).expect("there");
    let frame = [0x28, 0xb5, 0x2f, 0xfd];
    let place = bytes.windows(4).position(|window| window == frame).expect("a compressed thread");
    bytes[place + 30] ^= 1;
    fs::write(folder.file(), bytes).expect("written");
    let mut store = folder.store();
    let outcomes = ["1", "2"].map(|id| store.thread(&ThreadKey::of(&story(id))));
    let troubles: Vec<_> =
        outcomes.iter().filter_map(|outcome| outcome.as_ref().err().map(|error| error.trouble)).collect();
    assert_eq!(troubles, [Trouble::Part]);
    let again = ["1", "2"].map(|id| store.thread(&ThreadKey::of(&story(id))).expect("readable").is_some());
    assert_eq!(again.into_iter().filter(|is_there| *is_there).count(), 1);
}

#[test]
fn a_store_of_a_newer_lurker_is_left_alone() {
    let folder = Folder::new("newer");
    drop(folder.store());
    let mut bytes = fs::read(folder.file()).expect("there");
    bytes[60..64].copy_from_slice(&99_u32.to_be_bytes());
    fs::write(folder.file(), &bytes).expect("written");
    let error = Store::open(folder.path(), ROOM, NOW).expect_err("newer");
    assert_eq!(error.trouble, Trouble::Newer, "{error}");
    assert_eq!(fs::read(folder.file()).expect("there"), bytes);
}

#[test]
fn a_place_that_cannot_be_written_is_told() {
    let folder = Folder::new("place");
    fs::create_dir_all(folder.path()).expect("a folder");
    let file = folder.path().join("file");
    fs::write(&file, b"").expect("written");
    for place in [file.join("below"), PathBuf::from("/proc/lurker")] {
        assert!(Store::open(&place, ROOM, NOW).is_err(), "{}", place.display());
    }
}
