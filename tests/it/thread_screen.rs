//! The foot and the edges of a thread's screen, through the program's own loop: what they say, and what a click on them does.

use std::path::PathBuf;
use std::{env, fs};

use lurker::app::{Event, Options};
use lurker::ui::Styles;
use serde_json::{Value, json};

use crate::support::screen::{Driver, demo, flat, options, read_as};

/// A thread in lurker's own form, in a file of the test's own.
fn thread_file(name: &str, comments: &[Value]) -> PathBuf {
    let thread = json!({
        "format": "lurker-thread-1", "site": "slashdot", "id": "1", "url": "https://example.org/1",
        "title": "On lamps", "comments": comments,
    });
    let path = env::temp_dir().join(format!("lurker-thread-screen-{name}-{}.json", std::process::id()));
    fs::write(&path, thread.to_string()).expect("a file that can be written");
    path
}

/// Reads such a thread on a screen of this size.
async fn read_thread<T>(
    comments: &[Value],
    name: &str,
    size: (u16, u16),
    script: impl AsyncFnOnce(&mut Driver) -> T,
) -> T {
    let path = thread_file(name, comments);
    let target = path.display().to_string();
    let outcome = read_as(&target, (options(), Styles::new(true, false)), size, async |driver| {
        driver.wait_for("On lamps").await;
        driver.wait_gone("loading").await;
        script(driver).await
    })
    .await;
    fs::remove_file(path).expect("the file was there");
    outcome
}

/// The last line of a screen.
fn foot(screen: &str) -> &str {
    screen.lines().last().unwrap_or_default().trim()
}

fn long_text() -> String {
    let paragraph = |number| format!("Paragraph {number} of a text that is taller than any screen.");
    (0..60).map(paragraph).collect::<Vec<_>>().join("\n\n")
}

#[tokio::test]
async fn the_foot_says_who_speaks_while_the_header_is_above_the_screen() {
    let comments = [
        json!({"id": "1", "author": "wick", "score": 5, "label": "Informative", "subject": "Oil", "text": long_text()}),
        json!({"id": "2", "parent": "1", "author": "tallow", "op": true, "subject": "Re:Oil", "score": 4, "text": "Short."}),
    ];
    for (size, says) in [((80, 24), "wick  5 Informative  Oil"), ((40, 12), "wick  5 Informative  Oil")] {
        read_thread(&comments, "speaker", size, async |driver| {
            let at_header = driver.key("t").wait_for("▌▾ Oil").await;
            assert!(foot(&at_header).starts_with("On lamps"), "{at_header}");
            // The first line that is read on takes the header away, and nothing of the text moves for it.
            let text =
                |screen: &str| screen.lines().take(usize::from(size.1) - 2).map(str::to_owned).collect::<Vec<_>>();
            let begun = driver.key("ctrl-e").wait_gone("5 Informative wick").await;
            assert!(foot(&begun).starts_with(says), "{begun}");
            assert_eq!(text(&begun)[..5], text(&at_header)[1..6], "{begun}");
            // Messages stay before it; the thresholds too, on their own line.
            let said = driver.key("f12").wait_for("F12 does nothing here").await;
            assert!(said.contains(" full") && (size.0 < 80 || !said.contains("wick  5")), "{said}");
            driver.key("f").wait_for("filter:").await;
            let filtered = driver
                .send(Event::Paste("Paragraph".to_owned()))
                .key("enter")
                .wait("the filter", |screen| screen.contains("1 full") || screen.contains("1 in full"))
                .await;
            assert!(
                size.0 < 80 || foot(&filtered).starts_with("wick  5 Informative  filter: Paragraph  (1 of 2)"),
                "{filtered}"
            );
            driver.key("esc").wait("no filter", |screen| foot(screen).starts_with(says)).await;
            // A click on it leads to the header.
            driver.send(Event::Click(3, usize::from(size.1) - 1)).wait_for("5 Informative wick").await;
            let reply = |screen: &str| screen.contains("tallow OP") && foot(screen).starts_with("On lamps");
            driver.key("l").wait("the reply", reply).await;
        })
        .await;
    }
}

