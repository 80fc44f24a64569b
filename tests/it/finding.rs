//! Searching and filtering on whole screens of the built-in discussion, through the program's own loop.

use crate::support::screen;
use crate::undo::{press, reader_with, thread};
use lurker::app::{App, Effect, Event, Key, Options};
use lurker::model::Comment;
use lurker::shell::fetch::Service;
use lurker::shell::{shipped_keys, vi_keys};
use lurker::site::Sites;
use lurker::view::{Modifiers, Query, Row};
use screen::{Driver, demo, demo_with_keys, drive_with, flat, options, settings};
use tokio::sync::mpsc::unbounded_channel;

const SIZES: [(u16, u16); 2] = [(80, 24), (120, 40)];

async fn demo_with<T>(options: Options, script: impl AsyncFnOnce(&mut Driver) -> T) -> T {
    let (sender, loaded) = unbounded_channel();
    let mut service = Service::new(settings(), Sites::default(), sender);
    drive_with(options, "demo", &mut service, loaded, (100, 40), async |driver| {
        driver.wait_for("Library Brings Back").await;
        driver.wait_gone("loading").await;
        script(driver).await
    })
    .await
}

fn type_in(driver: &mut Driver, text: &str) {
    for letter in text.chars() {
        let name = if letter == ' ' { "space".to_owned() } else { letter.to_string() };
        driver.key(&name);
    }
}

/// The comments of the demo in which a terminal is spoken of: while a search goes on, fewer are found.
const TERMINALS: usize = 23;

/// The matches that the status line tells of: `3/17 “word”`, and `match 3/17` while that is typed.
fn matches(screen: &str) -> Option<(usize, usize)> {
    let status = flat(screen.trim_end().lines().last()?);
    let named = status.rsplit_once(" “").and_then(|(before, _)| before.rsplit(' ').next());
    let (own, all) = named.or_else(|| status.split_once("match ")?.1.split(' ').next())?.split_once('/')?;
    Some((own.parse().ok()?, all.parse().ok()?))
}

#[tokio::test]
async fn a_search_is_counted_while_it_is_typed_and_goes_round() {
    for size in SIZES {
        demo(size, async |driver| {
            driver.key("/").wait_for("find:").await;
            type_in(driver, "terminal");
            driver.key("enter");
            let all_found = |screen: &str| matches(screen).is_some_and(|(_, all)| all > 3) && !screen.contains("find:");
            let screen = driver.wait("the first match", all_found).await;
            let Some((1, all)) = matches(&screen) else { unreachable!("{screen}") };
            assert!(all > 3 && driver.here().contains('▌'), "{screen}");
            for place in (2..=all).chain([1]) {
                driver
                    .key("n")
                    .wait("the next", |screen| matches(screen) == Some((place, all)) || screen.contains("from the top"))
                    .await;
            }
            driver.key("j");
            driver
                .keys("k N")
                .wait("the last", |screen| matches(screen) == Some((all, all)) || screen.contains("from the end"))
                .await;
            driver.key("esc").wait("no search", |screen| matches(screen).is_none()).await;
            // What was searched for last is searched for again.
            driver.key("n").wait("a match", |screen| matches(screen).is_some_and(|(_, found)| found == all)).await;
        })
        .await;
    }
}

#[tokio::test]
async fn a_search_that_is_given_up_leaves_place_and_folds_as_they_were() {
    demo((100, 40), async |driver| {
        let before = driver.keys("t t").wait_for("18/110").await;
        driver.key("/");
        type_in(driver, "stopwatch");
        driver.wait("a match in the story", |screen| matches(screen).is_some_and(|(place, _)| place == 1)).await;
        driver.key("esc").wait("the screen as it was", |screen| screen == before).await;
        // What is kept is one change, however many letters were typed.
        driver.key("/");
        type_in(driver, "latency");
        driver.wait("a match", |screen| matches(screen).is_some()).await;
        driver.key("enter").wait_gone("find:").await;
        driver
            .keys("esc z")
            .wait("the screen as it was", |screen| screen == before || screen.contains("to undo"))
            .await;
    })
    .await;
}

