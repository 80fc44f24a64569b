//! The mouse alone: from a list to a thread, to a link and back, and whatever else can be clicked, without a key.

use lurker::app::{Event, Options};
use lurker::shell::store_settings::StorePolicy;
use lurker::site::{SiteConfig, Sites};
use lurker::ui::Styles;

use crate::store::Folder;
use crate::support::screen::{Driver, NOW, demo, read_as, read_stored_from};
use crate::support::server::{Reply, Server};

const STORY: &str = "http://north.example/the-article";

/// A site with some stories of sixty comments each, every sixth of them at the top level.
fn site() -> (Server, Sites) {
    let server = Server::start(|request| Reply::ok(if request.path.starts_with("/s/") { thread() } else { list() }));
    let sites = Sites::default().with("lobsters", SiteConfig::at(&server.url()));
    (server, sites)
}

fn list() -> String {
    let names = ["First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh"];
    let story = |(number, name): (usize, &&str)| {
        format!("{{\"short_id\":\"lamps{number}\",\"title\":\"{name} story\",\"score\":5,\"submitter_user\":\"wick\"}}")
    };
    format!("[{}]", names.iter().enumerate().map(story).collect::<Vec<_>>().join(","))
}

fn thread() -> String {
    let comment = |id: u32| {
        let top = id / 6 * 6;
        let parent = if id == top { "null".to_owned() } else { format!("\"c{top}\"") };
        format!(
            "{{\"short_id\":\"c{id}\",\"parent_comment\":{parent},\"depth\":{},\"score\":{},\"commenting_user\":\"writer{id}\",\
             \"comment\":\"<p>The words of {id}.</p>\"}}",
            u32::from(id != top),
            id % 7
        )
    };
    let comments: Vec<String> = (0..60).map(comment).collect();
    format!(
        "{{\"short_id\":\"lamps1\",\"title\":\"The thread\",\"url\":\"{STORY}\",\"score\":5,\"comment_count\":60,\"comments\":[{}]}}",
        comments.join(",")
    )
}

/// The column and line at which some words begin.
fn place_of(driver: &Driver, words: &str) -> (usize, usize) {
    let screen = driver.screen();
    let found = screen.lines().zip(0..).find_map(|(line, y)| Some((line.split_once(words)?.0.chars().count(), y)));
    found.unwrap_or_else(|| unreachable!("{words} is not on\n{screen}"))
}

fn click<'a>(driver: &'a mut Driver, words: &str) -> &'a mut Driver {
    let (x, y) = place_of(driver, words);
    driver.send(Event::Click(x, y))
}

#[tokio::test]
async fn from_a_list_to_a_thread_to_a_link_and_back() {
    let (folder, (_server, sites)) = (Folder::new("mouse-tour"), site());
    read_stored_from("lobsters", sites, (folder.path(), NOW, StorePolicy::Usual), async |driver| {
        driver.wait_for("Second story").await;
        click(driver, "Second story").wait_for("2/7").await;
        click(driver, "Second story").wait_for("The words of 0").await;
        click(driver, STORY);
        driver.wait_for("opened http://north.example").await;
        // A first click selects, a second one on the header folds, and a third one opens it again.
        click(driver, "writer6 ");
        driver.wait("the comment selected", |screen| !screen.contains("story/60")).await;
        click(driver, "writer6 ").wait_for("writer6 [+5]").await;
        click(driver, "writer6 ").wait_gone("[+5]").await;
        click(driver, "? help").wait_for("Keys").await;
        click(driver, "Esc closes").wait_gone("Keys").await;
        let (_, status) = place_of(driver, "? help");
        driver.send(Event::Click(1, status)).wait_for("Second story").await;
        assert!(!driver.screen().contains("The words of"), "{}", driver.screen());
    })
    .await;
}

