//! Whole screens of the built-in discussion, through the program's own loop: what a reader sees and does.

use crate::support::screen;
use lurker::app::Event;
use screen::{Driver, demo, flat, read};

const USUAL: (u16, u16) = (80, 24);
/// The characters of a name that show on every screen of 40 columns or more.
const LEAST_NAME: usize = 7;

/// The screen line that a text stands on.
fn line_of(screen: &str, text: &str) -> Option<usize> {
    screen.lines().position(|line| line.contains(text))
}

/// Presses keys and waits until all of them are done: a key without a command says so, and is the last. It is another one
/// than the last time, so that what that one said is not taken for this one's.
async fn press(driver: &mut Driver, keys: &str) -> String {
    let last = if driver.screen().contains("F12 does") { "f11" } else { "f12" };
    let says = format!("{} does nothing here", last.to_uppercase());
    driver.keys(keys).key(last).wait_for(&says).await
}

#[tokio::test]
async fn the_first_screen_has_the_story_the_bar_and_the_way_to_help() {
    for size in [(80, 24), (120, 40), (40, 12)] {
        let screen = demo(size, async |driver| driver.screen()).await;
        assert!(
            screen.lines().next().is_some_and(|line| line.trim_start().starts_with("▌  Library Brings Back")),
            "{screen}"
        );
        // What the site is called goes before the number of comments does.
        let source = if size.0 < 80 { "" } else { "slashdot · " };
        assert!(flat(&screen).contains(&format!("{source}by inkwell · 1d · 110 comments")), "{screen}");
        assert!(screen.lines().last().is_some_and(|line| line.ends_with("? help")), "{screen}");
        assert!(screen.lines().count() == usize::from(size.1), "{screen}");
    }
}

#[tokio::test]
async fn thresholds_move_by_key_and_the_line_stays() {
    demo(USUAL, async |driver| {
        assert!(press(driver, "t t").await.contains("63 brief · 19 hidden below 1"));
        let before = driver.here();
        let y = line_of(&driver.screen(), &before);
        driver.key(".").wait_for("below 2").await;
        assert!(!press(driver, ", , ,").await.contains(" hidden"));
        assert_eq!(line_of(&driver.screen(), &before), y, "{}", driver.screen());
        driver.key(",").wait_for("no further").await;
        driver.keys("] ] ]").wait_for("6 in full").await;
        driver.keys("[ [ [ [ [ [ [ [ [ [ [ [").wait_for("no further: everything is in full").await;
    })
    .await;
}

#[tokio::test]
async fn the_full_threshold_comes_back_from_where_it_was_pushed() {
    demo(USUAL, async |driver| {
        driver.keys(". . . . .").wait_for("hidden below 6").await;
        driver.keys(", , , , ,").wait_for("hidden below 1").await;
        driver.keys("s 6 enter").wait_for("hidden below 6").await;
        driver.keys("s 2 enter").wait_for("hidden below 2").await;
        // What the reader sets by hand is what it comes back to.
        driver.keys("] . . . .").wait_for("hidden below 6").await;
        driver.keys(", , , ,").wait_for("hidden below 2").await;
        driver.key("[").wait_for("28 full").await;
    })
    .await;
}

#[tokio::test]
async fn a_minimum_score_can_be_typed() {
    demo(USUAL, async |driver| {
        driver.key("s").wait_for("hide below (3, 20%, 10m):").await;
        driver.keys("4 enter").wait_for("below 4").await;
        driver.keys("s x enter").wait_for("is no score (3), share (20%) or time (10m)").await;
        driver.keys("esc s 2 0 % enter").wait_for("25 full · 16 min · 85 hidden").await;
        driver.keys("s 5 m enter").wait_for("· 5 min ·").await;
        driver.keys("s - 1 enter").wait_gone(" hidden").await;
        driver.keys("s 9 esc").wait_gone("hide below (3, 20%, 10m):").await;
        assert!(!driver.screen().contains(" hidden"));
    })
    .await;
}