#[tokio::test]
async fn a_search_opens_the_way_to_hidden_and_folded_matches() {
    demo((100, 40), async |driver| {
        driver.key("C").wait("all folded", |screen| screen.matches('▸').count() > 10).await;
        driver.key("/");
        type_in(driver, "zzz nothing");
        driver.wait_for("0 found").await;
        driver.key("enter").wait_for("found in no comment").await;
        driver.key("/");
        type_in(driver, "burst");
        driver.key("enter").wait("a match", |screen| matches(screen).is_some() || screen.contains("found in no")).await;
    })
    .await;
}

#[tokio::test]
async fn a_filter_shows_matches_with_what_they_answer_and_esc_restores() {
    for size in SIZES {
        demo(size, async |driver| {
            driver.keys("t t").wait("a place", |screen| !screen.contains("story/110")).await;
            let before = driver.screen();
            driver.key("f").wait_for("filter:").await;
            type_in(driver, "score:>=5");
            driver.key("enter").wait_for("filter: score:>=5 (14 of 110)").await;
            driver.wait("the count", |screen| screen.contains("14 full") || screen.contains("14 in full")).await;
            driver.key(".").wait_for("the filter decides what shows").await;
            let after = driver.key("esc").wait_gone("filter").await;
            assert_eq!(after.lines().take(10).collect::<Vec<_>>(), before.lines().take(10).collect::<Vec<_>>());
        })
        .await;
    }
}

#[tokio::test]
async fn a_filter_leads_to_its_first_match_while_it_is_typed_and_its_count_is_whole() {
    for (size, says) in [((80, 24), "filter: by:shelfmark (7 of 110)"), ((40, 12), "7 of 110: by:shelfmark")] {
        demo(size, async |driver| {
            let before = driver.keys("t t").wait_for("18/110").await;
            driver.key("f").wait_for("filter:").await;
            type_in(driver, "by:shelfmark");
            driver.wait("the first one below", |screen| screen.contains("7 of 110") && screen.contains("▾")).await;
            assert!(driver.here().contains("shelfmark"), "{}", driver.screen());
            driver.key("esc").wait("the screen as it was", |screen| screen == before).await;
            // What is kept is one change, and leads back until the reader moves.
            driver.key("f");
            type_in(driver, "by:shelfmark");
            driver.key("enter").wait_for(says).await;
            assert!(driver.here().contains("shelfmark"), "{}", driver.screen());
            driver.key("esc").wait("the screen as it was", |screen| screen == before).await;
            driver.keys("f up enter").wait_for(says).await;
            driver.key("z").wait("the screen as it was", |screen| screen == before).await;
            driver.keys("f up enter").wait_for(says).await;
            driver.key("G").wait_for("end/110").await;
            driver.key("esc").wait_gone("by:shelfmark").await;
            assert!(!driver.screen().contains("18/110"), "{}", driver.screen());
            // From the end it goes round, and a click keeps what was typed.
            driver.keys("G f");
            type_in(driver, "by:shelfmark");
            driver.wait("the first of all", |screen| screen.contains("7 of 110") && screen.contains("▾")).await;
            driver.send(Event::Click(5, 3)).wait_for(says).await;
        })
        .await;
    }
}