#[tokio::test]
async fn a_wide_screen_has_the_list_beside_the_thread() {
    let (folder, (_server, sites)) = (Folder::new("mouse-wide"), site());
    read_stored_from("lobsters", sites, (folder.path(), NOW, StorePolicy::Usual), async |driver| {
        driver.wait_for("Second story").await;
        driver.resize(180, 40);
        driver.wait("the wide screen", |screen| screen.lines().count() == 40).await;
        driver.key("enter").wait_for("The words of 0").await;
        assert!(driver.screen().contains("Second story"), "{}", driver.screen());
        click(driver, "Second story")
            .wait("the other story", |screen| {
                let chosen = screen.lines().find(|line| line.starts_with('▌'));
                chosen.is_some_and(|line| line.contains("Second story"))
            })
            .await;
        let screen = driver.wait_for("The words of 0").await;
        let beside = |line: &str| line.split('│').next().unwrap_or_default().trim_end().to_owned();
        let lines: Vec<String> = screen.lines().map(beside).collect();
        for title in ["First story", "Second story"] {
            let at = lines.iter().position(|line| line.contains(title)).expect("a title");
            let facts = lines.get(at + 1).is_some_and(|line| line.contains("5 points"));
            assert!(facts && lines.get(at + 2).is_some_and(String::is_empty), "{screen}");
        }
        // Below the list nothing is chosen, and the words of the bar are no scores.
        driver.resize(180, 17).wait("fewer lines", |screen| screen.lines().count() == 17).await;
        driver.key("f2").wait_for("hide hints").await;
        let ((words, bar), before) = (place_of(driver, "60 in full"), driver.screen());
        driver.send(Event::Click(0, bar + 1)).send(Event::Click(words + 4, bar));
        let after = driver.key("f12").wait_for("F12 does").await;
        let upper = |screen: &str| screen.lines().take(bar + 1).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(upper(&after), upper(&before));
        driver.key("\\").wait_gone("First story").await;
        driver.key("\\").wait_for("First story").await;
        // Where the list cannot stand beside the thread, the key says so and changes nothing.
        driver.resize(80, 24).wait("a narrow screen", |screen| screen.lines().count() == 24).await;
        driver.key("\\").wait_for("of at least 160 columns").await;
        driver.resize(180, 17).wait_for("First story").await;
        driver.key("q").wait_gone("The words of 0").await;
    })
    .await;
}

#[tokio::test]
async fn hints_the_map_the_bar_and_lines_of_help_take_clicks() {
    demo((120, 40), async |driver| {
        let (x, _) = place_of(driver, "◀");
        driver.send(Event::Click(x, 30)).wait_gone("story/110").await;
        let bottom = driver.screen();
        driver.send(Event::Click(x, 2)).wait("near the top", |screen| *screen != bottom).await;
        driver.send(Event::Drag(x, 30)).wait("the bottom again", |screen| *screen == bottom).await;
        driver.send(Event::Drag(0, 2)).wait("near the top", |screen| *screen != bottom).await;
        click(driver, "shows fewer").wait_for("hidden below 2").await;
        click(driver, "hidden below 2").wait_for("hidden below 1").await;
        click(driver, "? help").wait_for("Keys").await;
        click(driver, "half a screen down").wait_gone("Keys (").await;
        click(driver, "? help").wait_for("Keys").await;
        driver.keys("/ s p o i l e r").wait_for("Keys: /spoiler").await;
        assert!(!driver.screen().contains("half a screen"), "{}", driver.screen());
        driver.key("esc").wait_for("half a screen down").await;
        driver.key("esc").wait_gone("Keys (").await;
    })
    .await;
}

#[tokio::test]
async fn a_click_on_a_count_of_hidden_comments_does_what_enter_does() {
    demo((100, 40), async |driver| {
        let says = "▌⋯ 6 shown above; T goes up to them";
        let by_key = driver.keys("G k enter").wait_for(says).await;
        driver.key("z").wait_for("⋯ 6 hidden").await;
        driver.keys("G");
        click(driver, "⋯ 6 hidden");
        assert_eq!(driver.wait_for(says).await, by_key);
        // The end stays selected, with the count on its line, and the key that is named leads to what is shown now.
        let line = |screen: &str| screen.lines().position(|line| line.contains("⋯ 6 "));
        driver.key("f12").wait_for("end/110").await;
        driver.key("T").wait_gone("end/110").await;
        driver.key("z").wait_for("⋯ 6 hidden").await;
        let before = driver.key("G").wait_for("▌⋯ 6 hidden").await;
        click(driver, "⋯ 6 hidden");
        let shown = driver.wait_for(says).await;
        assert_eq!(line(&shown), line(&before), "{shown}");
        // A click on those words leads to the first of them, and its key does too; a change of what shows takes them away.
        click(driver, "⋯ 6 shown above").wait_gone("end/110").await;
        let first = driver.here();
        driver.key("ctrl-o").wait_for(says).await;
        driver.key("enter").wait_gone("end/110").await;
        assert_eq!(driver.here(), first);
        driver.keys("ctrl-o =").wait_for("⋯ 6 hidden").await;
        driver.key("E").wait_gone(" hidden").await;
        assert!(!driver.key("G").wait_for("this is the end").await.contains("shown above"));
        driver.keys("= g t k");
        let marker = driver.wait("a count below a comment", |screen| screen.contains(" hidden")).await;
        assert!(!marker.contains(" shown that were hidden"));
    })
    .await;
}

