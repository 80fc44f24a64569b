//! Lists of stories through the program's own loop: moving, sections, sites, filter, search, paging, and the way back.

use crate::support::screen;
use std::sync::{Arc, Mutex};

use lurker::app::{Event, KnownState, Options};
use lurker::model::{Advice, Builder, Draft, Entry, Heading, Listing, LoadError, Story, Tab, Text};
use lurker::shell::fetch::Fetcher;
use lurker::ui::Styles;
use lurker::view::{Density, ListRules, Query};
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::Modifier;
use screen::{Driver, NOW, drive_with, drive_with_keys, flat};
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

const USUAL: (u16, u16) = (80, 24);
/// Stories of one page.
const PAGE: usize = 30;

/// Sites of the test: `north` has two pages in three sections and a search, `dead` cannot be reached, `south` has one page,
/// `half` has one page and cannot be reached for the next, and `bare` has no stories.
struct Sites {
    answers: UnboundedSender<Event>,
    asked: Arc<Mutex<Vec<String>>>,
}

fn entry(section: &str, number: usize) -> Entry {
    let small = i32::try_from(number).unwrap_or(i32::MAX);
    Entry {
        site: "north".to_owned(),
        id: format!("{section}{number}"),
        title: format!("Story {number} of {section}"),
        url: format!("https://north.example/{section}/{number}"),
        link: format!("https://www.paper{}.example/{number}", number % 3),
        author: format!("author{number}"),
        posted_at: Some(NOW - 3600 * i64::from(small)),
        score: Some(small),
        comments: Some(10 * number as u32),
        ..Entry::default()
    }
}

fn heading(site: &str, target: &str, tabs: &[&str], search: Option<&str>) -> Heading {
    let tab = |name: &&str| Tab { label: (*name).to_owned(), target: format!("{site}/{name}") };
    let target = if target == site { format!("{site}/{}", tabs[0]) } else { target.to_owned() };
    Heading {
        site: site.to_owned(),
        title: format!("The {site}: {target}"),
        url: format!("https://{site}.example/"),
        tabs: tabs.iter().map(tab).collect(),
        search: search.map(str::to_owned),
        target,
    }
}

/// A list by its target; `None` where the site is dead.
fn list(source: &str, from: Option<&str>) -> Option<Listing> {
    let start = from.map_or(0, |_| PAGE);
    let (site, section) = source.split_once('/').unwrap_or((source, "top"));
    let heading = match site {
        "north" => heading("north", source, &["top", "new", "best"], Some("north/search:")),
        "south" => heading("south", source, &["all"], None),
        "bare" => heading("bare", source, &["all"], None),
        "half" if from.is_none() => heading("half", source, &["all"], None),
        _ => return None,
    };
    let count = if site == "bare" || section.starts_with("search:no") { 0 } else { PAGE };
    let entries: Vec<Entry> = (start..start + count).map(|number| entry(section, number + 1)).collect();
    let next = (!matches!(site, "south" | "bare") && from.is_none() && count > 0).then(|| "2".to_owned());
    Some(Listing { heading, entries, next, notes: Vec::new() })
}

fn broken(host: &str, how: &str) -> LoadError {
    LoadError::other(host, how).advise(Advice::Retry)
}

fn discussion(url: &str) -> lurker::model::Thread {
    let mut builder = Builder::default();
    for id in 1..=30 {
        let body = Text::unmarked(format!("Comment {id} of {url}"));
        builder.push(&Draft { id: &id.to_string(), author: Some("ann"), body: body.borrow(), ..Draft::default() });
    }
    builder.finish(Story { title: format!("Discussion of {url}"), url: url.to_owned(), ..Story::default() })
}

impl Fetcher for Sites {
    fn load(&mut self, request: u64, source: &str, from: Option<&str>, _: KnownState) {
        self.asked
            .lock()
            .expect("no panic")
            .push(from.map_or_else(|| source.to_owned(), |from| format!("{source} {from}")));
        let send = |event| self.answers.send(event).expect("the loop runs");
        if source.ends_with("/27") {
            send(Event::Failed(request, broken("north.example", "broke off")));
        } else if source.ends_with("/28") {
            // It never answers.
        } else if source.starts_with("https://") {
            let thread = Arc::new(discussion(source));
            send(Event::Arrived { request, loaded: thread.len(), stated: None, thread });
            send(Event::Complete(request));
        } else if let Some(listing) = list(source, from) {
            let mut some = listing.clone();
            some.entries.truncate(4);
            send(Event::Listed { request, listing: Arc::new(some) });
            send(Event::Listed { request, listing: Arc::new(listing) });
            send(Event::Complete(request));
        } else if source == "gone" {
            send(Event::Failed(request, broken("gone.example", "refused the connection")));
        } else if source == "slow" {
            // It never answers.
        } else if from.is_some() {
            send(Event::Failed(request, broken("half.example", "broke off")));
        } else {
            let heading = heading("dead", source, &["all"], None);
            send(Event::Listed { request, listing: Arc::new(Listing { heading, ..Listing::default() }) });
            send(Event::Failed(request, broken("dead.example", "refused the connection")));
        }
    }

    fn cancel(&mut self, _: u64) {}

    fn knows(&self, link: &str, _: &str) -> bool {
        link.contains("north.example")
    }
}

async fn open<T>(
    target: &str,
    size: (u16, u16),
    script: impl AsyncFnOnce(&mut Driver, &dyn Fn() -> Vec<String>) -> T,
) -> T {
    open_with(Options::default(), target, size, script).await
}

async fn open_with<T>(
    options: Options,
    target: &str,
    size: (u16, u16),
    script: impl AsyncFnOnce(&mut Driver, &dyn Fn() -> Vec<String>) -> T,
) -> T {
    let (answers, loaded) = unbounded_channel();
    let asked = Arc::<Mutex<Vec<String>>>::default();
    let mut sites = Sites { answers, asked: Arc::clone(&asked) };
    let all_asked = move || asked.lock().expect("no panic").clone();
    let options = Options { hints: false, sites: ["north", "dead", "south"].map(str::to_owned).to_vec(), ..options };
    drive_with(options, target, &mut sites, loaded, size, async |driver| script(driver, &all_asked).await).await
}

/// The screen line of the reader's mark.
fn mark_line(driver: &Driver) -> Option<usize> {
    driver.screen().lines().position(|line| line.trim_start().starts_with('▌'))
}

#[tokio::test]
async fn a_list_shows_rank_title_domain_and_facts() {
    for size in [USUAL, (120, 40), (40, 12)] {
        open("north", size, async |driver, _| {
            let screen = driver.wait_for("Story 2 of top").await;
            assert!(screen.lines().next().is_some_and(|line| line.contains("1 top  2 new  3 best")), "{screen}");
            assert!(flat(&screen).contains("1 Story 1 of top (paper1.example)"), "{screen}");
            assert!(flat(&screen).contains("1 point 10 comments 1h"), "{screen}");
            assert!(screen.lines().last().is_some_and(|line| line.ends_with("? help")), "{screen}");
        })
        .await;
    }
}