#[tokio::test]
async fn a_wrong_query_says_where_and_can_be_mended() {
    demo((120, 40), async |driver| {
        driver.key("f");
        type_in(driver, "cats scor:3");
        let screen = driver.key("enter").wait_for("there is no scor: here").await;
        let lines: Vec<&str> = screen.lines().rev().take(3).collect();
        let column = |line: &str, part: &str| line.split(part).next().map(|before| before.chars().count());
        let prompt = lines.iter().find(|line| line.contains("filter: cats scor:3")).expect(&screen);
        let mark = lines.iter().find(|line| line.contains('▼')).expect(&screen);
        assert_eq!(column(prompt, "scor:3"), column(mark, "▼"), "{screen}");
        // The cursor stands on what is wrong.
        driver.keys("delete delete delete delete");
        type_in(driver, "score");
        driver.key("enter").wait_for("no comment meets this").await;
        driver.key("f").wait_for("filter: cats score:3").await;
        // A word alone may have been meant for a term.
        driver.keys("ctrl-u u n r e d d enter").wait_for("no comment has “unredd”; ? lists the terms").await;
    })
    .await;
}

#[tokio::test]
async fn label_tabs_are_a_key_each() {
    demo((100, 40), async |driver| {
        driver.key("f9").wait_for("filter: label:Funny").await;
        driver.key("f6").wait_for("filter: label:Insightful").await;
        driver.key("f5").wait_gone("filter:").await;
    })
    .await;
}

#[tokio::test]
async fn modifiers_show_and_are_told_of() {
    let mut modifiers = Modifiers::new(lurker::site::labels());
    modifiers.add("funny", -2, "config.toml, line 7").expect("a modifier");
    let options = Options { modifiers, ..options() };
    demo_with(options, async |driver| {
        driver.key("f9").wait_for("filter: label:Funny").await;
        driver.wait("a changed score", |screen| screen.contains('→')).await;
        let line = driver.screen().lines().find(|line| line.contains('→')).unwrap_or_default().to_owned();
        let (before, after) = line.split_once('→').expect("it is there");
        let number = |text: Option<char>| text.and_then(|digit| digit.to_digit(10));
        let (own, changed) = (number(before.chars().next_back()), number(after.chars().next()));
        assert!(own > changed, "{line}");
        while !driver.here().contains('→') {
            let before = driver.screen();
            driver.key("j").wait("a move", |screen| screen != before).await;
        }
        driver.key("w").wait_for("funny -2 (config.toml, line 7)").await;
        driver.wait_for("so it counts").await;
    })
    .await;
}

#[tokio::test]
async fn a_hiding_modifier_hides_and_is_told_of() {
    let mut modifiers = Modifiers::new(lurker::site::labels());
    modifiers.hide("by:inkwell OR is:op", "config.toml, line 9").expect("a modifier");
    modifiers.add("score:>=0", 6, "config.toml, line 10").expect("a modifier");
    let options = Options { modifiers, ..options() };
    demo_with(options, async |driver| {
        let before = driver.screen();
        assert!(!before.lines().any(|line| line.contains('▾') && line.contains("inkwell")), "{before}");
        // Under a filter it shows, for a filter decides alone.
        driver.key("f");
        type_in(driver, "by:inkwell");
        driver.key("enter").wait_for("filter: by:inkwell").await;
        driver.keys("g t").wait("a comment of theirs", |screen| screen.contains("inkwell")).await;
        driver.key("esc").wait_gone("filter:").await;
        driver.key("E").wait("everything opened", |screen| *screen != before).await;
        // Where a reply to it shows, a hidden comment keeps its row.
        let is_theirs = |comment: &Comment<'_>| comment.author() == Some("inkwell");
        let thread = driver.thread();
        let answered = thread.iter().filter_map(Comment::parent).find(is_theirs).expect("an answer to them");
        driver.key(":").send(Event::Paste((answered.index() + 1).to_string())).key("enter");
        let is_there = |screen: &str| screen.lines().any(|line| line.starts_with('▌') && line.contains("inkwell"));
        driver.wait("their comment", is_there).await;
        driver.key("w").wait_for("by:inkwell OR is:op hides it (config.toml, line 9)").await;
        driver.wait_for("by modifier hidden").await;
    })
    .await;
}

