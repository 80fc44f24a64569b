//! Bounds by what goes in: outputs and frames of inputs that were made to cost most, and of numbers out of range.
//!
//! No time is asserted. Work that grows with the square of an input of a mebibyte does not end while anybody waits.

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use lurker::app::{App, Event, Key, Options};
use lurker::model::{Listing, Thread};
use lurker::print::{self, TextOptions};
use lurker::shell::{shipped_keys, theme};
use lurker::site::{Content, saved};
use lurker::ui::{self, Depth, Styles};
use lurker::view::{Selection, Thresholds};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use regex::Regex;

use crate::binary::{Scratch, lurker as printing, outcome};
use crate::support::adversarial::KINDS;
use crate::support::fixtures;
use crate::support::random::seeds;

const NOW: i64 = 1_791_474_000;
const OPTIONS: TextOptions = TextOptions { width: 80, colour: false, ascii: false, now: NOW };

/// The bytes of each print of a thread.
fn prints(thread: &Thread, selection: &Selection) -> [usize; 3] {
    let mut out = [Vec::new(), Vec::new(), Vec::new()];
    let [text, markdown, json] = &mut out;
    print::text(thread, selection, OPTIONS, text).expect("a vector takes all");
    print::markdown(thread, selection, markdown).expect("a vector takes all");
    print::json(thread, selection, json).expect("a vector takes all");
    out.map(|out| out.len())
}

fn list_prints(list: &Listing) -> [usize; 3] {
    let mut out = [Vec::new(), Vec::new(), Vec::new()];
    let [text, markdown, json] = &mut out;
    print::stories_text(list, OPTIONS, text).expect("a vector takes all");
    print::stories_markdown(list, NOW, markdown).expect("a vector takes all");
    print::stories_json(list, json).expect("a vector takes all");
    out.map(|out| out.len())
}

/// Shows a thread, and draws a frame after each of these keys.
fn show(thread: Thread, keys: &[&str]) {
    let styles = Styles::themed(theme::shipped("dark").expect("it is shipped"), Depth::True, false);
    let keys_of = shipped_keys().expect("the shipped keys");
    let mut app = App::new("file".to_owned(), keys_of, Options::default(), (100, 30), NOW);
    app.start();
    let (loaded, stated) = (thread.len(), thread.story().stated_comments);
    app.update(Event::Arrived { request: 1, thread: Arc::new(thread), loaded, stated }, NOW);
    app.update(Event::Complete(1), NOW);
    let area = Rect::new(0, 0, 100, 30);
    for key in ["g"].iter().chain(keys) {
        app.update(Event::Key(Key::parse(key).expect("a key")), NOW);
        ui::draw(&app, &styles, area, &mut Buffer::empty(area));
    }
}

#[test]
fn no_print_is_twenty_times_its_input() {
    let all = Thresholds::new(None, None).into();
    for (name, make) in KINDS {
        let bytes = make(100_000);
        let Ok(Content::Thread(thread)) = saved::read(&bytes, None) else { unreachable!("{name} is a thread") };
        let sizes = prints(&thread, &all);
        assert!(sizes.iter().all(|size| *size <= 20 * bytes.len()), "{name}: {} bytes in, {sizes:?} out", bytes.len());
        show(*thread, &["E", "G", "g", "w", "esc"]);
    }
}

/// Each of many short lines in quotes and lists, under a long line of replies.
#[test]
fn depth_times_lines_is_bounded() {
    let chain: Vec<String> =
        (0..40).map(|id: u32| format!(r#"{{"id":"{id}","parent":"{}","text":"x"}}"#, id.wrapping_sub(1))).collect();
    for text in [
        "> > > > > > > > a\\n".repeat(20_000),
        "    \\n".repeat(40_000),
        "a\\n\\n".repeat(40_000),
        "> a\\n>\\n".repeat(40_000),
    ] {
        let text = format!("    b\\n{text}    c");
        let file = format!(
            r#"{{"format":"lurker-thread-1","comments":[{},{{"id":"40","parent":"39","text":"{text}"}}]}}"#,
            chain.join(",")
        );
        let Ok(Content::Thread(thread)) = saved::read(file.as_bytes(), None) else { unreachable!("it is a thread") };
        let sizes = prints(&thread, &Selection::default());
        assert!(sizes.iter().all(|size| *size <= 20 * file.len()), "{} bytes in, {sizes:?} out", file.len());
    }
}

static NUMBERS: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"-?[0-9]+(\.[0-9]+)?").expect("a pattern"));
static KEYS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#""([A-Za-z_]+)": ?("?)-?[0-9][0-9.]*"#).expect("a pattern"));

const EXTREMES: [&str; 9] = [
    "2147483648",
    "-2147483649",
    "9223372036854775807",
    "-9223372036854775808",
    "99999999999999999999999",
    "1e300",
    "4294967295",
    "0",
    "-1",
];