#[tokio::test]
async fn density_decides_the_lines_of_a_story() {
    for (density, size, first, step) in [
        (Density::Normal, (80, 24), 1, 2),
        (Density::Airy, (80, 24), 2, 3),
        (Density::Normal, (80, 40), 2, 3),
        (Density::Compact, (80, 40), 1, 1),
    ] {
        let options = Options { lists: ListRules { density, ..ListRules::default() }, ..Options::default() };
        open_with(options, "north", size, async |driver, _| {
            let screen = driver.wait_for("Story 2 of top").await;
            let line = |words: &str| screen.lines().position(|line| line.contains(words));
            assert_eq!(
                (line("Story 1 of"), line("Story 2 of")),
                (Some(first), Some(first + step)),
                "{density:?}\n{screen}"
            );
            // The numbers of all stories end in one column, and a bookmark shows at any density.
            let column = |story: &str, words: &str| {
                let at = line(story)? + usize::from(density != Density::Compact);
                let before = screen.lines().nth(at)?.split_once(words)?.0;
                Some(before.chars().count() + words.len())
            };
            let numbers = if density == Density::Compact { [" 10 ", " 20 "] } else { ["10 comm", "20 comm"] };
            assert_eq!(column("Story 1 of", numbers[0]), column("Story 2 of", numbers[1]), "{screen}");
            driver.key("m").wait_for("bookmarked").await;
            assert!(driver.screen().contains('⚑'), "{density:?}\n{}", driver.screen());
        })
        .await;
    }
}

#[tokio::test]
async fn return_from_a_thread_is_to_the_same_line() {
    for size in [USUAL, (120, 40)] {
        open("north", size, async |driver, asked| {
            driver.wait_for("1/30").await;
            driver.keys("j j j j j j j j j j j j").wait_for("Story 13 of top").await;
            driver
                .key("k")
                .wait("the mark on the 12th", |screen| {
                    screen.lines().any(|line| line.trim_start().starts_with('▌') && line.contains("Story 12 of top"))
                })
                .await;
            let (line, before) = (mark_line(driver), asked().len());
            driver.key("enter").wait_for("Discussion of https://north.example/top/12").await;
            driver.keys("j j j").wait_for("3/30").await;
            driver.key("q").wait_for("Story 12 of top").await;
            assert_eq!(mark_line(driver), line, "{}", driver.screen());
            let frame = driver.frame();
            let style = |title: &str| {
                let row = driver.screen().lines().position(|line| line.contains(title)).expect("it shows");
                let line = driver.screen().lines().nth(row).map(str::to_owned).expect("a line");
                let before = line.split("Story").next().expect("a title").chars().count();
                frame.content[row * usize::from(size.0) + before].modifier
            };
            assert_ne!(style("Story 12 of"), style("Story 11 of"), "what was read looks so");
            assert_eq!(asked().len(), before + 1, "the list was not asked for again: {:?}", asked());
        })
        .await;
    }
}

#[tokio::test]
async fn sections_and_sites_keep_their_places() {
    open("north", USUAL, async |driver, asked| {
        driver.wait_for("1/30").await;
        driver.keys("j j j").wait_for("4/30").await;
        driver.key("right").wait_for("Story 1 of new").await;
        driver.key("3").wait_for("Story 1 of best").await;
        driver.keys("l").wait_for("no further section").await;
        driver.key("tab").wait_for("dead.example refused the connection").await;
        driver.wait_for("r try again").await;
        driver.key("tab").wait_for("south 1 all").await;
        driver.key("tab").wait_for("Story 1 of best").await;
        driver.keys("shift-tab shift-tab").wait_for("dead.example refused").await;
        driver.keys("tab tab 1").wait_for("4/30").await;
        let lists = asked().iter().filter(|asked| asked.as_str() == "north").count();
        assert_eq!(lists, 1, "{:?}", asked());
    })
    .await;
}

#[tokio::test]
async fn the_next_page_comes_at_the_end() {
    open("north", USUAL, async |driver, asked| {
        driver.wait_for("1/30").await;
        driver.key("G").wait_for("30/60").await;
        driver.key("G").wait_for("60/60").await;
        driver.key("j").wait_for("this is the end").await;
        assert_eq!(asked(), ["north", "north 2"]);
        // Loaded again page by page, the reader stays on their story.
        driver.key("k").wait_for("59/60").await;
        let before = driver.here();
        driver.key("r").wait_gone("loading").await;
        driver.wait_for("59/60").await;
        while asked().len() < 4 {
            driver.key("f12").wait_for("does nothing").await;
        }
        driver.key("esc").wait_for("59/60").await;
        assert_eq!(
            (driver.here(), asked()),
            (before, ["north", "north 2", "north", "north 2"].map(str::to_owned).to_vec())
        );
    })
    .await;
}

#[tokio::test]
async fn the_beginning_of_one_word_goes_there_and_an_unknown_one_is_told_the_nearest() {
    let sites = ["hn", "lobsters", "saved", "history"].map(str::to_owned).to_vec();
    let sections = ["lobsters/newest", "lobsters/top", "people"].map(str::to_owned).to_vec();
    let options = Options { sites, sections, hints: false, ..Options::default() };
    screen::read_as("demo", (options, Styles::new(true, false)), USUAL, async |driver| {
        driver.wait_for("Library Brings Back").await;
        driver.wait_gone("loading").await;
        for (typed, said) in [
            ("r e l a o d", "relaod: neither a command nor a site nor a thread nor a file; did you mean reload?"),
            ("h s i t o r y", "did you mean history?"),
            ("l o b s t e s r", "did you mean lobsters?"),
            ("w w w w w", "wwwww: neither a command nor a site nor a thread nor a file; Tab names what there is"),
            // It begins more than one of them.
            ("r e", "re: neither a command nor"),
        ] {
            driver.keys(&format!(": {typed} enter")).wait_for(said).await;
            assert!(!driver.screen().contains("lurker "), "{}", driver.screen());
        }
        driver.keys(": h i s t").wait_for("history").await;
        driver.key("enter").wait_gone("Library Brings Back").await;
        driver.wait_for("history").await;
        driver.key("q").wait_for("Library Brings Back").await;
        driver.keys(": p e o p enter").wait_gone("Library Brings Back").await;
        driver.key("q").wait_for("Library Brings Back").await;
        driver.keys(": h i n t enter").wait_for("Space read on").await;
    })
    .await;
}