#[tokio::test]
async fn a_remark_on_the_config_stands_there_until_a_key() {
    let remark = Some("config.toml, line 2: funny is now written \"label:funny\"".to_owned());
    demo_with(Options { remark, ..options() }, async |driver| {
        driver.wait_for("funny is now written \"label:funny\"").await;
        driver.key("j").wait_gone("is now written").await;
        driver.key("r").wait_for("loaded again").await;
    })
    .await;
}

#[tokio::test]
async fn a_filter_of_the_command_line_is_in_force_from_the_start() {
    let filter = Query::parse("by:inkwell OR is:op").ok();
    demo_with(Options { filter, ..options() }, async |driver| {
        driver.wait_for("filter: by:inkwell OR is:op").await;
        driver.key("esc").wait_gone("filter:").await;
    })
    .await;
}

#[tokio::test]
async fn what_was_typed_last_comes_back() {
    demo((100, 40), async |driver| {
        driver.key("/");
        type_in(driver, "terminal");
        driver.key("enter").wait("a match", |screen| matches(screen).is_some() && !screen.contains("find:")).await;
        driver.key("esc").wait("no search", |screen| matches(screen).is_none()).await;
        // An empty line searches for the same again; Up gives it back to be changed.
        driver.keys("g / enter").wait("the same match", |screen| matches(screen).is_some_and(|(_, all)| all > 3)).await;
        driver.keys("/ up").wait_for("find: terminal").await;
        driver.keys("esc f up").wait("another question", |screen| !screen.contains("filter: t")).await;
    })
    .await;
}

#[tokio::test]
async fn what_is_no_expression_is_given_back_with_the_mistake_in_search_and_in_filters() {
    demo((80, 24), async |driver| {
        // What to try first is no longer said once something was.
        let before = driver.keys("j k").wait_gone("Try first").await;
        for (key, label) in [("/", "find"), ("f", "filter")] {
            driver.key(key).wait_for(&format!("{label}:")).await;
            type_in(driver, "re:/(/");
            driver.key("enter").wait_for(&format!("▼ unclosed group {label}: re:/(/")).await;
            driver.key("esc").wait("the page as it was", |screen| screen == before).await;
        }
        driver.key("/").wait_for("find:").await;
        type_in(driver, "re:/(/");
        driver.key("enter").wait_for("▼ unclosed group find: re:/(/").await;
        driver.keys("end ctrl-u");
        type_in(driver, "re:/burst (pipe)/");
        driver.key("enter").wait("the match", |screen| matches(screen) == Some((1, 1))).await;
        // Nothing typed ends it, as before.
        driver.keys("esc / enter").wait_gone("find:").await;
    })
    .await;
}

#[tokio::test]
async fn a_number_alone_names_a_comment_or_story_of_the_page_and_no_other() {
    demo((80, 24), async |driver| {
        driver.keys(": 3 0 enter").wait_for("30/110").await;
        driver.keys(": 5 0 0 enter").wait_for("there is no number 500: only 110 comments are here").await;
        driver.key("f12").wait_for("30/110").await;
    })
    .await;
}

#[tokio::test]
async fn a_search_taken_up_again_names_its_words_and_goes_the_way_that_is_asked() {
    demo((80, 24), async |driver| {
        driver.key("/").wait_for("find:").await;
        type_in(driver, "terminal");
        let screen =
            driver.key("enter").wait("the first match", |screen| matches(screen) == Some((1, TERMINALS))).await;
        let (_, all) = matches(&screen).expect("the first match");
        driver.key("esc").wait("no search", |screen| matches(screen).is_none()).await;
        driver.key("n").wait_for("again: “terminal”").await;
        driver.wait("a match", |screen| matches(screen).is_some_and(|(_, found)| found == all)).await;
        driver.key("esc").wait("no search", |screen| matches(screen).is_none()).await;
        driver.key("g").wait_for("story/110").await;
        driver.key("N").wait_for("again: “terminal”").await;
        driver.wait("the last match", |screen| matches(screen) == Some((all, all))).await;
    })
    .await;
}

