//! The commands on the store itself: its contents, and clearing it.

use std::io::{self, Write};

use super::args::StoreTask;
use super::printing::say;
use super::store_settings::StoreSettings;
use super::store_worker::{aside_words, error_words};
use crate::store::{Contents, SetAside, Store};
use crate::view::ago;

/// Prints what is stored, or clears it.
///
/// # Errors
/// A line on why the store could not be opened, read or cleared.
pub(super) fn run(
    task: Option<&StoreTask>,
    settings: &StoreSettings,
    now: i64,
    out: &mut dyn Write,
) -> Result<io::Result<()>, String> {
    let Some(folder) = &settings.folder else {
        return Err("there is no folder for the store: HOME is not set".to_owned());
    };
    if !settings.is_enabled && task.is_none() {
        return Ok(writeln!(out, "The store is off ([store] enabled = false): nothing is remembered."));
    }
    if !folder.join(crate::store::FILE_NAME).exists() {
        return Ok(writeln!(out, "{}: nothing is stored yet", folder.display()));
    }
    // What was stored before it was turned off can be cleared.
    let settings = &StoreSettings { is_enabled: true, ..settings.clone() };
    let mut store = open(settings, now)?.ok_or("there is no store")?;
    let of_store = |error| error_words(settings, &error);
    if let Some(StoreTask::Clear(clear)) = task {
        let before = store.contents().map_err(of_store)?;
        store.clear(clear.what(now)).map_err(of_store)?;
        let after = store.contents().map_err(of_store)?;
        return Ok(print_cleared(&before, &after, out));
    }
    let contents = store.contents().map_err(of_store)?;
    Ok(print(&store, &contents, settings, now, out))
}

/// Opens the store for a command, and says on standard error where a damaged one was set aside; `None` where there is to
/// be none.
///
/// # Errors
/// A line on why it could not be opened.
pub(super) fn open(settings: &StoreSettings, now: i64) -> Result<Option<Store>, String> {
    let Some(opened) = settings.open(now) else { return Ok(None) };
    let (store, aside) = opened.map_err(|error| error_words(settings, &error))?;
    if let Some(SetAside(aside)) = aside {
        say(&aside_words(store.path(), &aside));
    }
    Ok(Some(store))
}

fn print(
    store: &Store,
    contents: &Contents,
    settings: &StoreSettings,
    now: i64,
    out: &mut dyn Write,
) -> io::Result<()> {
    writeln!(out, "{}", store.path().display())?;
    writeln!(out, "{} of at most {}", size(contents.bytes), size(settings.max_bytes))?;
    if let Some(oldest) = contents.oldest {
        writeln!(out, "The oldest thread was loaded {}.", ago(oldest, now))?;
    }
    writeln!(out)?;
    for (count, what) in kinds(contents) {
        writeln!(out, "{count:>8}  {what}")?;
    }
    Ok(())
}

fn kinds(contents: &Contents) -> [(u32, &'static str); 8] {
    [
        (contents.threads, "threads"),
        (contents.saved, "threads that are saved, and stay until they are cleared"),
        (contents.lists, "pages of lists"),
        (contents.memories, "threads with marks on what was read, folds and place"),
        (contents.visits, "visits"),
        (contents.bookmarks, "bookmarks"),
        (contents.authors, "authors who are followed, muted or tagged"),
        (contents.typed, "searches, filters and targets that were typed"),
    ]
}

fn print_cleared(before: &Contents, after: &Contents, out: &mut dyn Write) -> io::Result<()> {
    let kinds = kinds(before).into_iter().zip(kinds(after)).filter(|((before, _), (after, _))| before > after);
    for ((before, what), (after, _)) in kinds {
        writeln!(out, "{:>8}  {what}: cleared", before - after)?;
    }
    writeln!(out, "The store is {} now; it was {}.", size(after.bytes), size(before.bytes))
}

/// Bytes in words: `4 KiB`, `3.5 MiB`.
pub(super) fn size(bytes: u64) -> String {
    match bytes {
        0..0x10_0000 => format!("{} KiB", bytes.div_ceil(1024)),
        _ => format!("{}.{} MiB", bytes >> 20, ((bytes & 0xf_ffff) * 10) >> 20),
    }
}
