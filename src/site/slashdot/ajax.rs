//! An answer of `ajax.pl`: new script state, and fragments of comments that are read like those of a page.

use super::comment::{Fact, Shown};
use super::js_literal::{self, Literal};
use super::state::{self, State};
use super::tree;

/// The content of an answer.
#[derive(Clone, Debug, Default)]
pub(super) struct Update {
    /// The comments that the server now takes as seen; to be given back as it is.
    pub(super) seen: Option<String>,
    /// The number of comments that the server still has.
    pub(super) more: Option<i64>,
    /// The number of comments in all.
    pub(super) total: Option<u32>,
    /// Facts of comments, by number.
    pub(super) facts: Vec<(u64, Fact)>,
    /// Comments from the markup, by number.
    pub(super) shown: Vec<(u64, Shown<'static>)>,
    /// The number of fragments left out, because they are of another discussion or of no comment.
    pub(super) rejected: u32,
}

/// Reads an answer for this discussion; `None` when it is no answer of `ajax.pl` at all.
///
/// The server answers a request that it does not understand with nothing, so nothing is an answer.
pub(super) fn read(source: &str, discussion: Option<u64>) -> Option<Update> {
    let source = source.trim_start_matches(['\u{feff}', '(', ' ', '\t', '\r', '\n']);
    if source.is_empty() {
        return Some(Update::default());
    }
    if !source.starts_with('{') {
        return None;
    }
    let answer = js_literal::parse(source, 0).value;
    let mut state = State::default();
    state.read(answer.get("eval_first").text().unwrap_or_default());
    let data = answer.get("update_data");
    let mut update = Update {
        seen: state.seen,
        more: state.more,
        total: data.get("totalcommentcnt").number().and_then(|total| u32::try_from(total).ok()),
        facts: facts(data),
        ..Update::default()
    };
    for (key, value) in answer.get("html").pairs() {
        update.take(key, value.text().unwrap_or_default(), discussion);
    }
    Some(update)
}

/// The facts of an answer; their numbers are in a list of their own, in the same order.
fn facts(data: &Literal) -> Vec<(u64, Fact)> {
    let cids = data.get("new_cids_order").items().iter().map(Literal::number);
    let known = cids.zip(data.get("new_cids_data").items());
    known.filter_map(|(cid, value)| Some((u64::try_from(cid?).ok()?, state::fact(value)))).collect()
}

impl Update {
    /// Takes one fragment of the page; those that are not of a comment are passed over.
    fn take(&mut self, key: &str, html: &str, discussion: Option<u64>) {
        let Some((cid, page)) = frame(key, html) else { return };
        let shown = tree::fragment(&page).comments.into_iter().find(|&(found, _)| found == cid);
        let shown = shown.map(|(_, shown)| shown).unwrap_or_default();
        let foreign = discussion.is_some() && shown.discussion.is_some() && shown.discussion != discussion;
        if foreign || shown == Shown::default() {
            self.rejected += 1;
        } else {
            let text = shown.body.as_ref().map(|body| body.text().into_owned());
            self.shown.push((cid, shown.with_text(text)));
        }
    }
}

/// The comment that a fragment is of, and the fragment behind the tags that it stands in on a page.
///
/// They stay open: where the fragment is cut, its body must not find an end in them.
/// `comment_sub_CID` holds only links to reply and share, so it is none.
fn frame(key: &str, html: &str) -> Option<(u64, String)> {
    let key = key.strip_prefix("comment_")?;
    let (kind, number) = key.rsplit_once('_').unwrap_or(("", key));
    let cid = number.parse().ok().filter(|&cid: &u64| cid > 0)?;
    let inner = match kind {
        "" => html.to_owned(),
        "otherdetails" => format!("<span class=\"otherdetails\" id=\"comment_otherdetails_{cid}\">{html}"),
        _ => return None,
    };
    Some((cid, format!("<div id=\"comment_{cid}\" class=\"cw\">{inner}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_fragments_and_facts() {
        let update = read(
            r#"{ eval_first: "D2.d2_seen('5,1'); alert(1); D2.updateMoreNum(12);",
              html: { comment_5: "<h4><a id=\"comment_link_5\" href=\"//s/comments.pl?sid=9&amp;cid=5\">Hi</a></h4>
              <div id=\"comment_body_5\">One\u0021<\/div>", "comment_otherdetails_6": "on Monday March 04, 2013 @09:37AM",
              comment_7: "<a id=comment_link_7 href=\"//s/comments.pl?sid=8&amp;cid=7\">Foreign</a>",
              comment_8: "no comment", comment_sub_5: "<a href=#>Reply</a>", other_9: "x", comment_x: "y" },
              html_append_substr: { comment_body_5: "tail" },
              update_data: { totalcommentcnt: "14", new_cids_order: [5, 6], new_cids_data: [{pid: 0, points: 2},
              {pid: 5, uid: 666, points: 0}] } }"#,
            Some(9),
        )
        .expect("an answer");
        assert_eq!((update.seen.as_deref(), update.more, update.total), (Some("5,1"), Some(12), Some(14)));
        let shown: Vec<_> = update.shown.iter().map(|(cid, shown)| (*cid, shown.subject.as_str())).collect();
        assert_eq!(shown, [(5, "Hi"), (6, "")]);
        assert!(update.shown[1].1.stamp.is_some());
        assert_eq!(update.shown[0].1.body.as_ref().map(|body| body.text().plain.clone()).as_deref(), Some("One!"));
        assert_eq!(update.facts[1], (6, Fact { parent: Some(5), uid: Some(666), points: Some(0), subject: None }));
        assert_eq!(update.rejected, 2);
    }

    #[test]
    fn tells_answers_from_pages() {
        assert!(read("", None).is_some_and(|update| update.shown.is_empty()));
        assert!(read(" <!DOCTYPE html><p>Just a moment", None).is_none());
        assert!(
            read("{ html: { comment_5: \"<div id='comment_body_5'>cut", None)
                .is_some_and(|update| update.shown[0].1.cut)
        );
    }
}
