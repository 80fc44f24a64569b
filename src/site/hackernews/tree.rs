//! The order of comments below each other, and the activity below each.

use std::collections::HashMap;

use super::post::{Kind, Post};
use crate::model::State;

/// The comments of a discussion in preorder; parents come before children, whatever was sent.
pub(super) struct Tree {
    /// Places among the posts, of comments only.
    pub(super) order: Vec<usize>,
    /// The activity score of every post.
    pub(super) scores: Vec<i32>,
    /// The number of the parent of every post, if one was named.
    pub(super) parents: Vec<Option<u64>>,
}

impl Tree {
    /// Puts the posts in order; `places` says where each number is.
    pub(super) fn of(posts: &[Post], places: &HashMap<u64, usize>) -> Self {
        let ranks = Ranks::of(posts, places);
        let parents: Vec<Option<u64>> =
            posts.iter().zip(&ranks.listers).map(|(post, lister)| post.parent.or(*lister)).collect();
        let above: Vec<Option<usize>> = parents.iter().map(|parent| places.get(&(*parent)?).copied()).collect();
        let children = children(posts, &above, &ranks.ranks);
        let order = preorder(posts, &above, &children);
        let scores = scores(posts, &order, &above);
        let is_comment = |place: &usize| matches!(posts[*place].kind, Kind::Comment | Kind::Unknown);
        let order = order.into_iter().filter(is_comment).collect();
        Self { order, scores, parents }
    }
}

/// The order of replies by their parents' lists: each post's smallest rank, and the first post that lists it.
struct Ranks {
    ranks: Vec<usize>,
    listers: Vec<Option<u64>>,
}

impl Ranks {
    fn of(posts: &[Post], places: &HashMap<u64, usize>) -> Self {
        let mut ranks = Self { ranks: vec![usize::MAX; posts.len()], listers: vec![None; posts.len()] };
        for post in posts {
            for (rank, place) in post.kids.iter().enumerate().filter_map(|(rank, kid)| Some((rank, *places.get(kid)?)))
            {
                ranks.ranks[place] = ranks.ranks[place].min(rank);
                ranks.listers[place].get_or_insert(post.id);
            }
        }
        ranks
    }
}

/// The children of every post: the ranked ones by rank, then the others as they came.
fn children(posts: &[Post], above: &[Option<usize>], ranks: &[usize]) -> Vec<Vec<usize>> {
    let mut children = vec![Vec::new(); posts.len()];
    for (place, parent) in above.iter().enumerate() {
        if let Some(parent) = parent {
            children[*parent].push(place);
        }
    }
    for list in &mut children {
        list.sort_by_key(|&child| ranks[child]);
    }
    children
}

/// Every post once: the trees whose top has no parent here, then what stands in a circle, from its first on.
fn preorder(posts: &[Post], above: &[Option<usize>], children: &[Vec<usize>]) -> Vec<usize> {
    let mut order = Vec::with_capacity(posts.len());
    let mut met = vec![false; posts.len()];
    let mut stack = Vec::new();
    let tops = (0..posts.len()).filter(|&place| above[place].is_none());
    for top in tops.chain(0..posts.len()) {
        stack.push(top);
        while let Some(place) = stack.pop() {
            if !std::mem::replace(&mut met[place], true) {
                order.push(place);
                stack.extend(children[place].iter().rev());
            }
        }
    }
    order
}

/// The scores, children before parents.
fn scores(posts: &[Post], order: &[usize], above: &[Option<usize>]) -> Vec<i32> {
    let mut live_below = vec![0_u32; posts.len()];
    let mut scores = vec![0; posts.len()];
    for &place in order.iter().rev() {
        scores[place] = score(posts[place].state(), live_below[place]);
        if let Some(parent) = above[place] {
            live_below[parent] =
                live_below[parent].saturating_add(live_below[place] + u32::from(posts[place].is_live_comment()));
        }
    }
    scores
}

/// The activity score: −1 for what is dead, else how often the life below it doubles, at most 5.
fn score(state: State, live_below: u32) -> i32 {
    match state {
        State::Dead => -1,
        _ => live_below.saturating_add(1).ilog2().min(5).cast_signed(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_double() {
        let scores: Vec<i32> =
            [0, 1, 2, 3, 6, 7, 14, 15, 30, 31, u32::MAX].map(|live| score(State::Live, live)).to_vec();
        assert_eq!(scores, [0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5]);
        assert_eq!(score(State::Dead, 40), -1);
    }
}
