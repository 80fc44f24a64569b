//! The places of comments by their ids, in a table beside the text that holds the ids.

use std::hash::{BuildHasher, RandomState};

/// A table from ids to places. It holds no ids itself: `id_at` gives the one at a place.
#[derive(Clone, Debug, Default)]
pub(super) struct IdIndex {
    /// A power of two of slots, or none; at most half of them are taken.
    slots: Vec<Slot>,
    taken: usize,
    /// Seeded anew for each table, so that nobody can make up ids that all want one slot.
    hasher: RandomState,
}

/// A slot, which is for a place and a part of its id's hash.
#[derive(Clone, Copy, Debug)]
struct Slot {
    hash: u32,
    place: u32,
}

/// Stands for no place.
const FREE: u32 = u32::MAX;

impl IdIndex {
    /// The place of an id.
    pub(super) fn get<'t>(&self, id: &str, id_at: impl Fn(u32) -> &'t str) -> Option<u32> {
        let slot = self.slots.get(self.slot(self.hash(id), id, id_at)?)?;
        (slot.place != FREE).then_some(slot.place)
    }

    /// Enters the place of an id; `false` where the id has one already, which stays.
    pub(super) fn insert<'t>(&mut self, id: &str, place: u32, id_at: impl Fn(u32) -> &'t str) -> bool {
        if self.taken * 2 >= self.slots.len() {
            self.grow();
        }
        let hash = self.hash(id);
        let slot = self.slot(hash, id, id_at).and_then(|slot| self.slots.get_mut(slot));
        let Some(slot) = slot.filter(|slot| slot.place == FREE) else { return false };
        *slot = Slot { hash, place };
        self.taken += 1;
        true
    }

    fn hash(&self, id: &str) -> u32 {
        self.hasher.hash_one(id) as u32
    }

    /// The slot of an id: the one that has it, else the free one that it would take.
    fn slot<'t>(&self, hash: u32, id: &str, id_at: impl Fn(u32) -> &'t str) -> Option<usize> {
        let fits = |slot: &Slot| slot.place == FREE || (slot.hash == hash && id_at(slot.place) == id);
        self.slots_from(hash).find(|&slot| self.slots.get(slot).is_some_and(fits))
    }

    /// All slots, from the one that a hash wants.
    fn slots_from(&self, hash: u32) -> impl Iterator<Item = usize> + use<> {
        let count = self.slots.len();
        (0..count).map(move |step| (hash as usize).wrapping_add(step) & (count - 1))
    }

    fn grow(&mut self) {
        let free = Slot { hash: 0, place: FREE };
        let slots = vec![free; (self.slots.len() * 2).max(16)];
        for slot in std::mem::replace(&mut self.slots, slots) {
            let mut places = self.slots_from(slot.hash);
            let place = places.find(|&place| self.slots.get(place).is_some_and(|other| other.place == FREE));
            if let Some(new) = place.filter(|_| slot.place != FREE).and_then(|place| self.slots.get_mut(place)) {
                *new = slot;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::IdIndex;

    #[test]
    fn each_id_has_the_place_that_it_got_first() {
        let ids: Vec<String> = (0..2000_u32).map(|number| (number / 2).to_string()).collect();
        let id_at = |place: u32| ids[place as usize].as_str();
        let mut index = IdIndex::default();
        assert_eq!(index.get("0", id_at), None);
        for (place, id) in (0..).zip(&ids) {
            assert_eq!(index.insert(id, place, id_at), place % 2 == 0, "{id}");
        }
        for number in 0..1000 {
            assert_eq!(index.get(&number.to_string(), id_at), Some(2 * number));
        }
        assert_eq!(index.get("1000", id_at), None);
    }
}
