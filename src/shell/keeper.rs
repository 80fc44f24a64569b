//! The keeper: has the store's thread do what the app asks for, and sends the answers as events.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::mpsc::UnboundedSender;

use super::store_worker::StoreWorker;
use crate::app::{Event, Message, NewBookmark, PROMPTS, StoreAnswer, StoreRequest, ThreadMemory, Visited};
use crate::model::{Entry, Thread};
use crate::store::{
    EntryMemory, Memory, ReadingState, Result, Scoring, Store, StoredAuthor, StoredBookmark, ThreadKey, Visit, VisitId,
    VisitNote,
};
use crate::view::{Attitude, Author, AuthorNote, Authors, Bookmark, LastVisit, StoryMemory};

/// The visits under way by the app's numbers.
type Visits = Arc<Mutex<HashMap<u64, OpenVisit>>>;

/// A visit under way.
#[derive(Clone, Debug)]
struct OpenVisit {
    id: VisitId,
    /// Folds, thresholds, order and place as they were before; `None` where nothing was remembered.
    before: Option<ReadingState>,
}

/// Gives the app's requests to the store.
pub struct Keeper {
    store: StoreWorker,
    answers: UnboundedSender<Event>,
    visits: Visits,
}

impl Keeper {
    /// A keeper that sends its answers here.
    pub fn new(store: StoreWorker, answers: UnboundedSender<Event>) -> Self {
        Self { store, answers, visits: Arc::default() }
    }

    /// Has a request done; `now` is the time, in seconds since 1970 UTC.
    pub(super) fn perform(&self, request: StoreRequest, now: i64) {
        let visits = Arc::clone(&self.visits);
        match request {
            StoreRequest::Notes => self.answer(|store| notes(store).map(Some)),
            StoreRequest::BeginVisit(number, thread) => self.begin_visit(number, thread, now),
            StoreRequest::NoteVisit(number, visited) => self.answer(move |store| {
                let visit = lock(&visits).get(&number).cloned();
                visit.map_or(Ok(()), |visit| store.note_visit(visit.id, &note(&visited, visit.before)))?;
                Ok(None)
            }),
            StoreRequest::EndVisit(number, visited) => self.answer(move |store| {
                let visit = lock(&visits).get(&number).cloned();
                visit.map_or(Ok(()), |visit| store.end_visit(visit.id, &note(&visited, visit.before), now))?;
                lock(&visits).remove(&number);
                Ok(None)
            }),
            StoreRequest::TakeBackVisit(entry) => self.answer(move |store| {
                let is_done = store.take_back_visit(&ThreadKey::of_entry(&entry))?;
                let before = last_visit(store, &entry)?;
                Ok(Some(StoreAnswer::TakenBack { entry: entry.clone(), is_done, before }))
            }),
            StoreRequest::PutBackVisit(entry) => self.answer(move |store| {
                let is_done = store.put_back_visit(&ThreadKey::of_entry(&entry))?;
                let last = last_visit(store, &entry)?;
                Ok(Some(StoreAnswer::PutBack { entry: entry.clone(), is_done, last }))
            }),
            StoreRequest::Stories(entries) => {
                self.answer(move |store| Ok(Some(StoreAnswer::Stories(memories(store, &entries)?))));
            }
            StoreRequest::PutBookmark(new, says) => {
                let bookmark = stored_bookmark(*new, now);
                self.keep(says, move |store| store.put_bookmark(&bookmark));
            }
            StoreRequest::RemoveBookmark(Bookmark { site, story, comment }, says) => {
                let key = ThreadKey { site, id: story };
                self.keep(says, move |store| store.remove_bookmark(&key, comment.as_deref()).map(|_| ()));
            }
            StoreRequest::ToggleSaved { entry, takes_back } => self.answer(move |store| {
                let is_saved = store.toggle_saved(&ThreadKey::of_entry(&entry), now)?;
                Ok(Some(StoreAnswer::Saved { entry: entry.clone(), is_saved, takes_back }))
            }),
            StoreRequest::PutAuthor(author, note, says) => {
                let author = stored_author(author, note);
                self.keep(says, move |store| store.put_author(&author));
            }
            StoreRequest::PutHidesRead(hides) => {
                self.answer(move |store| store.put_hides_read(hides).map(|()| None));
            }
            StoreRequest::PutTyped(prompt, text) => {
                self.answer(move |store| store.put_typed(prompt, &text, now).map(|()| None));
            }
        }
    }

    fn begin_visit(&self, number: u64, thread: Arc<Thread>, now: i64) {
        let (visits, answers) = (Arc::clone(&self.visits), self.answers.clone());
        self.answer(move |store| {
            let Visit { id, memory, has_lost_marks } = store.begin_visit(thread.story(), now)?;
            if has_lost_marks {
                let line = "the store: what was read of this thread was damaged and is lost";
                let _ = answers.send(Event::Report(line.to_owned()));
            }
            let memory = thread_memory(memory, &thread);
            lock(&visits).insert(number, OpenVisit { id, before: memory.state.clone() });
            Ok(Some(StoreAnswer::Visit(number, Box::new(memory))))
        });
    }

