//! The order of comments below each other.

use std::collections::HashMap;

use super::post::{Kind, Post};

/// The comments of a discussion in preorder; parents come before children, whatever was sent.
pub(super) struct Tree {
    /// Places among the posts, of comments only.
    pub(super) order: Vec<usize>,
    /// The number of the parent of every post, if one was named.
    pub(super) parents: Vec<Option<u64>>,
}

impl Tree {
    /// Puts the posts in order; `places` says where each number is. What stands under nothing that is here comes after all
    /// that is under `head`.
    pub(super) fn of(posts: &[Post], places: &HashMap<u64, usize>, head: u64) -> Self {
        let ranks = Ranks::of(posts, places);
        let parents: Vec<Option<u64>> =
            posts.iter().zip(&ranks.listers).map(|(post, lister)| post.parent.or(*lister)).collect();
        let above: Vec<Option<usize>> = parents.iter().map(|parent| places.get(&(*parent)?).copied()).collect();
        let children = children(posts, &above, &ranks.ranks);
        let order = preorder(places.get(&head).copied(), &above, &children);
        let is_comment = |place: &usize| matches!(posts[*place].kind, Kind::Comment | Kind::Unknown);
        let order = order.into_iter().filter(is_comment).collect();
        Self { order, parents }
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

/// Every post once: the tree under the head, the others whose top has no parent here, then what stands in a circle, from its
/// first on.
fn preorder(head: Option<usize>, above: &[Option<usize>], children: &[Vec<usize>]) -> Vec<usize> {
    let mut order = Vec::with_capacity(above.len());
    let mut met = vec![false; above.len()];
    let mut stack = Vec::new();
    let tops = (0..above.len()).filter(|&place| above[place].is_none());
    for top in head.into_iter().chain(tops).chain(0..above.len()) {
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
