//! A small Reddit for tests: a thread of any shape, sent with the limits that the site has.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

/// A thread, and how much of it one answer holds. Comment `n` has the id `kN`; lower numbers come first.
pub(crate) struct Forum {
    /// What each comment answers; all parents come before their answers.
    parents: Vec<Option<usize>>,
    top: Vec<usize>,
    below: Vec<Vec<usize>>,
    depths: Vec<usize>,
    /// Comments whose ids are named, but which are never sent.
    pub(crate) unsent: BTreeSet<usize>,
    /// The most comments of a tree.
    pub(crate) tree: usize,
    /// The most comments of an answer to `/api/morechildren`.
    pub(crate) more: usize,
    /// No comment is deeper than this in one answer.
    pub(crate) levels: usize,
    /// As in the site's source of 2017: ids of one depth only, none below `levels`, and no word of those left out.
    pub(crate) is_strict: bool,
}

pub(crate) fn id(comment: usize) -> String {
    format!("k{comment}")
}

fn number(id: &str) -> Option<usize> {
    id.strip_prefix('k')?.parse().ok()
}

impl Forum {
    /// A thread with the site's limits, made small.
    pub(crate) fn new(parents: Vec<Option<usize>>) -> Self {
        let (mut top, mut below, mut depths) = (Vec::new(), vec![Vec::new(); parents.len()], Vec::new());
        for (comment, parent) in parents.iter().enumerate() {
            parent.map_or(&mut top, |parent| &mut below[parent]).push(comment);
            depths.push(parent.map_or(0, |parent| depths[parent] + 1));
        }
        Self { parents, top, below, depths, unsent: BTreeSet::new(), tree: 40, more: 15, levels: 10, is_strict: true }
    }

    pub(crate) fn len(&self) -> usize {
        self.parents.len()
    }

    /// What each comment that is sent answers, by id.
    pub(crate) fn shape(&self) -> BTreeMap<String, Option<String>> {
        let sent = (0..self.len()).filter(|comment| !self.unsent.contains(comment));
        sent.map(|comment| (id(comment), self.parents[comment].map(id))).collect()
    }

    pub(crate) fn leaves(&self) -> Vec<usize> {
        (0..self.len()).filter(|&comment| self.below[comment].is_empty()).collect()
    }

    fn children(&self, parent: Option<usize>) -> &[usize] {
        parent.map_or(&self.top, |parent| &self.below[parent])
    }

    fn depth(&self, comment: usize) -> usize {
        self.depths[comment]
    }

    fn descendants(&self, comment: usize) -> usize {
        self.children(Some(comment)).iter().map(|&child| 1 + self.descendants(child)).sum()
    }

    /// The answer to a request, by its path and its query; nothing where the site would say 404.
    pub(crate) fn answer(&self, path: &str, query: &BTreeMap<String, String>) -> Option<String> {
        if path == "/api/morechildren" {
            let ids: Vec<usize> = query.get("children")?.split(',').filter_map(number).collect();
            return Some(json!({"json": {"errors": [], "data": {"things": self.more(&ids)}}}).to_string());
        }
        let mut names =
            path.strip_prefix("/comments/thread")?.split('/').filter(|name| !name.is_empty() && *name != "_");
        let things = match names.next() {
            None => self.tree(self.children(None), None),
            Some(comment) => {
                let comment = number(comment).filter(|&comment| comment < self.parents.len())?;
                let context = query.get("context").and_then(|context| context.parse().ok()).unwrap_or(0);
                self.branch(comment, context)
            }
        };
        Some(json!([listing(vec![self.post()]), listing(things)]).to_string())
    }

    fn post(&self) -> Value {
        json!({"kind": "t3", "data": {
            "id": "thread", "title": "A thread", "author": "ada", "permalink": "/r/sheds/comments/thread/a_thread/",
            "subreddit": "sheds", "selftext": "", "is_self": true, "num_comments": self.parents.len(), "score": 1
        }})
    }

    /// One comment with what is below it, and as much of what it answers.
    fn branch(&self, comment: usize, context: usize) -> Vec<Value> {
        let path: Vec<usize> = std::iter::successors(Some(comment), |&at| self.parents[at]).take(context + 1).collect();
        let mut things = self.tree(&[comment], None);
        for &above in path.iter().skip(1) {
            let mut thing = self.comment(above);
            thing["data"]["replies"] = listing(things);
            things = vec![thing];
        }
        things
    }