/// Reads, prints and shows what was made of a fixture.
fn bear(bytes: &[u8], told: &str) {
    let most = 20 * bytes.len() + (1 << 20);
    let sizes = match saved::read(bytes, None) {
        Ok(Content::Thread(thread)) => {
            let sizes = prints(&thread, &Selection::default());
            show(*thread, &[".", "]", ",", "%", "w", "esc", "G"]);
            sizes
        }
        Ok(Content::List(list)) => list_prints(&list),
        Err(error) => [error.to_string().len(); 3],
    };
    assert!(sizes.iter().all(|size| *size <= most), "{told}: {sizes:?}");
}

#[test]
fn a_number_under_any_key_decides_no_size() {
    let mut turn = 0;
    for (name, bytes) in fixtures::all() {
        let Ok(text) = String::from_utf8(bytes) else { continue };
        let keys: BTreeSet<&str> = KEYS.captures_iter(&text).filter_map(|found| Some(found.get(1)?.as_str())).collect();
        for key in keys {
            turn += 1;
            let extreme = EXTREMES[turn % EXTREMES.len()];
            let pattern = Regex::new(&format!(r#""{key}": ?("?)-?[0-9][0-9.]*"#)).expect("a pattern");
            let changed = pattern.replace_all(&text, format!("\"{key}\": ${{1}}{extreme}"));
            bear(changed.as_bytes(), &format!("{name}: {key} {extreme}"));
        }
    }
    assert!(turn > 300, "only {turn} keys with numbers");
}

#[test]
fn a_number_anywhere_decides_no_size() {
    let files = fixtures::all();
    seeds(250, |rng| {
        let (name, bytes) = rng.pick(&files);
        let Ok(text) = std::str::from_utf8(bytes) else { return };
        let mut places: Vec<_> = NUMBERS.find_iter(text).map(|found| found.range()).collect();
        if places.is_empty() {
            return;
        }
        let mut changed = text.to_owned();
        let mut chosen: Vec<usize> = (0..4).map(|_| rng.below(places.len())).collect();
        chosen.sort_unstable();
        chosen.dedup();
        for at in chosen.into_iter().rev() {
            let extreme = *rng.pick(&EXTREMES);
            changed.replace_range(places.swap_remove(at), extreme);
        }
        bear(changed.as_bytes(), name);
    });
}

/// The numbers of lurker's own form, one by one.
#[test]
fn a_number_of_the_own_form_decides_no_size() {
    for extreme in EXTREMES {
        for facts in [
            format!(r#""score_range":[{extreme},5]"#),
            format!(r#""score_range":[-1,{extreme}]"#),
            format!(r#""score_range":[{extreme},{extreme}]"#),
            format!(r#""site_thresholds":[{extreme},{extreme}],"site":"slashdot""#),
            format!(r#""score":{extreme},"stated_comments":{extreme},"loaded_comments":{extreme}"#),
            format!(r#""min_score":{extreme},"full_score":{extreme}"#),
        ] {
            let comments = format!(
                r#"[{{"id":{extreme},"parent":{extreme},"depth":{extreme},"score":{extreme},"author_id":{extreme},"text":"x",
                "marks":[["strong",{extreme},{extreme}],["link",0,1,{extreme}]],"links":["http://a"]}},{{"id":"b","score":1}}]"#
            );
            bear(format!(r#"{{"format":"lurker-thread-1",{facts},"comments":{comments}}}"#).as_bytes(), &facts);
        }
    }
}

/// Numbers on the command line and in the config: each is read or refused, and decides no size.
#[test]
fn a_number_of_the_reader_is_read_or_refused() {
    let run = |words: &[&str]| {
        let (code, out, said) = outcome(&mut printing(words));
        assert!(matches!(code, Some(0 | 2)) && out.len() < 4 << 20, "{words:?}: {code:?} {said}");
        assert!(!said.contains("panicked"), "{words:?}: {said}");
    };
    for extreme in EXTREMES {
        for query in ["score:>=N", "score:N..N", "longer:N", "score:<N OR longer:N"] {
            run(&["demo", "-f", "text", "-q", &query.replace('N', extreme)]);
        }
        for option in ["-s=N", "-s=N%", "-F=Nm", "--width=N"] {
            run(&["demo", "-f", "text", &option.replace('N', extreme)]);
        }
        let config = format!(
            "text_width = {extreme}\nwords_per_minute = {extreme}\n[network]\ntimeout_seconds = {extreme}\n\
             max_body_mebibytes = {extreme}\n[sites.slashdot]\nmin_score = {extreme}\nfull_score = {extreme}\n\
             [modifiers]\n\"score:>={extreme}\" = {extreme}\n"
        );
        let file = Scratch::new(&format!("numbers-{extreme}.toml"), config.as_bytes());
        run(&["demo", "-f", "text", "--config", file.name()]);
    }
}