#[tokio::test]
async fn under_a_filter_only_what_it_keeps_is_found_and_the_rest_is_counted() {
    demo((100, 40), async |driver| {
        let all_found = |screen: &str| matches(screen).is_some_and(|(_, all)| all > 3) && !screen.contains("find:");
        driver.key("/").wait_for("find:").await;
        type_in(driver, "terminal");
        let (_, all) = matches(&driver.key("enter").wait("the matches", all_found).await).expect("matches");
        driver.key("esc").wait("no search", |screen| matches(screen).is_none()).await;
        driver.key("f").wait_for("filter:").await;
        type_in(driver, "score:>=3");
        driver.key("enter").wait_gone("Enter goes").await;
        driver.key("/").wait_for("find:").await;
        type_in(driver, "terminal");
        let screen = driver.key("enter").wait_for("more behind the filter").await;
        let (_, kept) = matches(&screen).expect("matches");
        let words = flat(&screen);
        let (before, _) = words.split_once(" more behind the filter").expect("a message");
        let behind: usize = before.rsplit(' ').next().expect("words").parse().expect("a number");
        assert!(behind > 0 && kept > 1 && kept + behind == all, "{kept} and {behind} of {all}");
        for _ in 1..kept {
            let next = driver.key("n").wait("the next one", |screen| !screen.contains("more behind")).await;
            assert!(!next.contains("▌▹") && !driver.here().contains("hidden"), "{next}");
        }
        driver.key("esc").wait("all of them", |screen| matches(screen).is_some_and(|(_, found)| found == all)).await;
    })
    .await;
}

#[tokio::test]
async fn a_click_keeps_what_was_found_while_it_was_typed() {
    demo((80, 24), async |driver| {
        driver.key("/").wait_for("find:").await;
        type_in(driver, "terminal");
        driver.wait("a match", |screen| matches(screen).is_some_and(|(_, all)| all > 3)).await;
        driver.send(Event::Click(30, 5)).wait_gone("find:").await;
        driver.wait("the matches", |screen| matches(screen).is_some_and(|(_, all)| all > 3)).await;
        driver.keys("esc n").wait_for("again: “terminal”").await;
    })
    .await;
}

#[tokio::test]
async fn n_goes_to_what_is_found_further_down_in_a_comment_taller_than_the_screen() {
    let last = "960 characters a second and nothing to say.";
    demo((80, 24), async |driver| {
        driver.keys("/ c h a r a c t e r s enter").wait_for("1/6 “characters”").await;
        let first = driver.wait_for("you get 960 characters").await;
        assert!(!first.contains(last), "{first}");
        let further = driver.key("n").wait_for(last).await;
        assert!(further.contains("1/6 “characters”"), "{further}");
        let next = driver.key("n").wait_for("2/6 “characters”").await;
        assert!(!next.contains(last), "{next}");
        driver.key("N").wait_for("1/6 “characters”").await;
        driver.key("n").wait_for(last).await;
        let back = driver.key("N").wait_for("you get 960 characters").await;
        assert!(back.contains("1/6 “characters”"), "{back}");
    })
    .await;
}

