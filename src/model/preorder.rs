//! Preorder: comments whose parents are known, put so that each stands before its replies.

use super::thread::{ROOT, Tree};

/// The comments in preorder, of parents without a cycle.
pub(super) fn preorder(parents: &[u32]) -> Vec<u32> {
    let children = Children::of(parents);
    let mut order = Vec::with_capacity(parents.len());
    let mut stack = Vec::new();
    for root in (0..parents.len() as u32).filter(|&index| parents[index as usize] == ROOT) {
        stack.push(root);
        while let Some(index) = stack.pop() {
            order.push(index);
            stack.extend(children.at(index).iter().rev());
        }
    }
    order
}

/// The children of every comment, in the order in which they came.
struct Children {
    starts: Vec<u32>,
    all: Vec<u32>,
}

impl Children {
    fn of(parents: &[u32]) -> Self {
        let mut starts = vec![0_u32; parents.len() + 1];
        for &parent in parents.iter().filter(|&&parent| parent != ROOT) {
            starts[parent as usize + 1] += 1;
        }
        for index in 1..starts.len() {
            starts[index] += starts[index - 1];
        }
        let mut free = starts.clone();
        let mut all = vec![0; starts.last().map_or(0, |&end| end as usize)];
        for (child, &parent) in parents.iter().enumerate().filter(|&(_, &parent)| parent != ROOT) {
            all[free[parent as usize] as usize] = child as u32;
            free[parent as usize] += 1;
        }
        Self { starts, all }
    }

    fn at(&self, parent: u32) -> &[u32] {
        &self.all[self.starts[parent as usize] as usize..self.starts[parent as usize + 1] as usize]
    }
}

/// Whether comments stand in preorder already: each right behind its parent, or behind what is below its parent.
pub(super) fn is_preorder(parents: &[u32]) -> bool {
    let mut last = ROOT;
    (0..).zip(parents).all(|(index, &parent)| {
        // What the walk leaves behind does not come again, so that all walks together are as long as the thread.
        while last != parent && last != ROOT {
            last = parents[last as usize];
        }
        std::mem::replace(&mut last, index) == parent
    })
}

/// The place of each index in an order, which names every one once.
pub(super) fn places(order: &[u32]) -> Vec<u32> {
    let mut places = vec![0_u32; order.len()];
    for (place, &index) in (0..).zip(order) {
        places[index as usize] = place;
    }
    places
}

/// The tree in preorder: parents as places in it, depths and subtree sizes. `parents` goes by the comments' places before.
pub(super) fn arrange(order: &[u32], parents: &[u32]) -> Tree {
    let places = places(order);
    let place_of = |parent| if parent == ROOT { ROOT } else { places[parent as usize] };
    tree(order.iter().map(|&index| place_of(parents[index as usize])).collect())
}

/// The tree of comments that stand in preorder, by their parents.
pub(super) fn tree(parents: Vec<u32>) -> Tree {
    let mut depths = Vec::with_capacity(parents.len());
    for &parent in &parents {
        depths.push(if parent == ROOT { 0 } else { depths[parent as usize] + 1 });
    }
    let mut sizes = vec![1; parents.len()];
    let mut replied = no_bits(parents.len());
    for (index, &parent) in parents.iter().enumerate().rev().filter(|&(_, &parent)| parent != ROOT) {
        sizes[parent as usize] += sizes[index];
        replied[parent as usize / 64] |= 1 << (parent % 64);
    }
    Tree { parents, sizes, depths, replied }
}

/// The tree of comments that answer others, but all stand at the top level.
pub(super) fn flat_tree(parents: Vec<u32>) -> Tree {
    let comments = parents.len();
    Tree { parents, sizes: vec![1; comments], depths: vec![0; comments], replied: no_bits(comments) }
}

/// A bit for each of so many comments.
fn no_bits(comments: usize) -> Vec<u64> {
    vec![0; comments.div_ceil(64)]
}