#[tokio::test]
async fn hidden_comments_are_counted_where_they_stand_and_enter_shows_them() {
    demo((80, 40), async |driver| {
        assert!(press(driver, "G k").await.contains("▌⋯ 6 hidden"));
        driver.key("enter").wait_for("▌⋯ 6 shown above; T goes up to them").await;
        assert!(driver.here().is_empty() || !driver.here().contains('▹'), "{}", driver.here());
        assert!(!press(driver, "G k").await.contains("6 hidden"));
        assert!(press(driver, "= G k").await.contains("▌⋯ 6 hidden"));
    })
    .await;
}

#[tokio::test]
async fn folding_shows_how_many_are_inside() {
    demo(USUAL, async |driver| {
        driver.key("t").wait_for("▌▾ Two seconds").await;
        driver.key("h").wait_for("▌▸ Two seconds").await;
        assert!(driver.here().contains("[+14]"), "{}", driver.here());
        driver.key("l").wait_for("▌▾ Two seconds").await;
        press(driver, "x").await;
        assert!(driver.screen().contains(" ▸ Two seconds") && !driver.here().contains("Two seconds"));
        driver.key("C").wait("everything folded", |screen| screen.matches('▸').count() > 15).await;
        driver.key("=").wait_gone("▸").await;
    })
    .await;
}

#[tokio::test]
async fn help_is_made_from_the_keys_and_scrolls_to_its_ends() {
    demo((40, 12), async |driver| {
        driver.key("?").wait_for("Keys").await;
        driver.wait_for("j ↓").await;
        driver.key("G").wait_for("by the author of the").await;
        let end = driver.screen();
        driver.keys("j j j k").wait("one line up from the end", |screen| screen != end).await;
        driver.key("esc").wait_gone("Keys (").await;
    })
    .await;
}

#[tokio::test]
async fn help_begins_with_the_ten_keys_that_carry_one_through() {
    demo((80, 24), async |driver| {
        let help = driver.key("?").wait_for("To begin with").await;
        let lines: Vec<&str> = help.lines().map(|line| line.trim_matches(['│', ' '])).collect();
        let first = lines.iter().position(|line| *line == "To begin with").expect("the heading");
        assert_eq!(first, 1, "{help}");
        for (line, (keys, does)) in lines[first + 1..].iter().zip([
            ("j ↓", "next comment"),
            ("k ↑", "previous comment"),
            ("Space", "read on, a screen at a time"),
            ("Enter", "open or fold the comment"),
            ("t", "next top-level comment"),
            (".", "show fewer comments, those with the better scores"),
            (",", "show more again"),
            ("/", "find words"),
            ("z", "take back what changed last"),
            ("q", "back, or quit"),
        ]) {
            assert!(line.starts_with(keys) && line.ends_with(does), "{line}");
        }
        // They do not come twice where something is searched for.
        let found = driver.keys("/ n e x t space c o m m e n t").wait_for("Keys: /next comment").await;
        assert!(!found.contains("To begin with") && found.contains("a comment taller"), "{found}");
    })
    .await;
}

#[tokio::test]
async fn the_ways_out_of_a_comment() {
    demo((120, 40), async |driver| {
        driver.keys("t o").wait_for("opened https://tech.slashdot.org/comments.pl").await;
        driver.key("y").wait_for("copied the address").await;
        driver.key("Y").wait_for("copied the text").await;
        assert!(driver.copied()[0].contains("cid=66481220") && driver.copied()[1].starts_with("Everybody says"));
        driver.keys("g L").wait_for("Links").await;
        driver.key("1").wait_for("opened https://gazette").await;
        assert_eq!(driver.browsed().len(), 2);
        driver.keys("O").wait_for("opened https://tech.slashdot.org/story/26/10/06/1512247").await;
        // On the story, what it is about.
        driver.keys("o").wait_for("opened https://gazette").await;
    })
    .await;
}

#[tokio::test]
async fn a_deep_comment_says_what_it_answers_and_why_it_shows() {
    demo((100, 30), async |driver| {
        press(driver, "E t t l l l l").await;
        driver.key("i").wait_for("What this answers").await;
        driver.key("esc").wait_gone("What this answers").await;
        driver.key("w").wait_for("you opened it").await;
        driver.wait_for("so by score").await;
        driver.key("esc").wait_gone("so by score").await;
    })
    .await;
}

