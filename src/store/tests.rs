//! Tests of the store that need its connection: a disk without room, and room that is given back.

use super::*;
use crate::model::{Builder, Draft, Entry, Story, Text, Thread};

fn thread(id: &str, comments: u32) -> Thread {
    let mut builder = Builder::new();
    for number in 0..comments {
        let mixed = u64::from(number).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let body = Text::unmarked(format!("{mixed:x} {:x}", mixed.rotate_left(17).wrapping_mul(mixed)));
        builder.push(&Draft { id: &number.to_string(), body: body.borrow(), ..Draft::default() });
    }
    builder.finish(Story { site: "hn".to_owned(), id: id.to_owned(), ..Story::default() })
}

#[test]
fn a_full_disk_leaves_what_was_there() {
    let folder = std::env::temp_dir().join(format!("lurker-store-full-{}", std::process::id()));
    let (mut store, _) = Store::open(&folder, 1 << 30, 0).expect("a store");
    let put = |store: &mut Store, thread: &Thread| {
        let validators = Validators::default();
        store.put_thread(&LoadedThread { thread, address: "", validators, loaded_at: 0 })
    };
    put(&mut store, &thread("1", 50)).expect("there is room");
    let pages: u32 = store.db.pragma_query_value(None, "page_count", |row| row.get(0)).expect("a number");
    store.db.pragma_update_and_check(None, "max_page_count", pages + 4, |_| Ok(())).expect("set");
    let error = put(&mut store, &thread("2", 5000)).expect_err("no room");
    assert_eq!(error.trouble, Trouble::Full, "{error}");
    let key = |id: &str| ThreadKey { site: "hn".to_owned(), id: id.to_owned() };
    assert!(store.thread(&key("2")).expect("readable").is_none());
    assert_eq!(store.thread(&key("1")).expect("readable").map(|stored| stored.thread.len()), Some(50));
    let entry = Entry { site: "hn".to_owned(), id: "1".to_owned(), ..Entry::default() };
    store.put_bookmark(&StoredBookmark { entry, ..StoredBookmark::default() }).expect("little has room");
    std::fs::remove_dir_all(folder).expect("the folder");
}

#[test]
fn the_room_of_what_is_thrown_out_is_given_back_to_the_disk() {
    let folder = std::env::temp_dir().join(format!("lurker-store-shrink-{}", std::process::id()));
    let put = |store: &mut Store, thread: &Thread| {
        let validators = Validators::default();
        store.put_thread(&LoadedThread { thread, address: "", validators, loaded_at: 0 }).expect("stored");
    };
    let (mut store, _) = Store::open(&folder, 1 << 30, 0).expect("a store");
    (1..20).for_each(|id| put(&mut store, &thread(&id.to_string(), 5000)));
    store.max_bytes = 300_000;
    put(&mut store, &thread("20", 50));
    let number = |name| store.db.pragma_query_value::<u32, _>(None, name, |row| row.get(0)).expect("a number");
    assert!(number("page_count") < 150 && number("freelist_count") < 5, "{} pages", number("page_count"));
    std::fs::remove_dir_all(folder).expect("the folder");
}

/// A store whose file was made by the steps up to version 1.
fn store_of_version_1(folder: &std::path::Path, fill: impl FnOnce(&rusqlite::Connection)) -> Store {
    std::fs::create_dir_all(folder).expect("a folder");
    let db = rusqlite::Connection::open(folder.join(FILE_NAME)).expect("a file");
    db.execute_batch(include_str!("schema/1.sql")).expect("tables");
    db.execute_batch("PRAGMA user_version = 1; PRAGMA application_id = 0x6c75726b").expect("numbers");
    fill(&db);
    drop(db);
    Store::open(folder, 1 << 30, 0).expect("a store").0
}

#[test]
fn a_thread_is_found_by_its_addresses_after_a_step_of_versions_and_after_it_has_moved() {
    let folder = std::env::temp_dir().join(format!("lurker-store-addresses-{}", std::process::id()));
    let own = "https://north.example/t/one/1";
    let mut moved = thread("1", 3).story().clone();
    moved.url = own.to_owned();
    let content = Builder::new().finish(Story { title: "One".to_owned(), ..moved.clone() });
    let mut store = store_of_version_1(&folder, |db| {
        let sql = "INSERT INTO thread (site, id, url, title) VALUES ('hn', '1', ?1, 'One');";
        db.execute(sql, [own]).expect("a thread");
        let data = pack::pack(&content_json(&content)).expect("packed");
        db.execute("INSERT INTO content (thread, loaded_at, data) VALUES (1, 0, ?1)", [data]).expect("its content");
        for url in [own, "https://north.example/short"] {
            db.execute("INSERT INTO address (url, thread) VALUES (?1, 1)", [url]).expect("an address");
        }
    });
    let is_found = |store: &mut Store, address: &str| store.thread_at(address).expect("readable").is_some();
    let addresses = [own, "http://www.north.example/short?utm_source=x"];
    assert!(addresses.iter().all(|address| is_found(&mut store, address)));
    moved.url = "https://north.example/t/another/1".to_owned();
    let content = Builder::new().finish(Story { title: "One".to_owned(), ..moved.clone() });
    let loaded = LoadedThread { thread: &content, address: "", validators: Validators::default(), loaded_at: 0 };
    store.put_thread(&loaded).expect("stored");
    assert!(addresses.iter().chain([&moved.url.as_str()]).all(|address| is_found(&mut store, address)));
    // Another address whose hash happened to be the same.
    store.db.execute("UPDATE address SET url = 'https://north.example/other' WHERE url = ?1", [own]).expect("changed");
    assert!(!is_found(&mut store, own));
    std::fs::remove_dir_all(folder).expect("the folder");
}

#[test]
fn a_large_thread_is_read_as_it_was_and_damage_is_noticed() {
    let folder = std::env::temp_dir().join(format!("lurker-store-large-{}", std::process::id()));
    let (mut store, _) = Store::open(&folder, 1 << 30, 0).expect("a store");
    let large = thread("1", 3000);
    let json = content_json(&large);
    assert!(json.len() > 500_000, "{} bytes", json.len());
    let key = ThreadKey { site: "hn".to_owned(), id: "1".to_owned() };
    let packed = pack::pack(&json).expect("packed");
    for damaged_at in [None, Some(4), Some(packed.len() / 2), Some(packed.len() - 5)] {
        let loaded = LoadedThread { thread: &large, address: "", validators: Validators::default(), loaded_at: 0 };
        store.put_thread(&loaded).expect("stored");
        let Some(at) = damaged_at else {
            let read = store.thread(&key).expect("readable").expect("stored").thread;
            assert_eq!(content_json(&read), json);
            continue;
        };
        let mut damaged = packed.clone();
        damaged[at] ^= 0x55;
        store.db.execute("UPDATE content SET data = ?1", [damaged]).expect("damaged");
        assert_eq!(store.thread(&key).expect_err("damaged").trouble, Trouble::Part, "{at}");
        assert!(store.thread(&key).expect("readable").is_none(), "{at}");
    }
    std::fs::remove_dir_all(folder).expect("the folder");
}

fn content_json(thread: &Thread) -> Vec<u8> {
    let mut json = Vec::new();
    crate::print::json(thread, &crate::view::Selection::default(), &mut json).expect("a vector takes all");
    json
}
