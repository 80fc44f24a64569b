//! The store against a plain model: random visits, reloads and quits of two programs that share a file.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::Arc;

use lurker::model::{Builder, Draft, Entry, Story, Thread};
use lurker::store::{
    FILE_NAME, LoadedThread, ReadingState, Store, StoredBookmark, ThreadKey, Validators, VisitId, VisitNote,
};
use lurker::view::{FoldOverride, Opened};

use crate::store::Folder;
use crate::support::random::{Rng, seeds};

const ROOM: u64 = 1 << 29;
const IDS: [&str; 8] = ["1", "2", "30", "401", "a", "ab", "b1", "0x"];
const THREADS: [&str; 3] = ["1", "2", "x"];

/// All that a thread is to be remembered by.
#[derive(Clone, Debug, Default, PartialEq)]
struct Remembered {
    left_at: Option<i64>,
    /// Scores by id, of what was seen.
    seen: BTreeMap<String, Option<i32>>,
    /// The same of what was noted on a visit that has not ended.
    noted: BTreeMap<String, Option<i32>>,
    read: BTreeSet<String>,
    place: Option<String>,
    folds: BTreeSet<(String, bool)>,
}

/// A thread in the model.
#[derive(Clone, Debug, Default)]
struct Known {
    now: Remembered,
    /// The visits that can be taken back, by the order in which they began, with what was remembered before them.
    before: Vec<(VisitId, Remembered)>,
    /// Every visit with the time at which it began, but for those that are taken back.
    visits: Vec<(i64, VisitId)>,
    stored: Option<(Vec<String>, i64)>,
    is_saved: bool,
    bookmarks: BTreeSet<String>,
}

/// A program with the file open, and its visits that have not ended.
struct Program {
    store: Store,
    visits: Vec<(usize, VisitId)>,
    taken: Vec<Taken>,
}

/// A visit that was taken back.
struct Taken {
    thread: usize,
    began: (i64, VisitId),
    /// When the thread's last visit had begun.
    newest: i64,
    /// What was remembered before that visit, with it, and once it was taken back.
    before: Remembered,
    with: Remembered,
    left: Remembered,
}

impl Known {
    fn newest(&self) -> i64 {
        self.visits.iter().map(|(at, _)| *at).max().unwrap_or_default()
    }
}

impl Program {
    fn start(folder: &Folder) -> Self {
        let (store, aside) = Store::open(folder.path(), ROOM, 0).expect("a store");
        assert_eq!(aside, None);
        Self { store, visits: Vec::new(), taken: Vec::new() }
    }
}

fn story(thread: usize) -> Story {
    Story { site: "hn".to_owned(), id: THREADS[thread].to_owned(), title: "T".to_owned(), ..Story::default() }
}

fn key(thread: usize) -> ThreadKey {
    ThreadKey::of(&story(thread))
}

fn random_thread(rng: &mut Rng, thread: usize) -> Thread {
    let mut builder = Builder::new();
    for id in IDS {
        if rng.chance(60) {
            let score = rng.chance(70).then(|| rng.range(-2, 6));
            builder.push(&Draft { id, score, ..Draft::default() });
        }
    }
    builder.finish(story(thread))
}

fn random_state(rng: &mut Rng) -> ReadingState {
    let place = rng.chance(70).then(|| (*rng.pick(&IDS)).to_owned());
    let fold = |rng: &mut Rng, id: &str| {
        let fold = FoldOverride { opened: rng.chance(50).then_some(Opened::Full), folded: rng.chance(50) };
        (id.to_owned(), fold)
    };
    let folded: Vec<&&str> = IDS.iter().filter(|_| rng.chance(30)).collect();
    let folds = folded.into_iter().map(|id| fold(rng, id)).collect();
    ReadingState { place, folds, ..ReadingState::default() }
}

/// The two programs and the model of what they share.
struct World {
    folder: Folder,
    programs: [Program; 2],
    model: [Known; 3],
    now: i64,
}

impl World {
    fn step(&mut self, rng: &mut Rng) {
        self.now += 1;
        let (who, thread) = (rng.below(2), rng.below(3));
        match rng.below(12) {
            0..2 => self.begin(who, thread),
            2 => self.note(rng, who, false),
            3..5 => self.note(rng, who, true),
            5 | 10 => self.take_back(rng, who, thread),
            11 => self.put_back(who, thread),
            6 => self.put(rng, who, thread),
            7 => self.bookmark(rng, who, thread),
            8 => {
                let is_saved = self.programs[who].store.save(&key(thread), self.now).expect("no error");
                assert_eq!(is_saved, self.model[thread].stored.is_some());
                self.model[thread].is_saved |= is_saved;
            }
            _ => {
                // It quits, or is killed: what it had not told is gone, and what it had is there.
                self.programs[who] = Program::start(&self.folder);
            }
        }
    }