#[tokio::test]
async fn where_no_comment_is_it_says_what_shows_of_the_thread() {
    demo((100, 30), async |driver| {
        driver.key("w").wait_for("Why it shows so").await;
        driver.wait_for("comments 28 in full, 63 on one line, 19 hidden").await;
        driver.wait_for("in full from 4, at the top level one less").await;
        driver.keys("esc i").wait_for("nothing above this; i on a comment shows what that answers").await;
        driver.keys("f i s : o p enter").wait_for("filter: is:op").await;
        driver.keys("G w").wait_for("filter is:op (instead of the thresholds)").await;
        driver.wait_for("this row always shows").await;
    })
    .await;
}

#[tokio::test]
async fn what_names_nothing_is_said_in_a_message_and_the_page_stays() {
    demo((120, 30), async |driver| {
        driver.key("t").wait_for("▌▾ Two seconds").await;
        let before = driver.screen();
        driver.keys(": n o n s e enter").wait_for("nonse: neither a command nor a site nor a thread nor a file").await;
        driver.key("j");
        driver.key("k").wait("the page as it was", |screen| screen == before).await;
        driver.keys(": n e a r / p a g e . h t m l enter").wait_for("near/page.html: no such file").await;
        driver.key("q");
    })
    .await;
}

#[tokio::test]
async fn jumps_lead_back_and_forth() {
    demo(USUAL, async |driver| {
        press(driver, "t t t").await;
        let there = driver.here();
        driver.key("g").wait_for("▌ Library").await;
        driver.key("ctrl-o").wait("back", |screen| screen.contains(&there)).await;
        driver.key("tab").wait_for("▌ Library").await;
    })
    .await;
}

#[tokio::test]
async fn the_mouse_scrolls_selects_folds_and_sets_the_threshold() {
    demo((100, 30), async |driver| {
        driver.key("t").wait_for("▌▾ Two seconds").await;
        let y = line_of(&driver.screen(), "▾ Two seconds").expect("it is on the screen");
        driver.send(Event::Click(1, y)).wait_for("▌▸ Two seconds").await;
        driver.send(Event::Click(1, y)).wait_for("▌▾ Two seconds").await;
        let before = driver.screen();
        driver.send(Event::Wheel(1, 0)).wait("a scrolled screen", |screen| screen != before).await;
        driver.send(Event::Wheel(-1, 0)).wait("the screen as it was", |screen| screen == before).await;
        let bar = before.lines().rev().nth(1).expect("a bar");
        let three = bar.chars().position(|c| c == '3').expect("a column for 3");
        driver.send(Event::Click(three, 28)).wait_for("below 3").await;
        // The mark of the full threshold is the nearer one, so a drag moves that.
        driver.send(Event::Drag(three - 3, 28)).wait_for("19 hidden below 1").await;
        driver.wait_for("85 full").await;
    })
    .await;
}

/// The author in a header: the last word that can be one.
fn author(header: &str) -> String {
    let is_name = |word: &&str| word.len() > 3 && word.is_ascii() && word.starts_with(char::is_alphabetic);
    header.split_whitespace().rfind(is_name).expect("a header").to_owned()
}

#[tokio::test]
async fn sizes_change_and_the_comment_stays() {
    demo((120, 40), async |driver| {
        press(driver, "t t j").await;
        let name = author(&driver.here());
        for (columns, lines) in [(40, 12), (1, 1), (200, 3), (13, 50), (120, 40)] {
            driver.resize(columns, lines);
        }
        driver.wait("the full size again", |screen| screen.lines().count() == 40 && screen.contains(&name)).await;
        assert!(driver.here().contains(&name), "{} / {name}", driver.here());
    })
    .await;
}