    /// Has something done, and sends what it answers. A send fails only where the loop has ended.
    fn answer(&self, mut work: impl FnMut(&mut Store) -> Result<Option<StoreAnswer>> + Send + 'static) {
        let answers = self.answers.clone();
        self.store.run(move |store| {
            if let Some(answer) = work(store)? {
                let _ = answers.send(Event::Stored(Box::new(answer)));
            }
            Ok(())
        });
    }

    /// Has something kept, and says so then.
    fn keep(&self, says: Message, mut work: impl FnMut(&mut Store) -> Result<()> + Send + 'static) {
        let answers = self.answers.clone();
        self.store.run(move |store| {
            work(store)?;
            let _ = answers.send(Event::Stored(Box::new(StoreAnswer::Kept(says.clone()))));
            Ok(())
        });
    }
}

fn lock(visits: &Visits) -> std::sync::MutexGuard<'_, HashMap<u64, OpenVisit>> {
    visits.lock().unwrap_or_else(PoisonError::into_inner)
}

fn thread_memory(memory: Memory, thread: &Thread) -> ThreadMemory {
    let read = memory.marks.iter().filter(|(_, mark)| mark.is_read).map(|(id, _)| id.into_owned()).collect();
    let (seen, is_known) = (memory.seen(Scoring::of(thread)), memory != Memory::default());
    ThreadMemory { seen, read, state: is_known.then_some(memory.state) }
}

/// The note on a visit; the state stays as it was before where the reader has not taken it up.
fn note(visited: &Visited, before: Option<ReadingState>) -> VisitNote {
    let Visited { thread, is_read, state, is_taken_up } = visited;
    let state = before.filter(|_| !is_taken_up).unwrap_or_else(|| state.clone());
    VisitNote::new(thread, |index| is_read.get(index as usize) == Some(&true), state)
}

/// All that is remembered of the threads of stories.
pub(super) fn memories(store: &Store, entries: &[Entry]) -> Result<Vec<(Entry, StoryMemory)>> {
    let keys: Vec<ThreadKey> = entries.iter().map(ThreadKey::of_entry).collect();
    let memories = store.entries(&keys)?.into_iter().map(Option::unwrap_or_default);
    let last = |memory: EntryMemory| memory.left_at.map(|_| LastVisit { comments: memory.comments });
    let known = entries.iter().cloned().zip(memories).map(|(entry, memory)| {
        // A visit of the story is not one of the comment that stands there.
        let last_visit = Some(memory).filter(|_| entry.comment.is_empty()).and_then(last);
        (entry, StoryMemory { last_visit, stored: memory.stored })
    });
    Ok(known.collect())
}

fn last_visit(store: &Store, entry: &Entry) -> Result<Option<LastVisit>> {
    let memory = memories(store, std::slice::from_ref(entry))?.pop();
    Ok(memory.and_then(|(_, memory)| memory.last_visit))
}

/// The reader's notes on authors.
pub(super) fn authors(store: &mut Store) -> Result<Authors> {
    let authors = store.authors()?.into_iter().map(|StoredAuthor { site, name, is_followed, is_muted, tag }| {
        let attitude = match (is_muted, is_followed) {
            (true, _) => Some(Attitude::Muted),
            (false, true) => Some(Attitude::Followed),
            (false, false) => None,
        };
        (Author { site, name }, AuthorNote { attitude, tag })
    });
    Ok(authors.collect())
}

fn notes(store: &mut Store) -> Result<StoreAnswer> {
    let bookmarks = store.bookmarks()?.into_iter().map(|StoredBookmark { entry, comment, url, .. }| {
        (Bookmark { site: entry.site, story: entry.id, comment }, url)
    });
    let typed: Result<Vec<_>> = PROMPTS.iter().map(|prompt| Ok(((*prompt).to_owned(), store.typed(prompt)?))).collect();
    let hides_read = store.hides_read()?;
    Ok(StoreAnswer::Notes { authors: authors(store)?, bookmarks: bookmarks.collect(), hides_read, typed: typed? })
}

fn stored_author(author: Author, note: AuthorNote) -> StoredAuthor {
    let (is_followed, is_muted) = (note.is_followed(), note.is_muted());
    StoredAuthor { site: author.site, name: author.name, is_followed, is_muted, tag: note.tag }
}

fn stored_bookmark(new: NewBookmark, made_at: i64) -> StoredBookmark {
    let NewBookmark { entry, comment, url, author, words } = new;
    StoredBookmark { entry, comment, url, author, words, made_at }
}
