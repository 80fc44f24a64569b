//! Attributes of elements in saved pages: what stands in them is as clean as text.

use crate::support::fixtures;
use crate::support::texts::is_forbidden;
use lurker::print::{self, TextOptions};
use lurker::site::{Content, saved};
use lurker::view::Selection;

/// Every attribute of every page, with an escape and an override of direction in it, one kind of attribute at a time.
#[test]
fn control_characters_in_attributes_reach_no_print() {
    let mut read = 0;
    for (name, bytes) in fixtures::all() {
        let Ok(page) = String::from_utf8(bytes) else { continue };
        if !page.contains('<') {
            continue;
        }
        for sign in ["=\"", "='"] {
            let page = page.replace(sign, &format!("{sign}\u{202e}")).replace("\" ", "\u{1b}[31m\" ");
            let mut out = Vec::new();
            let options = TextOptions { width: 80, colour: false, ascii: false, now: 1_791_474_000 };
            match saved::read(page.as_bytes(), None) {
                Ok(Content::Thread(thread)) => print::text(&thread, &Selection::default(), options, &mut out),
                Ok(Content::List(list)) => print::stories_text(&list, options, &mut out),
                Err(_) => continue,
            }
            .expect("a vector takes all");
            let out = String::from_utf8(out).expect("UTF-8");
            assert!(!out.contains(is_forbidden), "{name}: {out:?}");
            read += 1;
        }
    }
    assert!(read > 20, "{read}");
}