#[tokio::test]
async fn a_story_that_shows_among_those_of_an_order_is_told_how_many_are_above_it() {
    for size in [(40, 12), USUAL] {
        open("north", size, async |driver, _| {
            driver.wait_for("1/30").await;
            driver.keys("j j s c").wait_for("above, g goes to the first").await;
            assert!(driver.here().contains("Story 3 of"), "{}", driver.screen());
            driver.key("g").wait_for("comments 1/30").await;
            assert!(driver.here().contains("Story 30 of"), "{}", driver.screen());
            driver.key("z").wait_for("as listed").await;
            assert!(driver.here().contains("Story 3 of"), "{}", driver.screen());
            driver.keys("g s c").wait_for("most comments first; z takes that back").await;
            assert!(driver.here().contains("Story 30 of"), "{}", driver.screen());
        })
        .await;
    }
}

#[tokio::test]
async fn a_tall_screen_fills_itself() {
    open("north", (100, 110), async |driver, asked| {
        driver.wait_for("1/60").await;
        assert_eq!(asked(), ["north", "north 2"]);
    })
    .await;
}

#[tokio::test]
async fn a_filter_is_typed_and_cleared() {
    open("north", USUAL, async |driver, asked| {
        driver.wait_for("1/30").await;
        driver.key("/").wait_for("only with:").await;
        driver.keys("p a p e r 2").wait_for("1/10").await;
        driver.key("enter").wait_for("only with: paper2 (10 of 30)").await;
        driver.keys("j enter").wait_for("Discussion of https://north.example/top/5").await;
        driver.key("q").wait_for("2/10").await;
        driver.key("esc").wait_for("5/30").await;
        driver.keys("/ z z z").wait_for("no story matches").await;
        assert!(!driver.screen().contains("clears"), "{}", driver.screen());
        driver.key("enter").wait_for("no story matches “zzz”; Esc clears the filter").await;
        driver.key("enter").wait_for("there is no story here").await;
        driver.key("esc").wait_for("/30").await;
        assert_eq!(asked().len(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_filter_that_is_in_force_is_typed_over_or_edited_and_esc_gives_it_back() {
    for size in [(40, 12), USUAL, (200, 60)] {
        open("north", size, async |driver, _| {
            driver.wait_for("Story 1 of top").await;
            driver.keys("/ p a p e r 2 enter").wait_for("/10").await;
            driver.keys("j j").wait_for("3/10").await;
            // What stands there is lit, and the first letter takes its place.
            let lit = |buffer: &Buffer| {
                let last = buffer.area.height - 1;
                let cells = (0..buffer.area.width).map(|x| &buffer[(x, last)]);
                cells.filter(|cell| cell.symbol() != " " && cell.modifier.contains(Modifier::UNDERLINED)).count()
            };
            driver.key("/").wait_frame("six letters that are lit", |buffer| lit(buffer) == 6).await;
            driver.keys("S").wait_for("only with: S").await;
            driver.keys("t o r y space 7").wait_for("only with: Story 7").await;
            assert!(!driver.screen().contains("paper2S"), "{}", driver.screen());
            driver.key("esc").wait_for("3/10").await;
            // An arrow or Backspace leaves it to be edited.
            driver.keys("/ left").wait_frame("nothing lit but the cursor", |buffer| lit(buffer) <= 1).await;
            driver.keys("end backspace 1").wait_for("only with: paper1").await;
            driver.key("enter").wait_for("/10").await;
            driver.keys("/ backspace").wait_for("only with: paper").await;
            driver.keys("esc esc").wait_for("/30").await;
            // Where none was, none is.
            driver.keys("/ z z z").wait_for("no story matches").await;
            driver.key("esc").wait_for("/30").await;
        })
        .await;
    }
}

fn pasted(text: &str) -> Event {
    Event::Paste(text.to_owned())
}

#[tokio::test]
async fn a_list_is_filtered_by_a_query() {
    for size in [USUAL, (120, 40)] {
        open("north", size, async |driver, asked| {
            driver.wait_for("1/30").await;
            driver.key("/").send(pasted("score:>20 domain:paper1.example")).wait_for("1/3").await;
            driver.key("enter").wait_for("only with: score:>20 domain:paper1.example (3 of 30)").await;
            driver.wait_for("Story 22 of top").await;
            driver.key("enter").wait_for("Discussion of https://north.example/top/22").await;
            driver.key("q").wait_for("1/3").await;
            // While what is typed is no query yet, the last one stays.
            driver.keys("/ ctrl-u").wait_for("/30").await;
            driver.send(pasted("is:read OR \"Story 7")).wait_for("only with: is:read OR").await;
            driver.keys("\"").wait_for("/2").await;
            driver.key("enter").wait_for("only with: is:read OR \"Story 7\" (2 of 30)").await;
            driver.key("esc").wait_for("/30").await;
            assert_eq!(asked().len(), 2, "{:?}", asked());
        })
        .await;
    }
}

/// The column at which a mark stands above the line that is being typed, and that line.
fn marked(screen: &str) -> Option<(usize, String)> {
    let lines: Vec<Vec<char>> = screen.lines().map(|line| line.chars().collect()).collect();
    let [.., above, typed] = lines.as_slice() else { return None };
    Some((above.iter().position(|&mark| mark == '▼')?, typed.iter().collect()))
}

#[tokio::test]
async fn a_term_without_a_meaning_in_a_list_is_pointed_at() {
    for size in [(40, 12), USUAL, (120, 40)] {
        open("north", size, async |driver, _| {
            driver.wait_for("1/30").await;
            driver.key("/").send(pasted("paper2 label:fun")).wait_for("only with: paper2 label:fun").await;
            let screen = driver.key("enter").wait_for("label: means nothing for stories").await;
            let (column, typed) = marked(&screen).unwrap_or_else(|| unreachable!("{screen}"));
            assert!(typed.chars().skip(column).collect::<String>().starts_with("label:fun"), "{screen}");
            // The cursor stands there, so that it can be mended at once.
            driver.keys("delete delete delete delete delete delete delete delete delete");
            let screen = driver.key("enter").wait_for("1/10").await;
            assert!(!screen.contains('▼'), "{screen}");
            driver.key("esc").wait_for("1/30").await;
        })
        .await;
    }
}

fn rules(hide: &str, highlight: &str) -> Options {
    let rule = |text: &str| (!text.is_empty()).then(|| Query::for_stories(text).expect(text));
    Options {
        lists: ListRules { hide: rule(hide), highlight: rule(highlight), ..ListRules::default() },
        ..Options::default()
    }
}

#[tokio::test]
async fn rules_hide_stories_and_set_others_apart() {
    for size in [(40, 12), USUAL, (120, 40)] {
        open_with(rules("score:<4", "comments:50 OR is:new"), "north", size, async |driver, _| {
            let screen = driver.wait_for("3 hidden by [lists] hide").await;
            driver.wait_for("1/27").await;
            assert!(flat(&screen).contains("4 Story 4 of top") && !screen.contains("Story 3 of top"), "{screen}");
            let line = |title: &str| {
                let screen = driver.screen();
                screen.lines().position(|line| line.contains(title)).unwrap_or_else(|| unreachable!("{screen}"))
            };
            let frame = driver.frame();
            let marks = |line: usize| {
                let cells = frame.content.iter().skip(line * usize::from(size.0));
                cells.take(8).map(Cell::symbol).collect::<String>().contains('★')
            };
            assert!(marks(line("Story 5 of top")) && !marks(line("Story 6 of top")), "{}", driver.screen());
            // The filter goes on top of the rules, and each says what it leaves out.
            driver.key("/").send(pasted("score:<6")).key("enter").wait_for("1/2").await;
            driver.wait_for("3 hidden by [lists] hide").await;
            driver.key("esc").wait_for("1/27").await;
            driver.key("r").wait_for("3 hidden by [lists] hide").await;
        })
        .await;
    }
}

#[tokio::test]
async fn a_list_that_is_hidden_whole_says_so_and_asks_for_no_more_by_itself() {
    open_with(rules("site:north", ""), "north", USUAL, async |driver, asked| {
        driver.wait_for("no story is left: 30 hidden by [lists] hide; j asks for more").await;
        assert_eq!(asked(), ["north"]);
        driver.key("j").wait_for("no story is left: 60 hidden by [lists] hide").await;
        driver.wait_gone("asks for more").await;
        assert_eq!(asked(), ["north", "north 2"]);
    })
    .await;
}

#[tokio::test]
async fn the_first_list_begins_with_the_filter_of_the_command_line() {
    let list_filter = Query::for_stories("score:>28").ok();
    open_with(Options { list_filter, ..Options::default() }, "north", USUAL, async |driver, _| {
        driver.wait_for("only with: score:>28 (2 of 30)").await;
        driver.key("2").wait_for("Story 1 of new").await;
        driver.wait_for("1/30").await;
    })
    .await;
}

#[tokio::test]
async fn a_filter_for_what_is_opened_first_is_for_nothing_else() {
    let filters = |filter: Option<&str>, list_filter: Option<&str>| Options {
        filter: filter.and_then(|text| Query::parse(text).ok()),
        list_filter: list_filter.and_then(|text| Query::for_stories(text).ok()),
        filter_mistake: (filter.is_none() || list_filter.is_none()).then(|| "not filtered: no".to_owned()),
        ..Options::default()
    };
    open_with(filters(Some("score:>28"), Some("score:>28")), "north", USUAL, async |driver, _| {
        driver.wait_for("only with: score:>28 (2 of 30)").await;
        driver.key("enter").wait_for("Discussion of https://north.example/top/29").await;
        assert!(!driver.screen().contains("filter:"), "{}", driver.screen());
    })
    .await;
    open_with(filters(Some("is:op"), None), "north", USUAL, async |driver, _| {
        driver.wait_for("not filtered: no").await;
        driver.wait_for("1/30").await;
    })
    .await;
    let thread = "https://north.example/top/3";
    open_with(filters(None, Some("comments:>3")), thread, USUAL, async |driver, _| {
        driver.wait_for("not filtered: no").await;
    })
    .await;
}

#[tokio::test]
async fn a_search_opens_over_the_list() {
    open("north", USUAL, async |driver, _| {
        driver.wait_for("1/30").await;
        driver.key("S").wait_for("search:").await;
        driver.send(Event::Paste("old maps".to_owned())).wait_for("search: old maps").await;
        driver.key("enter").wait_for("Story 1 of search:old maps").await;
        driver.key("q").wait_for("Story 1 of top").await;
        driver.keys("S esc").wait_gone("search:").await;
        driver
            .key("S")
            .send(pasted("no such thing"))
            .key("enter")
            .wait_for("nothing is found for “no such thing”")
            .await;
        driver.key("q").wait_for("Story 1 of top").await;
        driver.key("shift-tab").wait_for("south 1 all").await;
    })
    .await;
}

#[tokio::test]
async fn where_there_is_no_search_its_key_filters_the_list_as_in_threads_f_does() {
    for size in [(40, 12), USUAL, (120, 40)] {
        open("south", size, async |driver, asked| {
            driver.wait_for("1/30").await;
            let screen = driver.key("S").wait_for("lurker cannot search south; this filters the list").await;
            assert!(screen.contains("only with:"), "{screen}");
            // None of these letters runs a command.
            driver.keys("r u q 2").wait_for("only with: ruq2").await;
            driver.key("ctrl-u").send(pasted("paper2")).wait_for("1/10").await;
            driver.key("enter").wait_for("only with: paper2 (10").await;
            driver.key("esc").wait_for("/30").await;
            driver.key("f").send(pasted("paper1")).wait_for("1/10").await;
            driver.key("esc").wait_for("/30").await;
            assert_eq!(asked(), ["south"]);
        })
        .await;
    }
}

#[tokio::test]
async fn the_way_back_from_a_filter_is_its_list_before_it_is_the_shell() {
    open("south", USUAL, async |driver, _| {
        driver.wait_for("1/30").await;
        driver.key("S").send(pasted("paper2")).key("enter").wait_for("1/10").await;
        driver.key("q").wait_for("all stories; q quits").await;
        driver.wait_for("/30").await;
    })
    .await;
}

#[tokio::test]
async fn a_message_behind_a_prompt_is_whole_at_every_width() {
    for columns in 60..80 {
        open("south", (columns, 24), async |driver, _| {
            driver.wait_for("1/30").await;
            driver.key("S").wait_for("lurker cannot search south; this filters the list").await;
        })
        .await;
    }
}

#[tokio::test]
async fn the_article_opens_in_the_browser_and_the_address_is_copied() {
    open("north", USUAL, async |driver, _| {
        driver.wait_for("1/30").await;
        driver.key("o").wait_for("opened https://www.paper1.example/1").await;
        driver.key("O").wait_for("opened https://north.example/").await;
        driver.key("y").wait_for("copied the address").await;
        assert_eq!(driver.copied(), ["https://north.example/top/1"]);
    })
    .await;
}

#[tokio::test]
async fn the_mouse_turns_tabs_chooses_and_opens() {
    open("north", USUAL, async |driver, _| {
        driver.wait_for("1/30").await;
        driver.send(Event::Click(10, 7)).wait_for("4/30").await;
        // The wheel scrolls the view, and takes the choice along only at the edge of the screen.
        let top = |screen: &str, title: &str| screen.lines().nth(1).is_some_and(|line| line.contains(title));
        driver.send(Event::Wheel(2, 10)).wait("a scrolled list", |screen| top(screen, "Story 3 of")).await;
        assert!(driver.here().contains("Story 4 of"), "{}", driver.screen());
        driver.send(Event::Wheel(-1, 10)).wait("the list back", |screen| top(screen, "Story 2 of")).await;
        assert!(driver.here().contains("Story 4 of"), "{}", driver.screen());
        driver.send(Event::Wheel(4, 10)).wait_for("6/30").await;
        assert!(top(&driver.screen(), "Story 6 of"), "{}", driver.screen());
        driver.send(Event::Wheel(-9, 10)).wait("the top", |screen| top(screen, "Story 1 of")).await;
        let column = driver.screen().lines().next().and_then(|line| line.find("3 best")).unwrap_or_default();
        driver.send(Event::Click(column, 0)).wait_for("Story 1 of best").await;
        driver.send(Event::Click(10, 1)).wait_for("Discussion of https://north.example/best/1").await;
    })
    .await;
}

#[tokio::test]
async fn marks_on_the_tab_bar_lead_to_what_is_out_of_sight() {
    open("north", (26, 24), async |driver, _| {
        let bar = |screen: &str| screen.lines().next().unwrap_or_default().trim_end().to_owned();
        driver.wait("a narrow bar", |screen| bar(screen) == " ‹ north ›  1 top  2 new ›").await;
        driver.send(Event::Click(25, 0));
        driver.wait("the next section", |screen| bar(screen) == " ‹ north › ‹ 3 best").await;
        driver.send(Event::Click(11, 0));
        driver.wait("the section before", |screen| bar(screen) == " ‹ north ›  1 top  2 new ›").await;
        // A click on the name does nothing, one on a mark beside it turns to that site.
        driver.send(Event::Click(5, 0)).send(Event::Click(1, 0));
        driver.wait("the previous site", |screen| bar(screen) == " ‹ south ›  1 all").await;
        driver.send(Event::Click(9, 0));
        driver.wait("the next site", |screen| bar(screen) == " ‹ north ›  1 top  2 new ›").await;
    })
    .await;
}

#[tokio::test]
async fn quitting_a_list_ends_and_help_has_its_keys() {
    open("north", (100, 60), async |driver, _| {
        driver.wait_for("1/30").await;
        let help = driver.key("?").wait_for("read the discussion").await;
        assert!(help.contains("next site") && !help.contains("fold everything"), "{help}");
        driver.key("esc").wait_gone("read the discussion").await;
        driver.key("esc").wait_for("q quits").await;
        driver.key("q");
    })
    .await;
}

#[tokio::test]
async fn hints_name_the_keys_that_matter_and_can_be_put_away() {
    open("north", USUAL, async |driver, _| {
        driver.wait_for("1/30").await;
        driver.keys("j j").wait_for("3/30").await;
        driver.key("f2").wait_for("q quit Enter read → next section Tab next site / filter s order").await;
        driver.key("enter").wait_for("q back ↓ next Space read on").await;
        driver.keys("t t").wait_for("2/30").await;
        let line = mark_line(driver);
        driver.key("f2").wait_gone("Enter fold").await;
        assert_eq!(mark_line(driver), line);
        driver.resize(80, 12).wait("a smaller screen", |screen| screen.lines().count() == 12).await;
        // A key that can show nothing there changes nothing either.
        driver.key("f2").wait_for("at least 16 lines").await;
        driver.resize(80, 24).wait("the screen as it was", |screen| screen.lines().count() == 24).await;
        assert!(!driver.screen().contains("Enter fold"), "{}", driver.screen());
        driver.key("f2").wait_for("Enter fold").await;
        driver.resize(80, 12).wait("a smaller screen", |screen| screen.lines().count() == 12).await;
        driver.key("f2").wait_for("at least 16 lines").await;
        driver.resize(80, 24).wait_for("Enter fold").await;
    })
    .await;
}

#[tokio::test]
async fn a_page_that_cannot_be_had_is_asked_for_again_only_at_the_end() {
    open("half", USUAL, async |driver, asked| {
        driver.wait_for("1/30").await;
        driver.key("G").wait_for("half.example broke off").await;
        driver.keys("k k k").wait_for("27/").await;
        driver.keys("j j j").wait_for("30/30").await;
        assert_eq!(asked(), ["half", "half 2"]);
        driver.key("j").wait_for("half.example broke off").await;
        assert_eq!(asked(), ["half", "half 2", "half 2"]);
    })
    .await;
}

#[tokio::test]
async fn a_list_without_stories_says_so() {
    open("bare", USUAL, async |driver, _| {
        driver.wait_for("no stories here").await;
        assert!(!driver.screen().contains("loading"), "{}", driver.screen());
    })
    .await;
}

#[tokio::test]
async fn keys_that_move_say_nothing_where_an_error_stands() {
    open("dead", USUAL, async |driver, _| {
        let failed = driver.wait_for("dead.example refused the connection").await;
        for keys in ["j", "k", "G", "ctrl-d"] {
            // A key that is answered shows that the one before was taken.
            driver.keys(keys).key("f12").wait_for("F12 does nothing here").await;
            driver.keys(keys).wait("the page as it was", |screen| screen == failed).await;
        }
    })
    .await;
    open("bare", USUAL, async |driver, _| {
        driver.wait_for("no stories here").await;
        driver.key("j").wait_for("there is no story here").await;
    })
    .await;
}

#[tokio::test]
async fn a_site_that_stands_on_no_tab_is_come_back_to() {
    open("bare", USUAL, async |driver, _| {
        driver.wait_for("no stories here").await;
        driver.key("tab").wait_for("1/30").await;
        driver.key("shift-tab").wait_for("no stories here").await;
        driver.key("shift-tab").wait_for("south 1 all").await;
        driver.keys("tab tab").wait_for("Story 1 of top").await;
        // Of two such sites, each is one step from its neighbour wherever the reader has been.
        driver.keys(": h a l f enter").wait_for("half 1 all").await;
        driver.key("shift-tab").wait_for("no stories here").await;
        driver.key("shift-tab").wait_for("south 1 all").await;
    })
    .await;
}

#[tokio::test]
async fn a_thread_that_was_left_is_there_as_it_was_left() {
    open("north", USUAL, async |driver, asked| {
        driver.wait_for("1/30").await;
        driver.key("enter").wait_for("Discussion of https://north.example/top/1").await;
        driver.keys("t t t t").wait_for("4/30").await;
        let (before, line) = (asked(), mark_line(driver));
        driver.key("q").wait_for("Story 1 of top").await;
        driver.key("enter").wait_for("as you left it; r loads it again").await;
        driver.key("esc").wait_for("4/30").await;
        assert_eq!((asked(), mark_line(driver)), (before, line));
        driver.key("r").wait_for("loaded again: nothing is new").await;
    })
    .await;
}

#[tokio::test]
async fn hints_follow_what_goes_on() {
    open("north", USUAL, async |driver, _| {
        driver.wait_for("1/30").await;
        driver.key("f2").wait_for("q quit").await;
        driver.key("/").wait_for("Enter goes Esc gives up").await;
        driver.keys("p enter").wait_for("Esc clear the filter q all stories").await;
        driver.key("q").wait_for("all stories; q quits").await;
        driver.wait_for("q quit").await;
        driver.keys("/ p enter").wait_for("Esc clear the filter q all stories").await;
        driver.keys("esc enter").wait_for("q back").await;
        driver.keys("/ c enter").wait_for("n next N previous Esc end search q back").await;
        driver.keys("esc q tab").wait_for("dead.example refused").await;
    })
    .await;
}

#[tokio::test]
async fn reading_on_leads_from_story_to_story() {
    open("north", USUAL, async |driver, _| {
        driver.wait_for("1/30").await;
        driver.key("enter").wait_for("Discussion of https://north.example/top/1").await;
        driver.keys("G space").wait_for("this is the end; Space goes to the next story").await;
        // A held key does not rush on.
        driver.keys("space space").wait_for("this is the end").await;
        assert!(flat(&driver.screen()).contains("end/30"), "{}", driver.screen());
        // Each press begins the wait anew. The first one has the number after those of two loads.
        driver.send(Event::WaitOver(3)).key("space").wait_for("this is the end").await;
        assert!(flat(&driver.screen()).contains("end/30"), "{}", driver.screen());
        driver.send(Event::WaitOver(6)).key("space").wait_for("Discussion of https://north.example/top/2").await;
        driver.key("}").wait_for("Discussion of https://north.example/top/3").await;
        driver.keys("{ { g").wait_for("Discussion of https://north.example/top/1").await;
        driver.key("{").wait_for("this is the first story of the list").await;
        // Any other key makes the end one to be reached anew.
        driver.keys("G space").wait_for("this is the end; Space").await;
        driver.keys("k G space").wait_for("this is the end; Space").await;
        // The end of an earlier wait is none of this one.
        driver.send(Event::WaitOver(3)).key("space").wait_for("this is the end; Space").await;
        assert!(flat(&driver.screen()).contains("end/30"), "{}", driver.screen());
        driver.key("}").wait_for("top/2").await;
        driver.key("backspace").wait_for("2/30").await;
    })
    .await;
}

#[tokio::test]
async fn what_was_opened_is_passed_over_hidden_and_unread_again() {
    open("north", USUAL, async |driver, _| {
        driver.wait_for("1/30").await;
        driver.key("enter").wait_for("Discussion of").await;
        driver.key("}").wait_for("top/2").await;
        driver.keys("q g").wait_for("1/30").await;
        driver.key("u").wait_for("3/30").await;
        driver.key("H").wait_for("what you have opened is hidden; H shows them").await;
        driver.keys("g j").wait_for("2/28").await;
        assert!(!driver.screen().contains("Story 2 of top"), "{}", driver.screen());
        // A number means the story before which it stands.
        driver.keys(": 5 enter").wait_for("3/28").await;
        assert!(driver.here().contains("5 Story 5 of top"), "{}", driver.here());
        driver.keys(": 2 enter").wait_for("story 2 is not shown: this is the next one").await;
        driver.key("H").wait_for("all stories").await;
        driver.keys("g N").wait_for("unread again; z takes that back").await;
        driver.key("N").wait_for("it was not opened").await;
        driver.keys("j j k k u").wait_for("3/30").await;
        // Taken back where it was done: the story is read again, and passed over.
        driver.key("z").wait_for("the story is as before").await;
        driver.keys("j k").wait_for("1/30").await;
        driver.key("u").wait_for("3/30").await;
        driver.key("z").wait_for("nothing to undo in this list").await;
        // What was opened since is read by that.
        driver.keys("g N").wait_for("unread again").await;
        driver.key("enter").wait_for("Discussion of").await;
        driver.keys("q z").wait_for("it was opened again since, and stays as it is").await;
    })
    .await;
}

#[tokio::test]
async fn a_name_leads_to_a_site_a_section_and_a_command() {
    open("north", (100, 30), async |driver, _| {
        driver.wait_for("1/30").await;
        driver.keys(": s o u").wait_for("go to: sou").await;
        driver.key("tab").wait_for("go to: south").await;
        driver.key("enter").wait_for("The south").await;
        driver.keys(": h e l p enter").wait_for("Moving").await;
        driver.keys("esc q").wait_for("The north").await;
        driver.keys(": n o r t h / tab").wait_for("go to: north/top").await;
        driver.key("tab").wait_for("go to: north/new").await;
        driver.key("enter").wait_for("Story 1 of new").await;
        driver.keys(": 1 2 enter").wait_for("12/30").await;
        driver.keys(": n o n s e n s e tab").wait_for("nothing begins like this").await;
        driver.key("esc").wait_gone("go to").await;
        driver.keys("esc").wait_for("nothing to close or clear; q goes back").await;
    })
    .await;
}

#[tokio::test]
async fn a_prompt_stands_below_the_thread_that_it_is_of_and_a_list_s_below_the_list() {
    let column = |screen: &str, words: &str| {
        let line = screen.lines().find(|line| line.contains(words)).unwrap_or_default();
        line.split(words).next().unwrap_or_default().chars().count()
    };
    open("north", (170, 24), async |driver, _| {
        driver.wait_for("1/30").await;
        let screen = driver.key("/").wait_for("only with:").await;
        assert_eq!((column(&screen, "only with:"), column(&screen, "Enter goes")), (1, 1), "{screen}");
        driver.keys("esc enter").wait_for("Discussion of https://north.example/top/1").await;
        let screen = driver.key("/").wait_for("find:").await;
        let edge = column(&screen, "│");
        assert!(edge > 40, "{screen}");
        assert_eq!((column(&screen, "find:"), column(&screen, "Enter goes")), (edge + 2, edge + 2), "{screen}");
        // What is wrong is pointed at there too, and where words are long they stay there.
        driver.send(pasted("re:/(/")).key("enter");
        let screen = driver.wait_for("▼ unclosed group").await;
        assert_eq!(column(&screen, "▼"), edge + 2 + "find: re:/".chars().count(), "{screen}");
        driver.key("esc").wait_gone("find:").await;
        let typed = "far ".repeat(40);
        let screen = driver.key("f").send(pasted(&typed)).wait_for("far far far").await;
        let last = screen.lines().last().unwrap_or_default();
        assert!(last.chars().take(edge + 2).all(|column| column == ' '), "{screen}");
        // The click that ends it is no click on the list.
        driver.send(Event::Click(3, 23)).wait_for("no comment has").await;
        driver.wait_for("Discussion of https://north.example/top/1").await;
    })
    .await;
}

#[tokio::test]
async fn the_list_stays_beside_what_is_loading_or_could_not_be_loaded() {
    open("north", (160, 40), async |driver, _| {
        driver.wait_for("1/30").await;
        let screen = driver.keys(": s l o w enter").wait_for("loading slow").await;
        let line = screen.lines().find(|line| line.contains("loading slow")).expect("the page");
        assert!(line.contains(" of top") && line.contains("│  loading slow"), "{screen}");
        driver.keys("q : g o n e enter").wait_for("gone.example refused the connection").await;
        let screen = driver.wait_for("r try again").await;
        let line = screen.lines().find(|line| line.contains("refused")).expect("the error");
        let (list, error) = line.split_once('│').expect("a line between them");
        assert!(!list.contains("refused") && error.starts_with("  gone.example"), "{screen}");
        assert!(screen.contains("Story 2 of top"), "{screen}");
        let (x, y) = screen
            .lines()
            .zip(0..)
            .find_map(|(line, y)| Some((line.split_once("r try again")?.0.chars().count(), y)))
            .expect("a key that takes clicks");
        driver.send(Event::Click(x, y)).wait_for("r try again").await;
        let row = driver.screen().lines().position(|line| line.contains("Story 2 of top")).expect("a row");
        driver.send(Event::Click(9, row)).wait_for("Discussion of https://north.example/top/2").await;
    })
    .await;
}

#[tokio::test]
async fn a_story_of_which_nothing_came_is_not_read() {
    open("north", USUAL, async |driver, _| {
        driver.wait_for("1/30").await;
        driver.keys(": 2 7 enter").wait_for("27/").await;
        driver.key("enter").wait_for("north.example broke off").await;
        driver.keys("q j").wait_for("28/").await;
        driver.key("enter").wait_for("loading Story 28").await;
        driver.key("esc").wait_for("stopped before anything came").await;
        driver.keys("q j enter").wait_for("Discussion of https://north.example/top/29").await;
        driver.keys("q : 2 6 enter").wait_for("26/").await;
        driver.key("u").wait_for("27/").await;
        driver.key("u").wait_for("28/").await;
        driver.key("u").wait_for("30/").await;
        // One was read, and no more are hidden.
        let screen = driver.key("H").wait_for("what you have opened is hidden").await;
        assert!(screen.contains("Story 27 of") && screen.contains("Story 28 of"), "{screen}");
        assert!(!screen.contains("Story 29 of"), "{screen}");
        driver.key("f12").wait_for("does nothing").await;
        driver.key("k").wait_for("1 read one hidden").await;
    })
    .await;
}

#[tokio::test]
async fn the_wheel_over_the_list_beside_a_thread_scrolls_the_list() {
    open("north", (160, 20), async |driver, asked| {
        driver.wait_for("1/30").await;
        driver.key("enter").wait_for("Discussion of https://north.example/top/1").await;
        let thread = |screen: &str| {
            screen.lines().filter_map(|line| Some(line.split_once('│')?.1.to_owned())).collect::<Vec<_>>()
        };
        let before = thread(&driver.screen());
        let top = |screen: &str, title: &str| screen.lines().next().is_some_and(|line| line.contains(title));
        let screen = driver.send(Event::Wheel(3, 10)).wait("a scrolled list", |screen| top(screen, "Story 4 of")).await;
        assert_eq!(thread(&screen), before);
        assert!(!screen.lines().any(|line| line.starts_with('▌') && line.contains("Story")), "{screen}");
        // The pointer is on the thread: that scrolls, and the list stays.
        driver.send(Event::Wheel(1, 100)).wait("a scrolled thread", |screen| thread(screen) != before).await;
        assert!(top(&driver.screen(), "Story 4 of"), "{}", driver.screen());
        // The end of the list is near, and more of it comes; it stays where it was scrolled to.
        driver.send(Event::Wheel(99, 10)).wait("the end", |screen| screen.contains("Story 30 of")).await;
        driver.send(Event::Wheel(3, 10)).wait_for("Story 33 of").await;
        assert_eq!(asked().last().map(String::as_str), Some("north 2"));
        driver.send(Event::Wheel(-99, 10)).wait("the top", |screen| top(screen, "Story 1 of")).await;
        driver.send(Event::Wheel(2, 10)).wait("the third", |screen| top(screen, "Story 3 of")).await;
        // The open story is still the one that others are counted from.
        driver.key("}").wait_for("Discussion of https://north.example/top/2").await;
        driver.send(Event::Wheel(2, 10)).wait("the fourth", |screen| top(screen, "Story 4 of")).await;
        driver.send(Event::Click(10, 2)).wait_for("Discussion of https://north.example/top/5").await;
    })
    .await;
}

#[tokio::test]
async fn the_stories_of_a_muted_author_are_hidden_and_counted_at_once() {
    open("north", USUAL, async |driver, _| {
        driver.wait_for("1/30").await;
        driver.keys("j j M").wait_for("author3 on north").await;
        driver.key("m").wait_for("author3 is muted; z takes that back").await;
        driver.keys("k j").wait_for("1 of muted authors hidden 3/29").await;
        // Taken back, the reader is on the story of that author, wherever they went: the next mute is of the same one.
        driver.keys(": 2 0 enter").wait_for("19/29").await;
        driver.key("z").wait_for("author3 is as before").await;
        assert!(driver.here().contains("Story 3 of"), "{}", driver.screen());
        driver.keys("M m").wait_for("author3 is muted").await;
        driver.keys("k j").wait_for("1 of muted authors hidden 3/29").await;
        assert!(!driver.screen().contains("Story 3 of"), "{}", driver.screen());
        // A filter that names them shows them, and another does not.
        driver.key("/").send(pasted("by:author3")).key("enter").wait_for("1/1").await;
        driver.keys("/ ctrl-u").send(pasted("score:3")).key("enter").wait_for("no story is left: 1 of muted").await;
        driver.keys("/ ctrl-u").send(pasted("by:author3")).key("enter").wait_for("1/1").await;
        driver.keys("M n").wait_for("author3 is neither muted nor followed").await;
        driver.keys("k esc").wait_for("/30").await;
        driver.wait_for("Story 3 of").await;
        assert!(!driver.screen().contains("of muted"), "{}", driver.screen());
    })
    .await;
}

#[tokio::test]
async fn a_note_on_an_author_is_taken_back_in_the_list_where_it_was_made() {
    open("north", USUAL, async |driver, _| {
        driver.wait_for("1/30").await;
        driver.key("z").wait_for("nothing to undo in this list").await;
        driver.keys("j j M m").wait_for("author3 is muted; z takes that back").await;
        driver.keys("M f").wait_for("you follow author4").await;
        // What was changed elsewhere is not meant.
        driver.key("right").wait_for("Story 1 of new").await;
        driver.key("z").wait_for("nothing to undo in this list").await;
        driver.key("left").wait_for("author4 ✦").await;
        driver.key("z").wait_for("author4 is as before").await;
        driver.wait_gone("✦").await;
        driver.key("z").wait_for("author3 is as before").await;
        driver.keys("k").wait_for("/30").await;
        driver.wait_for("Story 3 of").await;
        driver.key("z").wait_for("nothing to undo in this list").await;
    })
    .await;
}

#[tokio::test]
async fn the_keys_for_vi_cost_no_section_its_name() {
    let (answers, loaded) = unbounded_channel();
    let mut sites = Sites { answers, asked: Arc::default() };
    let vi = lurker::shell::vi_keys().expect("the keys");
    drive_with_keys(vi, "north", &mut sites, loaded, async |driver| {
        driver.wait_for("north Alt-1 top Alt-2 new Alt-3 best").await;
        driver.resize(40, 24).wait_for("north top new best").await;
        driver.key("alt-3").wait_for("Story 1 of best").await;
        driver.send(Event::Click(14, 0)).wait_for("Story 1 of new").await;
    })
    .await;
}

#[tokio::test]
async fn a_count_beyond_the_stories_that_are_loaded_says_so() {
    let (answers, loaded) = unbounded_channel();
    let mut sites = Sites { answers, asked: Arc::default() };
    let vi = lurker::shell::vi_keys().expect("the keys");
    drive_with_keys(vi, "north", &mut sites, loaded, async |driver| {
        driver.wait_for("1/30").await;
        driver.keys("4 0 G").wait_for("only 30 are loaded so far").await;
        driver.wait_for("30/60").await;
        driver.keys("4 0 G").wait_for("40/60").await;
        driver.keys("9 9 G").wait_for("only 60 stories are here").await;
    })
    .await;
}

/// The numbers of the stories on the screen, from the top.
fn numbers(screen: &str) -> Vec<usize> {
    let number = |line: &str| line.split_once("Story ")?.1.split(' ').next()?.parse().ok();
    screen.lines().filter_map(number).collect()
}

#[tokio::test]
async fn a_list_takes_another_order_and_the_reader_stays_on_their_story() {
    open("north", USUAL, async |driver, asked| {
        driver.wait_for("1/30").await;
        driver.keys("j j").wait_for("3/30").await;
        driver.key("s").wait_for("most points first").await;
        let screen = driver.wait_for("as listed (now)").await;
        assert!(screen.contains("most new comments first") && screen.contains("newest first"), "{screen}");
        // The reader stays on their story, and is told where the first of that order is.
        driver.key("p").wait_for("most points first; 19 above, g goes to the first; z takes that back").await;
        driver.key("k").wait_for("points 27/30").await;
        assert!(driver.here().contains("Story 4 of"), "{}", driver.screen());
        driver.key("g").wait_for("points 1/30").await;
        assert_eq!(numbers(&driver.screen())[..3], [30, 29, 28]);
        // Nobody asked for more, at the end either; past it, another page comes and is sorted in, and nobody is moved.
        driver.key("G").wait_for("points 30/30").await;
        assert_eq!(asked(), ["north"]);
        driver.key("j").wait_for("points 60/60").await;
        assert_eq!(asked(), ["north", "north 2"]);
        assert!(driver.here().contains("Story 1 of"), "{}", driver.screen());
        driver.key("g").wait_for("points 1/60").await;
        assert_eq!(numbers(&driver.screen())[..3], [60, 59, 58]);
        // A number still means the story before which it stands, and a thread is left to the same line.
        driver.keys(": 5 8 enter").wait_for("points 3/60").await;
        driver.key("enter").wait_for("Comment 1 of https://north.example/top/58").await;
        driver.key("}").wait_for("Comment 1 of https://north.example/top/57").await;
        driver.key("q").wait_for("points 4/60").await;
        // Undone, the reader is where they changed it.
        driver.key("z").wait_for("as listed").await;
        assert!(driver.here().contains("Story 3 of"), "{}", driver.screen());
        driver.key("k").wait("no order", |screen| screen.contains(" 2/60") && !screen.contains("points 2/60")).await;
        driver.keys("s esc k").wait_for("1/60").await;
        driver.keys("s s").wait_for("as listed, as before").await;
    })
    .await;
}

/// Clicks on these words.
fn click<'a>(driver: &'a mut Driver, words: &str) -> &'a mut Driver {
    let screen = driver.screen();
    let place = screen.lines().zip(0..).find_map(|(line, y)| Some((line.split_once(words)?.0.chars().count(), y)));
    let (x, y) = place.expect("the words");
    driver.send(Event::Click(x, y))
}

#[tokio::test]
async fn where_the_chosen_story_is_hidden_the_next_one_is_chosen_until_it_is_back() {
    open("north", USUAL, async |driver, _| {
        driver.wait_for("1/30").await;
        for number in ["2", "3", "5"] {
            driver.keys(&format!(": {number} enter")).wait_for(&format!("{number}/30")).await;
            driver.key("enter").wait_for(&format!("Discussion of https://north.example/top/{number}")).await;
            driver.key("q").wait_for(&format!("{number}/30")).await;
        }
        driver.keys("k k").wait_for("3/30").await;
        driver.key("H").wait_for("what you have opened is hidden").await;
        assert!(driver.here().contains("Story 4 of top"), "{}", driver.screen());
        driver.key("H").wait_for("all stories").await;
        assert!(driver.here().contains("Story 3 of top"), "{}", driver.screen());
        // Who has moved stays where they are; a filter is no move, and the story under it stays too.
        driver.keys("H j").wait_for("3/27").await;
        driver.keys("H").wait_for("6/30").await;
        driver.keys("k H").wait_for("what you have opened is hidden").await;
        assert!(driver.here().contains("Story 6 of top"), "{}", driver.screen());
        // The next one may be of the page that came last.
        driver.keys("H G").wait_for(" 30/").await;
        driver.key("enter").wait_for("Discussion of https://north.example/top/30").await;
        driver.keys("q H").wait_for("what you have opened is hidden").await;
        assert!(driver.here().contains("Story 31 of top"), "{}", driver.screen());
        driver.keys("H").wait_for(" 30/").await;
    })
    .await;
}

#[tokio::test]
async fn an_order_is_chosen_with_the_mouse_alone() {
    let options = Options { sites: ["north", "dead", "south"].map(str::to_owned).to_vec(), ..Options::default() };
    let (answers, loaded) = unbounded_channel();
    let mut sites = Sites { answers, asked: Arc::default() };
    drive_with(options, "north", &mut sites, loaded, (160, 24), async |driver| {
        driver.wait_for("1/30").await;
        click(driver, "s order").wait_for("most comments first").await;
        // From the first story the way leads to the first one.
        click(driver, "most comments first").wait_for("most comments first; z takes that back").await;
        assert!(driver.here().contains("Story 30 of"), "{}", driver.screen());
        driver.key("z").wait_for("as listed").await;
        assert!(driver.here().contains("Story 1 of"), "{}", driver.screen());
        driver.keys("j k").wait_for("1/30").await;
        click(driver, "s order").wait_for("most comments first").await;
        click(driver, "most comments first").wait_for("most comments first; z takes that back").await;
        assert_eq!(numbers(&driver.screen())[..3], [30, 29, 28]);
        // At the end the wheel asks for more.
        driver.key("G").wait_for("comments 30/30").await;
        driver.send(Event::Wheel(1, 80)).wait_for("comments 60/60").await;
        // The name of an order is a button for another one.
        click(driver, "comments  60/60").wait_for("most points first").await;
        click(driver, "as listed").wait_for("as listed; z takes that back").await;
    })
    .await;
}