#[tokio::test]
async fn to_show_what_a_count_stands_for_is_one_jump_from_where_the_reader_was() {
    demo((100, 60), async |driver| {
        let marker = |screen: &str| screen.lines().position(|line| line.contains("⋯ ") && line.contains(" hidden"));
        driver.keys("t t").wait_for("18/110").await;
        let before = driver.keys(". .").wait("a count below", |screen| marker(screen).is_some()).await;
        let (here, y) = (driver.here(), marker(&before).expect("a count"));
        let x = before.lines().nth(y).and_then(|line| line.split_once('⋯')).expect("it").0.chars().count();
        assert!(!here.contains('⋯'), "{before}");
        driver.send(Event::Click(x, y)).wait("it is shown", |screen| marker(screen) != Some(y)).await;
        assert_ne!(driver.here(), here);
        driver.key("ctrl-o").wait_for("18/110").await;
        assert_eq!(driver.here(), here);
    })
    .await;
}

#[tokio::test]
async fn every_box_has_a_mark_that_closes_it() {
    for (size, keys) in [((80, 24), ["?", "S", "w"]), ((40, 12), ["?", "S", "w"])] {
        demo(size, async |driver| {
            let before = driver.key("t").wait_for("3/110").await;
            for key in keys {
                let shown = driver.key(key).wait("a box", |screen| screen.contains(" × ─┐")).await;
                let (x, y) = place_of(driver, "× ─┐");
                driver.send(Event::Click(x, y)).wait("no box", |screen| *screen == before).await;
                assert_ne!(shown, before);
            }
        })
        .await;
    }
}

#[tokio::test]
async fn what_to_try_first_does_something_and_does_not_come_back() {
    let options = Options { hints: true, ..Options::default() };
    read_as("demo", (options, Styles::new(true, false)), (100, 30), async |driver| {
        let says = "Try first: Space reads on, . shows fewer, / finds";
        driver.wait_for(says).await;
        driver.keys("? esc").wait_for(says).await;
        click(driver, ". shows fewer").wait_for("below 2").await;
        driver.keys("f12").wait_for("F12 does nothing").await;
        driver.keys("? esc").wait_for("story/110").await;
        assert!(!driver.screen().contains("Try first"), "{}", driver.screen());
    })
    .await;
}

#[tokio::test]
async fn a_click_on_the_closed_mark_of_a_hidden_comment_opens_it_and_folds_nothing_away() {
    demo((100, 40), async |driver| {
        driver.key("f").send(Event::Paste("by:m_halloran".to_owned()));
        let filtered = driver.key("enter").wait_for("(8 of 110)").await;
        let count = |screen: &str| screen.matches("▹ hidden").count();
        click(driver, "▹ hidden  5 Insightful  p_hacked");
        let opened = driver.wait("one hidden comment fewer", |screen| count(screen) + 1 == count(&filtered)).await;
        assert!(opened.contains("m_halloran 10482216"), "{opened}");
        click(driver, "▾ ");
        assert!(driver.wait("the replies folded away", |screen| count(screen) < 2).await.contains("[+"));
    })
    .await;
}

#[tokio::test]
async fn the_link_of_the_story_is_at_hand_below_every_comment() {
    demo((100, 40), async |driver| {
        driver.key("enter").wait_for("nothing to open or fold here; L opens the story's link").await;
        driver.keys("t L").wait_for("Links").await;
        click(driver, "gazette.kettleharbor.example");
        driver.wait_for("opened https://gazette.kettleharbor.example").await;
    })
    .await;
}

#[tokio::test]
async fn ctrl_c_gives_up_what_is_typed_and_closes_a_box_before_it_quits() {
    demo((100, 40), async |driver| {
        let before = driver.key("t").wait_for("3/110").await;
        for (opens, words) in
            [("/ l a t e n c y", "find: latency"), (": x", "go to: x"), ("?", "Keys ("), ("S", "Order")]
        {
            driver.keys(opens).wait_for(words).await;
            assert_eq!(driver.key("ctrl-c").wait_gone(words).await, before, "{opens}");
        }
    })
    .await;
}

/// The columns before a box, of those of its frame, from the last line's beginning on that has such words.
fn box_columns(screen: &str, title: &str) -> (usize, usize) {
    let line = screen.lines().find(|line| line.contains(title)).expect("the box's first line");
    let column = |corner: char| line.chars().collect::<Vec<_>>().iter().rposition(|&c| c == corner).expect("a corner");
    (column('┌'), column('┐'))
}

