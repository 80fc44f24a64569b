//! The comments of a thread in another order, over the same text.

use std::sync::Arc;

use super::Thread;
use super::preorder::{arrange, flat_tree, places, preorder};
use super::thread::{ROOT, Tree};

impl Thread {
    /// The same tree with siblings in the order in which `order` names them; it names every index once.
    #[must_use]
    pub fn with_siblings_by(&self, order: &[u32]) -> Self {
        let parents = self.parents_in(order);
        let arranged = preorder(&parents);
        let from: Vec<u32> = arranged.iter().map(|&place| order[place as usize]).collect();
        let tree = arrange(&arranged, &parents);
        self.rearranged(&from, tree, self.is_flat)
    }

    /// The same comments without a tree, in the order in which `order` names them; it names every index once.
    #[must_use]
    pub fn flat(&self, order: &[u32]) -> Self {
        self.rearranged(order, flat_tree(self.parents_in(order)), true)
    }

    /// The parent of each comment that `order` names, as a place in `order`.
    fn parents_in(&self, order: &[u32]) -> Vec<u32> {
        let places = places(order);
        let place_of = |parent| if parent == ROOT { ROOT } else { places[parent as usize] };
        order.iter().map(|&index| place_of(self.tree.parents[index as usize])).collect()
    }

    fn rearranged(&self, from: &[u32], tree: Tree, is_flat: bool) -> Self {
        let places = places(from);
        let by_text = (0..self.len()).filter_map(|place| self.nth_in_text(place));
        Self {
            story: self.story.clone(),
            tree,
            by_text: by_text.map(|comment| places[comment.index() as usize]).collect(),
            records: from.iter().map(|&index| self.records[index as usize]).collect(),
            words: from.iter().map(|&index| self.words[index as usize]).collect(),
            texts: Arc::clone(&self.texts),
            notes: self.notes.clone(),
            missing: self.missing,
            is_flat,
        }
    }
}