#[tokio::test]
async fn nothing_runs_into_anything_at_any_width() {
    demo((120, 40), async |driver| {
        press(driver, "E t t t t t").await;
        let name = author(&driver.here());
        for columns in (1..=130_u16).rev() {
            driver.resize(columns, 24);
            let screen = screen::text(&driver.wait_frame("that width", |frame| frame.area.width == columns).await);
            // On narrow screens its beginning tells the name.
            let told = if columns < 60 { name.chars().take(LEAST_NAME).collect() } else { name.clone() };
            assert!(columns < 40 || screen.contains(&told), "{columns}: {name} is gone from\n{screen}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_unknown_key_names_the_help_and_harms_nothing() {
    demo(USUAL, async |driver| {
        driver.key("f12").wait_for("F12 does nothing here; ? shows the keys").await;
        driver.key("j").wait_gone("does nothing here").await;
    })
    .await;
}

#[tokio::test]
async fn a_message_that_is_too_long_for_its_line_is_shown_whole() {
    demo((40, 12), async |driver| {
        driver.key("O").wait_for("opened https://tech.slashdot.org/story/").await;
        let said: String = driver.screen().split_whitespace().collect();
        assert!(
            said.contains("library-brings-back-its-1986-green-screen-catalog-because-patrons-like-it-better"),
            "{said}"
        );
        // The next key gives the lines back.
        driver.key("j").wait_gone("opened").await;
    })
    .await;
}

#[tokio::test]
async fn an_estimate_says_what_it_is_made_of() {
    let items = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/hackernews/items.jsonl");
    read(items, "https://slashdot.org", (110, 24), async |driver| {
        driver.wait_for("A roof garden.").await;
        let parts = "~1: activity 1 (1 reply live below), rank 1 (1st of 2 siblings)";
        driver.key("t").key("w").wait_for(parts).await;
    })
    .await;
}

#[tokio::test]
async fn left_at_the_end_stays_there_and_on_the_way_to_the_story_the_way_back_is_said() {
    screen::demo((80, 24), async |driver| {
        driver.key("G").wait_for("end/110").await;
        let screen = driver.key("left").wait_for("this is the end; ").await;
        assert!(screen.contains("end/110"), "{screen}");
        driver.keys("g t").wait_for("3/110").await;
        driver.keys("left left").wait_for("this is the story; Ctrl-o goes back to the comment").await;
        driver.key("ctrl-o").wait_for("3/110").await;
    })
    .await;
}

#[tokio::test]
async fn thresholds_say_how_many_comments_stay_as_opened_by_hand() {
    screen::demo((80, 24), async |driver| {
        driver.keys("G k enter").wait_for("6 shown above").await;
        driver.key(".").wait_for(" stay as opened; = resets them").await;
        driver.keys("= .").wait_gone("resets them").await;
        driver.keys("E .").wait_for("all stay as opened or folded; = resets them").await;
    })
    .await;
}

#[tokio::test]
async fn esc_closes_a_message_over_the_page_before_it_takes_anything_away() {
    screen::demo((40, 24), async |driver| {
        driver.keys("f u n i c o d e enter").wait_for("2 of 110: unicode").await;
        driver.key(".").wait_for("the filter decides what").await;
        driver.key("esc").wait_gone("the filter decides what").await;
        driver.wait_for("2 of 110: unicode").await;
        driver.key("esc").wait_gone("2 of 110: unicode").await;
    })
    .await;
}

#[tokio::test]
async fn a_comment_that_a_smaller_screen_has_no_line_for_shows_its_text_there() {
    screen::demo((100, 60), async |driver| {
        let screen = driver.keys("g t t t f12").wait_for("F12 does nothing").await;
        let line = line_of(&screen, "▌").expect("the comment");
        assert!(line > 12, "{screen}");
        driver.resize(100, 12);
        driver.wait("its text", |screen| screen.lines().count() == 12 && screen.matches("▌│").count() > 2).await;
    })
    .await;
}

#[tokio::test]
async fn a_turn_of_the_wheel_takes_a_message_away_as_a_key_does() {
    screen::demo((80, 24), async |driver| {
        driver.key("esc").wait_for("nothing to close or clear").await;
        driver.send(Event::Wheel(1, 0)).wait_gone("nothing to close or clear").await;
    })
    .await;
}