#[tokio::test]
async fn cut_code_moves_by_its_signs_and_by_the_wheel() {
    let line: String = (0..20).map(|number| format!("word{number:02} ")).collect::<Vec<_>>().concat();
    let text = format!("Words before it.\n\n    {line}end\n    short\n\nWords behind it that stay where they are.");
    let comments = [json!({"id": "1", "author": "wick", "score": 5, "text": text})];
    for size in [(80, 24), (40, 12)] {
        read_thread(&comments, "code", size, async |driver| {
            let before = driver.key("t").wait_for("▌▾").await;
            let find = |screen: &str, sign: char| {
                let at = screen.lines().zip(0..).find_map(|(line, y)| Some((line.chars().position(|c| c == sign)?, y)));
                at.unwrap_or_else(|| unreachable!("{sign} is not on\n{screen}"))
            };
            let (x, y) = find(&before, '›');
            // Other columns and lines move nothing.
            driver.send(Event::WheelAcross(1, (x, y - 2))).send(Event::Click(x - 6, y)).send(Event::Click(x, y));
            let moved = driver.wait_for("‹").await;
            assert!(!moved.contains("word00") && moved.contains("Words behind it"), "{moved}");
            for _ in 0..20 {
                driver.send(Event::Click(x, y));
            }
            let end = driver.wait("the end", |screen| screen.contains("end") && !screen.contains('›')).await;
            let (left, line) = find(&end, '‹');
            for _ in 0..20 {
                driver.send(Event::Click(left, line));
            }
            driver.wait("the start", |screen| screen.contains("word00")).await;
            driver.send(Event::WheelAcross(1, (x - 9, y))).wait_for("‹").await;
            driver.send(Event::WheelAcross(99, (x - 9, y))).wait_gone("›").await;
            driver
                .send(Event::WheelAcross(-99, (x - 9, y)))
                .wait("the screen as it was", |screen| screen == before)
                .await;
        })
        .await;
    }
}

#[tokio::test]
async fn code_moves_where_it_is_cut_on_the_screen_and_no_further_than_its_end() {
    let line = (0..20).map(|number| format!("word{number:02} ")).collect::<Vec<_>>().concat();
    let code = format!("Words.\n\n    {line}end\n    shorter by half: {}\n    short", "x".repeat(70));
    let comments = [
        json!({"id": "1", "author": "wick", "score": 5, "text": "Words.\n\n".repeat(30)}),
        json!({"id": "2", "author": "tallow", "score": 5, "text": code}),
    ];
    for size in [(80, 24), (40, 12)] {
        read_thread(&comments, "cut", size, async |driver| {
            driver.wait_for("wick").await;
            let without = driver.key("t").wait_for("▌▾").await;
            let text = |screen: &str| -> Vec<String> {
                screen.lines().take(usize::from(size.1) - 4).map(str::to_owned).collect()
            };
            for key in [">", "<", "shift-right"] {
                let said = driver.key(key).wait_for("no code here is cut").await;
                assert_eq!(text(&said), text(&without), "{said}");
                driver.key("f12").wait_gone("no code here is cut").await;
            }
            let start = driver.key("G").key("k").wait("the code", |screen| screen.contains("word00")).await;
            let said = driver.key("<").wait_for("this is the start of the code").await;
            assert_eq!(text(&said), text(&start), "{said}");
            for _ in 0..40 {
                driver.key(">");
            }
            let end = driver.wait_for("this is the end of the code").await;
            let longest = end.lines().find(|line| line.contains("word19 end")).expect("the end of the line");
            // As far as the right edge, and no further.
            assert_eq!(longest.chars().count(), usize::from(size.0), "{end}");
            assert!(!end.contains('›') && end.contains('‹'), "{end}");
            // What has room is whole on a wider screen, and this one is again as it was.
            let wide = driver.resize(240, 30).wait_for("word00").await;
            assert!(wide.contains("word19 end") && !wide.contains(['‹', '›']), "{wide}");
            driver.key(">").wait_for("no code here is cut").await;
            driver.resize(size.0, size.1).wait("the end again", |screen| text(screen) == text(&end)).await;
            for _ in 0..40 {
                driver.key("<");
            }
            let again = driver.wait_for("this is the start of the code").await;
            assert_eq!(text(&again), text(&start), "{again}");
        })
        .await;
    }
}