    fn begin(&mut self, who: usize, thread: usize) {
        let visit = self.programs[who].store.begin_visit(&story(thread), self.now).expect("begun");
        assert!(!visit.has_lost_marks);
        let known = &mut self.model[thread];
        // The last one stays until this one has changed something.
        known.before.drain(..known.before.len().saturating_sub(1));
        known.before.push((visit.id, known.now.clone()));
        known.visits.push((self.now, visit.id));
        self.programs[who].visits.push((thread, visit.id));
    }

    fn note(&mut self, rng: &mut Rng, who: usize, is_end: bool) {
        let Some(&(thread, visit)) = self.programs[who].visits.last() else { return };
        let content = Arc::new(random_thread(rng, thread));
        let is_read: Vec<bool> = (0..content.len()).map(|_| rng.chance(40)).collect();
        let state = random_state(rng);
        let note = VisitNote { thread: Arc::clone(&content), is_read: is_read.clone(), state: state.clone() };
        let store = &mut self.programs[who].store;
        let outcome = if is_end { store.end_visit(visit, &note, self.now) } else { store.note_visit(visit, &note) };
        if is_end {
            self.programs[who].visits.pop();
        }
        if outcome.is_err() {
            // The other program has taken the visit back.
            return;
        }
        let known = &mut self.model[thread];
        let Known { now, before, .. } = known;
        if is_end && now.left_at.is_none() {
            // It was not yet known in which way scores are made.
            now.noted.values_mut().for_each(|score| *score = None);
        }
        for (comment, is_read) in content.iter().zip(is_read) {
            if is_end {
                now.seen.insert(comment.id().to_owned(), comment.score());
                now.noted.remove(comment.id());
            } else if !now.seen.contains_key(comment.id()) {
                now.noted.insert(comment.id().to_owned(), comment.score());
            }
            if is_read {
                now.read.insert(comment.id().to_owned());
            }
        }
        now.left_at = if is_end { Some(self.now) } else { now.left_at };
        now.place = state.place;
        now.folds = state.folds.into_iter().map(|(id, fold)| (id, fold.folded)).collect();
        let own = before.iter().position(|(id, _)| *id == visit).filter(|_| is_end);
        if let Some(own) = own {
            let old = &before[own].1;
            let is_same = (old.seen.len(), old.read.len()) == (now.seen.len(), now.read.len());
            if *old != Remembered::default() && is_same && own > 0 {
                before.remove(own);
            } else {
                before.drain(..own);
            }
        }
    }

    fn take_back(&mut self, rng: &mut Rng, who: usize, thread: usize) {
        let is_taken = self.programs[who].store.take_back_visit(&key(thread)).expect("no error");
        let known = &mut self.model[thread];
        assert_eq!(is_taken, !known.before.is_empty());
        if rng.chance(30) {
            // All is as before at once.
            let is_back = self.programs[who].store.put_back_visit(&key(thread)).expect("no error");
            assert_eq!(is_back, is_taken);
            return;
        }
        let Some((visit, before)) = known.before.pop() else { return };
        let (newest, with) = (known.newest(), known.now.clone());
        let at = known.visits.iter().position(|(_, id)| *id == visit).expect("it began");
        let began = known.visits.remove(at);
        known.now = before.clone();
        if before != Remembered::default() {
            // Where the reader is stays.
            (known.now.place, known.now.folds) = (with.place.clone(), with.folds.clone());
        }
        let left = known.now.clone();
        self.programs[who].taken.push(Taken { thread, began, newest, before, with, left });
    }

    /// The visit of a thread that this program has taken back last is as before, unless there was another one since.
    fn put_back(&mut self, who: usize, thread: usize) {
        let program = &mut self.programs[who];
        let is_back = program.store.put_back_visit(&key(thread)).expect("no error");
        let last = program.taken.iter().rposition(|taken| taken.thread == thread);
        let Some(taken) = last.map(|last| program.taken.remove(last)) else {
            assert!(!is_back);
            return;
        };
        let known = &mut self.model[thread];
        assert_eq!(is_back, known.newest() <= taken.newest && known.now == taken.left);
        if is_back {
            known.now = taken.with;
            known.visits.push(taken.began);
            known.before.push((taken.began.1, taken.before));
        }
    }