#[tokio::test]
async fn n_in_a_comment_taller_than_the_screen_says_nothing_of_an_only_match_and_counts_are_counted_through() {
    demo_with_keys(vi_keys().expect("the shipped keys are right"), (80, 23), async |driver| {
        driver.key("/").wait_for("find:").await;
        type_in(driver, "terminal");
        driver.key("enter");
        let is_found =
            |screen: &str| matches(screen).is_some_and(|(own, all)| own == 1 && all > 20) && !screen.contains("find:");
        let screen = driver.wait("the first match of all", is_found).await;
        let all = matches(&screen).expect("it shows").1;
        // Every press leads on, to another place of the same comment or to the next one.
        let (mut own, mut presses) = (1, 0);
        while own < all {
            let before = driver.screen();
            let after = driver.key("n").wait("a step", |screen| *screen != before).await;
            assert!(!after.contains("only match"), "{after}");
            let next = matches(&after).expect("it shows").0;
            assert!(next == own || next == own + 1, "{own}: {after}");
            (own, presses) = (next, presses + 1);
        }
        assert!(presses > all - 1, "some comment is taller than the screen and has two");
        for place in [3, 6, 9, 12, 15] {
            driver.keys("3 n");
            driver.wait("three further", |screen| matches(screen) == Some((place, all))).await;
        }
        driver.keys("3 N").wait("three back", |screen| matches(screen) == Some((12, all))).await;
        // All that is one jump.
        driver
            .keys("g 5 n")
            .wait("five from the story, which is the first", |screen| matches(screen) == Some((6, all)))
            .await;
        driver.key("'").wait_for("story/110").await;
    })
    .await;
}

#[test]
fn a_match_that_is_not_found_yet_is_gone_to_once_it_is() {
    for (steps, row) in [("n", 2), ("n n", 5), ("N", 7)] {
        let mut app = reader_with(shipped_keys().expect("they are right"), (80, 24), thread(&[0; 9], &[3; 9]));
        let mut effects = Vec::new();
        for name in "/ w o r d s enter".split(' ') {
            effects.extend(app.update(Event::Key(Key::parse(name).expect("a key's name")), 0));
        }
        let number = effects.iter().rev().find_map(|effect| match effect {
            Effect::Search { number, .. } => Some(*number),
            _ => None,
        });
        let number = number.expect("a search");
        app.update(Event::Found { number, matches: vec![0], is_all: false }, 0);
        let place = |app: &App| app.page().thread().expect("a thread").place().row;
        assert_eq!(place(&app), Row::Comment(0));
        press(&mut app, steps.split(' ').next().expect("one"));
        assert!(app.message().is_none() && place(&app) == Row::Comment(0), "{:?}", app.message());
        app.update(Event::Found { number, matches: vec![2, 5, 7], is_all: true }, 0);
        if steps.len() > 1 {
            press(&mut app, "n");
        }
        assert_eq!(place(&app), Row::Comment(row), "{steps}");
    }
}

#[tokio::test]
async fn n_after_esc_goes_on_to_the_next_match() {
    demo((120, 40), async |driver| {
        driver.key("/").wait_for("find:").await;
        type_in(driver, "terminal");
        driver.key("enter");
        let screen = driver.wait("a match", |screen| matches(screen).is_some() && !screen.contains("find:")).await;
        assert!(screen.contains("1/"), "{screen}");
        // What is not found yet is gone to once it is.
        let is_second = |screen: &str| matches(screen).is_some_and(|(own, all)| own == 2 && all == TERMINALS);
        let all = matches(&driver.key("n").wait("the second", is_second).await).expect("it shows").1;
        driver.key("esc").wait("no search", |screen| matches(screen).is_none()).await;
        driver.key("n").wait("the third", |screen| matches(screen) == Some((3, all))).await;
        driver.key("esc").wait("no search", |screen| matches(screen).is_none()).await;
        driver.key("N").wait("the second again", |screen| matches(screen) == Some((2, all))).await;
    })
    .await;
}

#[tokio::test]
async fn the_place_stays_beside_what_is_searched_for_on_a_narrow_screen() {
    demo((40, 24), async |driver| {
        driver.key("/").wait_for("find:").await;
        type_in(driver, "terminal");
        driver.key("enter");
        let all_found = |screen: &str| matches(screen) == Some((1, TERMINALS)) && !screen.contains("find:");
        let screen = driver.wait("all matches", all_found).await;
        let status = screen.trim_end().lines().last().expect("a line").to_owned();
        assert!(status.contains("/110") && status.contains("1/") && status.trim_end().ends_with('?'), "{status}");
    })
    .await;
}