#[tokio::test]
async fn a_screen_that_shrinks_line_by_line_ends_as_one_that_shrinks_at_once() {
    let body =
        |number| (0..number % 5 + 2).map(|line| format!("Line {line} of {number}.")).collect::<Vec<_>>().join("\n\n");
    let comment = |number: u32| json!({"id": number.to_string(), "author": "wick", "score": 5, "text": body(number)});
    let comments: Vec<Value> = (0..9).map(comment).collect();
    let read_shrunk = async |sizes: &[u16], steps: usize| {
        read_thread(&comments, &format!("shrink{}-{steps}", sizes.len()), (60, 24), async |driver| {
            driver.wait_for("Line 0 of 0").await;
            for _ in 0..steps {
                let before = driver.screen();
                driver.key("j").wait("the next one", |screen| screen != before).await;
            }
            for &lines in sizes {
                driver
                    .resize(60, lines)
                    .wait("that many lines", |screen| screen.split('\n').count() == usize::from(lines))
                    .await;
            }
            driver.screen()
        })
        .await
    };
    let one_by_one: Vec<u16> = (8..24).rev().collect();
    for (steps, shows) in [(1, true), (2, true), (3, true), (5, false), (6, true)] {
        let at_once = read_shrunk(&[8], steps).await;
        assert_eq!(read_shrunk(&one_by_one, steps).await, at_once, "after {steps} steps");
        // Where its header has a line of the smaller screen, it stays there.
        assert_eq!(at_once.contains("▌│ Line 0 of"), shows, "{at_once}");
    }
}

#[tokio::test]
async fn the_line_that_is_read_stays_through_any_sizes_and_a_change_between_them() {
    let words = (0..1200).map(|number| format!("word{number:04} ")).collect::<Vec<_>>().concat();
    let comments = [
        json!({"id": "1", "author": "wick", "score": 5, "text": words}),
        json!({"id": "2", "parent": "1", "author": "tallow", "score": 1, "text": "Short."}),
    ];
    for (first, sizes) in [((40, 12), [(70, 12), (41, 30), (100, 12)]), ((80, 24), [(40, 12), (200, 60), (61, 24)])] {
        read_thread(&comments, "sizes", first, async |driver| {
            driver.key("t").wait_for("▌▾").await;
            for _ in 0..5 {
                let before = driver.screen();
                driver.key("ctrl-f").wait("a page on", |screen| screen != before).await;
            }
            // A line further, so that what is read is no start of a page.
            let page = driver.screen();
            let before = driver.key("ctrl-e").wait("a line on", |screen| screen != page).await;
            let text = |screen: &str| -> Vec<String> {
                screen.lines().take(usize::from(first.1) - 2).map(str::to_owned).collect()
            };
            let word_at = before.find("word").expect("words");
            let word = before.get(word_at..word_at + 8).expect("a whole word");
            for _ in 0..2 {
                for (columns, lines) in sizes {
                    let is_sized = |screen: &str| {
                        screen.lines().next().is_some_and(|line| line.contains(word))
                            && screen.split('\n').count() == usize::from(lines)
                    };
                    driver.resize(columns, lines).wait("the word in the first line", is_sized).await;
                }
                // What scores less goes.
                driver.key(".").wait_for("hidden").await;
                driver
                    .resize(first.0, first.1)
                    .wait("the screen as it was", |screen| text(screen) == text(&before))
                    .await;
            }
        })
        .await;
    }
}

#[tokio::test]
async fn a_message_of_two_lines_leaves_the_threshold_bar() {
    demo((40, 12), async |driver| {
        let before = driver.keys("t t").wait_for("18/110").await;
        let lines = |screen: &str| screen.lines().map(str::to_owned).collect::<Vec<_>>();
        let said = driver.key("f12").wait_for("F12 does nothing here; ? shows the keys").await;
        assert_eq!(lines(&said)[..8], lines(&before)[..8], "{said}");
        assert_eq!(lines(&said)[10..], lines(&before)[10..], "{said}");
        // A click on it takes it away, and nothing else.
        driver.send(Event::Click(5, 8)).wait("the screen as it was", |screen| screen == before).await;
    })
    .await;
}