    fn put(&mut self, rng: &mut Rng, who: usize, thread: usize) {
        let content = random_thread(rng, thread);
        let validators = Validators::default();
        let loaded = LoadedThread { thread: &content, address: "", validators, loaded_at: self.now };
        self.programs[who].store.put_thread(&loaded).expect("stored");
        let ids = content.iter().map(|comment| comment.id().to_owned()).collect();
        self.model[thread].stored = Some((ids, self.now));
    }

    fn bookmark(&mut self, rng: &mut Rng, who: usize, thread: usize) {
        let (id, store) = (*rng.pick(&IDS), &mut self.programs[who].store);
        let entry = Entry { site: "hn".to_owned(), id: THREADS[thread].to_owned(), ..Entry::default() };
        if rng.chance(60) {
            let comment = Some(id.to_owned());
            store
                .put_bookmark(&StoredBookmark { entry, comment, made_at: self.now, ..StoredBookmark::default() })
                .expect("made");
            self.model[thread].bookmarks.insert(id.to_owned());
        } else {
            let was_there = store.remove_bookmark(&key(thread), Some(id)).expect("no error");
            assert_eq!(was_there, self.model[thread].bookmarks.remove(id));
        }
    }

    /// What a program sees must be what the model holds.
    fn compare(&mut self, who: usize) {
        let store = &mut self.programs[who].store;
        let (bookmarks, saved) = (store.bookmarks().expect("readable"), store.saved().expect("readable"));
        let mut copy = copied(&self.folder);
        for (thread, known) in self.model.iter().enumerate() {
            let memory = copy.begin_visit(&story(thread), self.now).expect("begun").memory;
            let marks: Vec<_> = memory.marks.iter().collect();
            let seen = marks.iter().filter(|(_, mark)| mark.is_seen).map(|(id, mark)| (id.to_string(), mark.score));
            let noted = marks.iter().filter(|(_, mark)| !mark.is_seen).map(|(id, mark)| (id.to_string(), mark.score));
            let read = marks.iter().filter(|(_, mark)| mark.is_read).map(|(id, _)| id.to_string());
            let seen_as = Remembered {
                left_at: memory.left_at,
                seen: seen.collect(),
                noted: noted.collect(),
                read: read.collect(),
                place: memory.state.place.clone(),
                folds: memory.state.folds.iter().map(|(id, fold)| (id.clone(), fold.folded)).collect(),
            };
            assert_eq!(seen_as, known.now, "thread {thread}");
            let stored = store.thread(&key(thread)).expect("readable").map(|stored| {
                (stored.thread.iter().map(|comment| comment.id().to_owned()).collect(), stored.loaded_at)
            });
            assert_eq!(stored, known.stored);
            assert_eq!(saved.iter().any(|story| story.entry.id == THREADS[thread]), known.is_saved);
            let of_thread = bookmarks.iter().filter(|bookmark| bookmark.entry.id == THREADS[thread]);
            let marked: BTreeSet<String> = of_thread.filter_map(|bookmark| bookmark.comment.clone()).collect();
            assert_eq!(marked, known.bookmarks);
        }
    }
}

/// A store with the same content, in which a visit may begin to see what is remembered.
fn copied(folder: &Folder) -> Store {
    let copy = folder.path().join("copy");
    fs::create_dir_all(&copy).expect("a folder");
    for name in [FILE_NAME.to_owned(), format!("{FILE_NAME}-wal")] {
        fs::copy(folder.path().join(&name), copy.join(&name)).expect("there while a program has it open");
    }
    let (store, aside) = Store::open(&copy, ROOM, 0).expect("a store");
    assert_eq!(aside, None);
    store
}

#[test]
fn two_programs_share_what_a_plain_model_holds() {
    let number = std::cell::Cell::new(0);
    seeds(20, |rng| {
        number.set(number.get() + 1);
        let folder = Folder::new(&format!("model-{}", number.get()));
        let programs = [Program::start(&folder), Program::start(&folder)];
        let mut world = World { folder, programs, model: Default::default(), now: 1_790_000_000 };
        for mut part in rng.parts(30) {
            world.step(&mut part);
            world.compare(part.below(2));
        }
    });
}