    fn more(&self, ids: &[usize]) -> Vec<Value> {
        let depth = ids.iter().map(|&comment| self.depth(comment)).min().unwrap_or(0);
        let is_fit = |comment: &&usize| !self.is_strict || self.depth(**comment) == depth && depth < self.levels;
        let roots: Vec<usize> = ids.iter().filter(is_fit).copied().collect();
        let mut flat = Vec::new();
        let mut stack: Vec<Value> = self.tree(&roots, Some(self.more));
        stack.reverse();
        while let Some(mut thing) = stack.pop() {
            let replies = thing["data"]["replies"].take();
            stack.extend(replies["data"]["children"].as_array().into_iter().flatten().rev().cloned());
            if thing["kind"] == "t1" {
                thing["data"]["replies"] = json!("");
            }
            flat.push(thing);
        }
        flat
    }

    /// The trees below these comments, cut to the limits. `most` is of an answer that was asked for by ids.
    fn tree(&self, roots: &[usize], most: Option<usize>) -> Vec<Value> {
        let is_by_ids = most.is_some();
        let base = roots.iter().map(|&comment| self.depth(comment)).min().unwrap_or(0);
        let base = if is_by_ids && self.is_strict { 0 } else { base };
        let (mut waiting, mut shown) = (roots.iter().copied().collect::<BTreeSet<_>>(), BTreeSet::new());
        while let Some(comment) = waiting.pop_first().filter(|_| shown.len() < most.unwrap_or(self.tree)) {
            if !self.unsent.contains(&comment) && self.depth(comment) - base < self.levels {
                shown.insert(comment);
                waiting.extend(self.children(Some(comment)).iter().copied());
            }
        }
        let mut trees = BTreeMap::new();
        for &comment in shown.iter().rev() {
            let children = self.children(Some(comment));
            let mut replies: Vec<Value> = children.iter().filter_map(|child| trees.remove(child)).collect();
            if self.depth(comment) - base + 1 == self.levels {
                replies.extend((!children.is_empty()).then(|| rest(comment)));
            } else {
                replies.extend(self.stub(children, &shown, Some(comment)));
            }
            let mut thing = self.comment(comment);
            thing["data"]["replies"] = if replies.is_empty() { json!("") } else { listing(replies) };
            trees.insert(comment, thing);
        }
        let mut things: Vec<Value> = roots.iter().filter_map(|root| trees.remove(root)).collect();
        if !(is_by_ids && self.is_strict) {
            let above = roots.first().and_then(|&root| self.parents[root]);
            things.extend(self.stub(roots, &shown, above));
        }
        things
    }

    fn comment(&self, comment: usize) -> Value {
        let above = self.parents[comment].map_or("t3_thread".to_owned(), |above| format!("t1_{}", id(above)));
        json!({"kind": "t1", "data": {
            "id": id(comment), "parent_id": above, "link_id": "t3_thread", "author": "bob", "body": format!("words {comment}"),
            "score": comment, "replies": ""
        }})
    }

    fn stub(&self, comments: &[usize], shown: &BTreeSet<usize>, above: Option<usize>) -> Option<Value> {
        let missing: Vec<usize> = comments.iter().filter(|comment| !shown.contains(comment)).copied().collect();
        let count: usize = missing.iter().map(|&comment| 1 + self.descendants(comment)).sum();
        let ids: Vec<String> = missing.iter().map(|&comment| id(comment)).collect();
        let above = above.map_or("t3_thread".to_owned(), |above| format!("t1_{}", id(above)));
        let data = json!({"count": count, "id": ids.first()?, "parent_id": above, "children": ids});
        Some(json!({"kind": "more", "data": data}))
    }
}

/// A branch that goes on on a page of its own.
fn rest(above: usize) -> Value {
    let above = format!("t1_{}", id(above));
    json!({"kind": "more", "data": {"count": 0, "id": "_", "name": "t1__", "parent_id": above, "children": []}})
}

fn listing(children: Vec<Value>) -> Value {
    json!({"kind": "Listing", "data": {"after": null, "children": Value::Array(children)}})
}