#[tokio::test]
async fn a_box_stands_in_the_middle_of_its_page_beside_the_list_and_takes_clicks_there() {
    let (folder, (_server, sites)) = (Folder::new("mouse-box"), site());
    read_stored_from("lobsters", sites, (folder.path(), NOW, StorePolicy::Usual), async |driver| {
        driver.wait_for("Second story").await;
        driver.resize(180, 40);
        driver.wait("the wide screen", |screen| screen.lines().count() == 40).await;
        driver.key("enter").wait_for("The words of 0").await;
        let screen = driver.screen();
        let edge = screen.lines().nth(1).and_then(|line| line.chars().position(|c| c == '│')).expect("the list's edge");
        for (key, title) in [("w", "┌ Why it shows so"), ("?", "┌ Keys")] {
            let screen = driver.key(key).wait_for(title).await;
            let (left, right) = box_columns(&screen, title);
            let (before, behind) = (left.saturating_sub(edge + 1), 179 - right);
            assert!(left > edge && before.abs_diff(behind) <= 1, "{before} and {behind} columns beside\n{screen}");
            click(driver, "Esc closes").wait_gone(title).await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_click_on_a_line_of_help_presses_its_key_but_none_that_leaves() {
    demo((100, 40), async |driver| {
        driver.key("?").wait_for("Esc closes, a click on a line presses its key").await;
        for (keys, words) in [("q u i t", ["Ctrl-c    ", "back, or quit"]), ("f g", ["Ctrl-z", "stop, and come back"])]
        {
            driver.key("/").keys(keys).wait_for(&format!("Keys: /{}", keys.replace(' ', ""))).await;
            for words in words {
                click(driver, words);
            }
            driver.key("esc").wait_for("half a screen down").await;
        }
        click(driver, "to the end").wait_for("end/110").await;
    })
    .await;
}

#[tokio::test]
async fn a_double_click_on_the_way_back_does_not_quit() {
    let (folder, (_server, sites)) = (Folder::new("mouse-double"), site());
    read_stored_from("lobsters", sites, (folder.path(), NOW, StorePolicy::Usual), async |driver| {
        driver.wait_for("Second story").await;
        driver.keys("f2 enter").wait_for("The words of 0").await;
        driver.wait_for("q back").await;
        let (x, y) = place_of(driver, "q back");
        driver.send(Event::Click(x, y)).send(Event::Click(x, y)).wait_for("a further click here quits").await;
        assert!(driver.screen().contains("Second story"), "{}", driver.screen());
        // What is done between two clicks makes them two.
        click(driver, "Second story").wait_gone("a further click").await;
    })
    .await;
}

#[tokio::test]
async fn the_menu_of_an_author_begins_at_what_holds() {
    demo((100, 40), async |driver| {
        driver.keys("t M f").wait_for("you follow ").await;
        driver.key("M").wait("the menu", |screen| screen.contains("▌ follow") && screen.contains("(now)")).await;
        driver.key("m").wait_for("is muted").await;
        driver.key("M").wait("the menu", |screen| screen.contains("▌ mute") && screen.contains("(now)")).await;
    })
    .await;
}

/// Both presses of a double-click on some words.
fn double_click(driver: &mut Driver, words: &str) {
    let (x, y) = place_of(driver, words);
    driver.send(Event::Click(x, y)).send(Event::ClickAgain(x, y)).send(Event::ClickAgain(x, y));
}

#[tokio::test]
async fn the_further_presses_of_a_double_click_do_nothing_to_what_the_first_has_brought() {
    let (folder, (_server, sites)) = (Folder::new("mouse-double-click"), site());
    read_stored_from("lobsters", sites, (folder.path(), NOW, StorePolicy::Usual), async |driver| {
        driver.wait_for("First story").await;
        driver.key("enter").wait_for("The words of 0").await;
        let (_, link) = place_of(driver, STORY);
        driver.keys("q f2").wait_for("q quit").await;
        // On the chosen story the first press opens the thread, where its link then stands: here too once it is kept.
        for _ in 0..2 {
            let y = place_of(driver, "First story").1.max(link);
            driver.send(Event::Click(3, y)).send(Event::ClickAgain(3, y)).send(Event::ClickAgain(3, y));
            driver.wait_for("The words of 0").await;
            double_click(driver, "q back");
            let list = driver.wait_for("Second story").await;
            assert!(!list.contains("quits"), "{list}");
        }
        // On another one the first press chooses, and the second opens.
        double_click(driver, "Third story");
        driver.wait_for("The words of 0").await;
        assert_eq!(driver.browsed(), [""; 0]);
        double_click(driver, STORY);
        driver.wait_for("opened http").await;
        assert_eq!(driver.browsed(), [STORY], "once");
        double_click(driver, "? help");
        driver.wait_for("Keys (").await;
        driver.key("f12").wait_for("Keys (").await;
        double_click(driver, "Esc closes");
        driver.wait_gone("Keys (").await;
        // It folds once.
        driver.keys("t");
        double_click(driver, "writer6 ");
        driver.wait_for("writer6 [+5]").await;
        driver.key("f12").wait_for("F12 does").await;
        assert!(driver.screen().contains("[+5]"), "{}", driver.screen());
        // What stays where it is takes every press.
        let (x, y) = place_of(driver, ". fewer");
        driver.send(Event::Click(x, y)).send(Event::ClickAgain(x, y)).send(Event::ClickAgain(x, y));
        driver.wait_for("hidden below 5").await;
    })
    .await;
}
