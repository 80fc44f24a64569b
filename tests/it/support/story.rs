//! A story of Slashdot's shape, of any number of comments: its page, and the rounds of `ajax.pl` behind it.

use std::collections::BTreeSet;
use std::fmt::Write;

/// The number of the first comment; the next ones follow by two.
pub(crate) const FIRST: u64 = 66_500_000;
const DISCUSSION: u64 = 24_200_000;
/// Where the story is on its server.
pub(crate) const PATH: &str = "/story/26/10/06/1512247/a-lamp-for-every-window";
pub(crate) const TITLE: &str = "A Lamp for Every Window";

/// A story with so many comments.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Story {
    pub(crate) comments: u64,
    /// Comments that the page lists, the first of all.
    pub(crate) listed: u64,
    /// Comments that the page gives whole.
    pub(crate) whole: u64,
    /// Comments that `ajax.pl` gives at once.
    pub(crate) round: usize,
}

impl Story {
    /// The page.
    pub(crate) fn page(&self) -> String {
        let numbers: Vec<u64> = (0..self.listed).collect();
        let facts: Vec<String> = numbers.iter().map(|&at| format!("{}: {}", cid(at), fact(at))).collect();
        let seen = packed(numbers.iter().map(|&at| cid(at)));
        let (count, rest) = (self.comments, self.comments - self.listed);
        let mut page = format!(
            "<!DOCTYPE html><html><head><title>{TITLE} - Slashdot</title>\
             <link rel=\"canonical\" href=\"https://tech.slashdot.org{PATH}\"></head><body>\
             <article id=\"firehose-1\" data-fhid=\"1\" data-fhtype=\"story\" class=\"fhitem fhitem-story\"><header>\
             <h1 class=\"story\"><span id=\"title-1\" class=\"story-title\"><a href=\"//tech.slashdot.org{PATH}\">{TITLE}</a>\
             </span></h1><div class=\"details\" id=\"details-1\"><span class=\"story-byline\">Posted by \
             <a href=\"//slashdot.org/~wick\">wick</a> <time id=\"fhtime-1\" datetime=\"on Tuesday October 06, 2026 \
             @11:40AM\">on Tuesday October 06, 2026 @11:40AM</time></span></div></header>\
             <div class=\"body\"><div id=\"text-1\" class=\"p\">A town puts a lamp in every window.</div></div></article>\
             <span class=\"totalcommentcnt\">{count}</span><script>\nD2.comments({{ {facts} }});\n\
             D2.discussion_id({DISCUSSION});\nD2.user_threshold(1);\nD2.user_highlightthresh(4);\n\
             D2.d2_seen('{seen}');\nD2.more_comments_num({rest});\n</script><ul id=\"commentlisting\" class=\"d2\">",
            facts = facts.join(", "),
        );
        for at in numbers {
            let (number, whole) = (cid(at), at < self.whole);
            let inner = if whole { fragment(at) } else { String::new() };
            let class = if whole { "full contain" } else { "hidden" };
            let _ = write!(
                page,
                "<li id=\"tree_{number}\" class=\"comment {class}\"><div id=\"comment_{number}\" class=\"cw\">{inner}\
                 </div></li>"
            );
        }
        page + "</ul></body></html>"
    }

    /// The answer to a request to `ajax.pl`, whose `d2_seen` says what is held already.
    pub(crate) fn answer(&self, form: &str) -> String {
        let seen = url::form_urlencoded::parse(form.as_bytes()).find(|(name, _)| name == "d2_seen");
        let mut seen = unpacked(&seen.map(|(_, value)| value.into_owned()).unwrap_or_default());
        let unseen: Vec<u64> = (0..self.comments).filter(|&at| !seen.contains(&cid(at))).collect();
        let round = &unseen[..unseen.len().min(self.round)];
        seen.extend(round.iter().map(|&at| cid(at)));
        let html = round.iter().map(|&at| format!("comment_{}: {}", cid(at), quoted(&fragment(at))));
        let order: Vec<String> = round.iter().map(|&at| cid(at).to_string()).collect();
        let data: Vec<String> = round.iter().map(|&at| fact(at)).collect();
        format!(
            "{{ eval_first: \"D2.d2_seen('{}'); D2.updateMoreNum({});\", html: {{ {} }}, update_data: {{ \
             totalcommentcnt: {}, new_cids_order: [{}], new_cids_data: [{}] }} }}",
            packed(seen),
            unseen.len() - round.len(),
            html.collect::<Vec<_>>().join(", "),
            self.comments,
            order.join(", "),
            data.join(", ")
        )
    }
}

pub(crate) fn cid(at: u64) -> u64 {
    FIRST + 2 * at
}

/// Every fifth comment is at the top level; the others answer the one before.
fn parent(at: u64) -> u64 {
    if at.is_multiple_of(5) { 0 } else { cid(at - 1) }
}

/// −1 to 5; what the page gives whole has 5 at the top.
fn score(at: u64) -> i64 {
    5 - i64::try_from(at % 7).unwrap_or_default()
}

fn fact(at: u64) -> String {
    format!("{{ uid: {}, pid: {}, points: {}, kids: [] }}", 1000 + at, parent(at), score(at))
}

/// The inside of `#comment_CID`.
fn fragment(at: u64) -> String {
    let (number, score) = (cid(at), score(at));
    format!(
        "<div id=\"comment_top_{number}\" class=\"commentTop\"><div class=\"title\"><h4><a id=\"comment_link_{number}\" \
         href=\"//tech.slashdot.org/comments.pl?sid={DISCUSSION}&amp;cid={number}\">Lamp {at}</a> \
         <span id=\"comment_score_{number}\" class=\"score\"> (Score:{score}, Interesting)</span></h4></div>\
         <div class=\"details\"><span class=\"by\"><span class=\"byby\">by </span>\
         <a href=\"//slashdot.org/~reader{at}\">reader{at}</a> <span class=\"uid\">( {} )</span></span>\
         <span class=\"otherdetails\" id=\"comment_otherdetails_{number}\">on Tuesday October 06, 2026 @{:02}:{:02}PM \
         (#{number})</span></div></div><div class=\"commentBody\"><div id=\"comment_body_{number}\">Body of lamp {at}, \
         which burns all night.</div></div>",
        1000 + at,
        1 + at / 60 % 11,
        at % 60
    )
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn packed(cids: impl IntoIterator<Item = u64>) -> String {
    let mut last = 0;
    let steps = cids.into_iter().map(|cid| (cid - std::mem::replace(&mut last, cid)).to_string());
    steps.collect::<Vec<_>>().join(",")
}

fn unpacked(seen: &str) -> BTreeSet<u64> {
    let steps = seen.split(',').filter_map(|step| step.parse::<u64>().ok());
    steps.scan(0, |cid, step| Some(std::mem::replace(cid, *cid + step) + step)).collect()
}