#[tokio::test]
async fn the_signs_of_the_bar_stand_apart_from_its_scores_in_ascii() {
    let styles = || Styles::new(true, true);
    for size in [(120, 40), (80, 24), (40, 12)] {
        read_as("demo", (Options { ascii: true, ..options() }, styles()), size, async |driver| {
            driver.wait_gone("loading").await;
            let screen = driver.key("t").wait_for("/110").await;
            let bar = screen.lines().nth(usize::from(size.1) - 2).unwrap_or_default();
            let (scale, _) = bar.split_once("28 ").expect("the count of those in full");
            assert!(scale.chars().filter(char::is_ascii_digit).count() > 1, "{screen}");
            // Behind a score is a blank, whatever sign stands there; before it a mark at most.
            let mut followed = scale.chars().zip(scale.chars().skip(1)).filter(|(score, _)| score.is_ascii_digit());
            assert!(followed.all(|(_, sign)| sign == ' '), "{screen}");
        })
        .await;
    }
}

/// The keys for the thresholds at the foot of a screen: each with its column and line, where it is there.
fn threshold_keys(screen: &str) -> [Option<(usize, usize)>; 4] {
    let top = screen.lines().count() - 3;
    ["  . ", "  , ", "  [ ", "  ] "].map(|name| {
        let mut lines = (0..).zip(screen.lines()).skip(top);
        lines.find_map(|(y, line)| Some((line.split_once(name)?.0.chars().count() + 2, y)))
    })
}

#[tokio::test]
async fn the_keys_for_the_thresholds_stay_where_they_are_whatever_the_bar_says() {
    let words = |screen: &str| {
        let foot: Vec<_> = screen.lines().skip(screen.lines().count() - 3).map(str::to_owned).collect();
        flat(&foot.join(" "))
    };
    for (size, says) in [
        ((40, 12), &[][..]),
        ((80, 24), &["[ full ] brief . fewer , more"]),
        ((120, 40), &[". shows fewer , more", "[ more in full ] fewer"]),
    ] {
        let shown = (Options { hints: true, ..options() }, Styles::new(true, false));
        read_as("demo", shown, size, async |driver| {
            driver.wait_gone("loading").await;
            // On the story, on a comment in full, on one of one line.
            for key in ["g", "t", "l"] {
                let first = driver.keys(&format!("= {key}")).wait_for("/110").await;
                let places = threshold_keys(&first);
                assert_eq!(places.iter().flatten().count(), if says.is_empty() { 0 } else { 4 }, "{first}");
                for (x, y) in places.into_iter().flatten() {
                    let mut before = driver.screen();
                    for _ in 0..3 {
                        driver.send(Event::Click(x, y));
                        before = driver.wait("other numbers", |screen| words(screen) != words(&before)).await;
                        assert_eq!(threshold_keys(&before), places, "{before}");
                        assert!(says.iter().all(|says| words(&before).contains(says)), "{before}");
                    }
                }
            }
        })
        .await;
    }
}

#[tokio::test]
async fn find_is_hinted_at_whatever_is_hidden_or_searched_for() {
    for (size, on_story, on_comment) in [
        ((80, 24), "q quit ↓ next Space read on / find [", "q quit Space read on / find Enter"),
        ((120, 40), "q quit ↓ next Space read on / find F1 all keys", "q quit ↓ next Space read on / find Enter"),
    ] {
        let shown = (Options { hints: true, ..options() }, Styles::new(true, false));
        read_as("demo", shown, size, async |driver| {
            driver.wait_gone("loading").await;
            driver.key("g").wait_for(on_story).await;
            driver.key("t").wait_for(&format!("{on_comment} fold")).await;
            driver.key("l").wait_for(&format!("{on_comment} open")).await;
            driver.keys(". .").wait_for("54 hidden").await;
            driver.key("g").wait_for(on_story).await;
            driver.keys("/ c a t enter").wait_for("n next N previous Esc end search q quit").await;
        })
        .await;
    }
}
