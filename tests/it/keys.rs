//! Whatever names a key takes it from the key map in force: a reader who has bound every command to another key.

use std::collections::HashSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use lurker::app::{App, Command, Entry, Event, Key, KeyMap, Options, Scope, Span, plain};
use lurker::model::{self, Advice, Builder, Cause, Draft, Heading, Listing, LoadError, Said, Story, Tab, Text, Thread};
use lurker::ui::{Styles, draw};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};
use regex::Regex;

const SIZE: (u16, u16) = (120, 40);
const NOW: i64 = 1_791_400_000;

/// Words that name a key of the shipped map, and none of these tests' own words. An `a` may be an article, and signs and
/// digits stand for much else.
const SHIPPED: [&str; 16] =
    ["Enter", "Esc", "Space", "Tab", "Backspace", "Home", "End", "PgUp", "PgDn", "↑", "↓", "←", "→", "?", "/", "="];

/// What no config can rebind: keys of a line that is typed, and the one that closes an overlay.
const FIXED: [&str; 5] = ["Enter goes", "Esc gives up", "Esc closes", "Enter or a letter", "Tab this comment"];

/// What is said behind a key, and the command that does it. All of these are seen on the walk.
const SAID: [(&str, &str); 25] = [
    ("stops", "cancel"),
    ("stop loading", "cancel"),
    ("clears it", "cancel"),
    ("clear the filter", "cancel"),
    ("end search", "cancel"),
    ("try again", "reload"),
    ("tries again", "reload"),
    ("loads it again", "reload"),
    ("loads it all", "reload"),
    ("goes to these", "next-new"),
    ("goes back", "jump-back"),
    ("goes up to them", "previous-top"),
    ("shows the keys", "help"),
    ("all keys", "help"),
    ("help", "help"),
    ("searches", "search"),
    ("filters,", "filter-list"),
    ("resets them", "automatic"),
    ("quits", "leave"),
    ("quit", "leave"),
    ("open in the browser", "browse-story"),
    ("opens,", "toggle"),
    ("copies,", "copy-link"),
    ("read", "open-thread"),
    ("hide hints", "hints"),
];

/// The key that a command has here: a sign of its own, which nothing else on the screen is.
fn sign(name: &str) -> char {
    let place = Command::entries().position(|entry| entry.name == name).expect("a command's name") as u32;
    char::from_u32(0x2460 + place).expect("a circled sign")
}

fn rebound() -> KeyMap {
    let mut keys = KeyMap::default();
    for entry in Command::entries() {
        keys.bind(entry.name, [sign(entry.name).to_string().as_str()]).expect("a key of its own");
    }
    keys
}

/// A reader with those keys, and all that the screen has shown.
struct Walk {
    app: App,
    seen: Vec<String>,
    /// The lines on which a key was clicked, and its column.
    clicked: HashSet<(String, u16)>,
    request: u64,
}

impl Walk {
    fn new(target: &str) -> Self {
        let size = (SIZE.0.into(), SIZE.1.into());
        let mut app = App::new(target.to_owned(), rebound(), Options::default(), size, NOW);
        app.start();
        let mut walk = Self { app, seen: Vec::new(), clicked: HashSet::new(), request: 1 };
        walk.look();
        walk
    }

    fn send(&mut self, event: Event) -> &mut Self {
        self.app.update(event, NOW);
        self.look();
        self
    }

    fn press(&mut self, name: &str) -> &mut Self {
        self.send(Event::Key(Key::parse(&sign(name).to_string()).expect("a key")))
    }

    fn type_line(&mut self, text: &str) -> &mut Self {
        // At once, for half a word looks like a key.
        self.send(Event::Paste(text.to_owned())).plain("enter")
    }

    fn plain(&mut self, key: &str) -> &mut Self {
        self.send(Event::Key(Key::parse(key).expect("a key")))
    }

    /// Loads again and gives the number of the request.
    fn reload(&mut self) -> u64 {
        self.press("reload");
        self.request += 1;
        self.request
    }

    fn arrive(&mut self, request: u64, comments: u32, stated: u32) -> &mut Self {
        let thread = Arc::new(thread(comments));
        self.send(Event::Arrived { request, thread, loaded: comments, stated: Some(stated) });
        self.send(Event::Complete(request))
    }

    /// Takes down everything that can be read: the screen, the message, and all lines of an overlay.
    fn look(&mut self) {
        self.seen.extend(self.app.message().map(|message| message.words().to_owned()));
        if let Some(content) = self.app.overlay().map(|overlay| self.app.overlay_content(overlay)) {
            let foot = content.foot.iter().map(|hint| format!("{} {}", hint.name, hint.does));
            self.seen.push(foot.collect::<Vec<_>>().join(", "));
            let words = |piece: &Span| match piece {
                Span::Words(words, _) | Span::Keys(words) | Span::Link(words, _) => words.clone(),
                Span::Glyph(_) | Span::To(_) => " ".to_owned(),
            };
            self.seen.extend(content.lines.iter().map(|line| line.iter().map(words).collect::<String>()));
            // Of the screen below it, only halves of words show.
            return;
        }
        let buffer = drawn(&self.app);
        if self.app.prompt().is_none() {
            self.click_all(&buffer);
        }
        let lines = buffer.content.chunks(usize::from(SIZE.0));
        self.seen.extend(lines.map(|cells| cells.iter().map(Cell::symbol).collect::<String>()));
    }

    /// Clicks on every key that the screen names, each for itself: it is lit, and the click does what the key does.
    fn click_all(&mut self, buffer: &Buffer) {
        for y in 0..SIZE.1 {
            let line: String = (0..SIZE.0).map(|x| buffer[(x, y)].symbol()).collect();
            let in_vain = if line.contains(" does nothing here") { SIZE.0 / 8 } else { 0 };
            for x in (in_vain..SIZE.0).filter(|&x| is_sign(buffer[(x, y)].symbol())) {
                if !self.clicked.insert((line.clone(), x)) {
                    continue;
                }
                let cell = &buffer[(x, y)];
                // On the bar of the status line, which is light in the dark, a colour would be louder than the page.
                let on_bar = Modifier::REVERSED.union(Modifier::UNDERLINED).union(Modifier::BOLD);
                let is_among_dim = buffer[((x + 2).min(SIZE.0 - 1), y)].modifier.contains(Modifier::DIM);
                let is_heavier = cell.modifier.contains(Modifier::BOLD) || is_among_dim;
                let is_lit = cell.modifier.contains(on_bar) || (cell.fg == Color::Cyan && is_heavier);
                assert!(is_lit, "not lit: {line}");
                let after = |events: &[Event]| {
                    let mut app = self.app.clone();
                    let effects: Vec<_> = events.iter().flat_map(|event| app.update(event.clone(), NOW)).collect();
                    (format!("{effects:?}"), drawn(&app))
                };
                let clicked = after(&[Event::Click(x.into(), y.into()), Event::Release]);
                let pressed = after(&[Event::Key(Key::parse(cell.symbol()).expect("a key"))]);
                assert!(clicked == pressed, "a click on {} at {x} of {line:?}", cell.symbol());
            }
        }
    }

    /// Holds all that was seen against the rules, and gives it.
    fn checked(self) -> String {
        let wrong: Vec<_> = self.seen.iter().filter_map(|line| Some((wrong_key(line)?, line.trim()))).collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
        self.seen.join("\n")
    }
}

fn is_sign(symbol: &str) -> bool {
    symbol.chars().all(|sign| ('\u{2460}'..'\u{2500}').contains(&sign))
}

fn drawn(app: &App) -> Buffer {
    let area = Rect::new(0, 0, SIZE.0, SIZE.1);
    let mut buffer = Buffer::empty(area);
    draw(app, &Styles::new(true, false), area, &mut buffer);
    buffer
}

/// The first word of a line that names a key which does not do what is said of it.
fn wrong_key(line: &str) -> Option<String> {
    // A key that was pressed in vain may be any.
    let line = line.split_once(" does nothing here").map_or(line, |(_, after)| after);
    let line = FIXED.iter().fold(line.to_owned(), |line, fixed| line.replace(fixed, ""));
    let words: Vec<&str> =
        line.split_whitespace().map(|word| word.trim_matches([';', ',', '.', ':', '(', ')'])).collect();
    for (at, word) in words.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|before| words.get(before)).copied().unwrap_or_default();
        let is_letter = word.len() == 1 && word.chars().all(char::is_alphabetic) && *word != "a";
        let is_seconds = *word == "s" && before.parse::<u32>().is_ok();
        let is_function = word.strip_prefix('F').is_some_and(|number| number.parse::<u8>().is_ok());
        let has_modifier = ["Ctrl-", "Alt-", "Shift-"].iter().any(|modifier| word.starts_with(modifier));
        if is_letter && !is_seconds || is_function || has_modifier || SHIPPED.contains(word) {
            return Some((*word).to_owned());
        }
    }
    let wrong = SAID.iter().find(|(says, name)| {
        let is_said = line.split_once(says).filter(|(_, after)| !after.starts_with(char::is_alphabetic));
        let key = is_said.and_then(|(before, _)| before.strip_suffix(' ')?.chars().next_back());
        let does = |key: char, entry: &Entry| key == sign(entry.name) && entry.help.contains(says);
        // The way out of a page is said in the same words as other things.
        let may =
            |key| Command::entries().any(|entry| does(key, entry)) || *says == "goes back" && key == sign("leave");
        let is_sign = |key: &char| ('\u{2460}'..'\u{2500}').contains(key);
        key.filter(is_sign).is_some_and(|key| key != sign(name) && !may(key))
    });
    wrong.map(|(says, _)| (*says).to_owned())
}

fn thread(comments: u32) -> Thread {
    let mut builder = Builder::default();
    for id in 1..=comments {
        let mut body = Text::unmarked(format!("Words of comment {id}."));
        body.links.push("https://example.org/here".to_owned());
        let (id, parent) = (id.to_string(), (id % 3 == 2).then(|| (id - 1).to_string()));
        let score = Some(i32::try_from(comments % 7).expect("a small number"));
        let draft = Draft {
            id: &id,
            parent: parent.as_deref(),
            author: Some("ann"),
            body: body.borrow(),
            score,
            ..Draft::default()
        };
        builder.push(&draft);
    }
    let url = "https://news.example/lamps".to_owned();
    let link = "https://example.org/lamps".to_owned();
    builder.finish(Story { title: "Lamps".to_owned(), url, link, ..Story::default() })
}

fn listing() -> Listing {
    let tab = |label: &str| Tab { label: label.to_owned(), target: format!("north/{label}") };
    let heading = Heading {
        site: "north".to_owned(),
        title: "The north".to_owned(),
        url: "https://news.example/".to_owned(),
        tabs: ["top", "new", "best"].map(tab).to_vec(),
        search: Some("north/search:".to_owned()),
        target: "north/top".to_owned(),
    };
    let entry = |number: u32| model::Entry {
        title: format!("Story {number}"),
        url: format!("https://news.example/{}", if number == 1 { "lamps".to_owned() } else { number.to_string() }),
        ..model::Entry::default()
    };
    Listing { heading, entries: (1..=5).map(entry).collect(), ..Listing::default() }
}

fn broken() -> LoadError {
    LoadError::other("news.example", "broke off").advise(Advice::Retry).advise(Advice::Browser)
}

fn walk_a_thread() -> String {
    let mut walk = Walk::new("https://news.example/lamps");
    walk.send(Event::Failed(1, broken())).press("help").plain("esc");
    let request = walk.reload();
    walk.arrive(request, 2, 5);
    let request = walk.reload();
    walk.arrive(request, 9, 9);
    walk.reload();
    walk.press("cancel");
    let request = walk.reload();
    walk.send(Event::Failed(request, broken()));
    walk.plain("x").press("next-match").press("cancel");
    walk.press("filter").type_line("by:ann").press("hide-more").press("cancel");
    walk.press("search").type_line("words").press("cancel");
    walk.press("fold-all").press("hide-more").press("open-all").press("hide-less").press("automatic");
    walk.press("min-score")
        .type_line("99")
        .press("bottom")
        .press("toggle")
        .press("up")
        .press("toggle")
        .press("automatic");
    walk.press("filter")
        .type_line("\"comment 1.\"")
        .press("top")
        .press("down")
        .press("down")
        .press("toggle")
        .press("cancel");
    walk.press("min-score")
        .type_line("-1")
        .press("top")
        .press("down")
        .press("links")
        .plain("esc")
        .press("why")
        .plain("esc");
    walk.press("automatic").press("top").press("toggle").press("filter").type_line("zebra").press("cancel");
    walk.press("down").press("fold-or-parent").press("fold-or-parent");
    walk.press("top").press("ancestors");
    walk.press("sort").plain("down").plain("n").press("undo").press("sort").press("sort");
    walk.press("down").press("ancestors").plain("esc").press("help").plain("esc");
    walk_all(&mut walk);
    walk.checked()
}

fn walk_lists() -> String {
    let mut walk = Walk::new("north");
    walk.send(Event::Failed(1, broken()));
    let request = walk.reload();
    walk.send(Event::Listed { request, listing: Arc::new(listing()) }).send(Event::Complete(request));
    walk.plain("x").press("cancel").press("help").plain("esc");
    walk.press("filter-list").type_line("story").press("cancel").press("search-site").plain("esc");
    walk.press("open-thread").arrive(3, 9, 9).press("bottom").press("read-on");
    walk.press("leave").press("open-thread").press("leave");
    walk.press("filter-list").type_line("zebra").press("cancel").press("hide-read").press("hide-read");
    walk_all(&mut walk);
    walk.checked()
}

/// A thread of which all is read but what is folded away.
fn walk_folds() -> String {
    let mut walk = Walk::new("https://news.example/lamps");
    walk.arrive(1, 9, 9).press("fold-all").send(Event::Drawn).press("next-new").press("next-new");
    walk.checked()
}

/// The built-in discussion before anything is done in it.
fn walk_first_steps() -> String {
    let mut walk = Walk::new("demo");
    walk.arrive(1, 9, 9);
    walk.checked()
}

/// Lists without stories, of the reader's own and of a site.
fn walk_empty_lists() -> String {
    let mut walk = Walk::new("north");
    let of = |target: &str| Listing {
        heading: Heading { target: target.to_owned(), ..listing().heading },
        ..Listing::default()
    };
    for target in ["saved", "people"] {
        walk.send(Event::Listed { request: walk.request, listing: Arc::new(of(target)) });
        walk.send(Event::Complete(walk.request));
        walk.reload();
    }
    walk.send(Event::Failed(walk.request, broken()));
    let request = walk.reload();
    let only = listing().entries.into_iter().take(1).collect();
    let more = Listing { entries: only, next: Some("2".to_owned()), ..listing() };
    walk.send(Event::Listed { request, listing: Arc::new(more) }).send(Event::Complete(request)).press("cancel");
    // The further page was asked for in between.
    walk.press("open-thread").arrive(request + 2, 9, 9).press("leave").press("hide-read").press("cancel");
    walk.checked()
}

/// A list in an order of which the first stories are above the screen.
fn walk_orders() -> String {
    let mut walk = Walk::new("north");
    let like = listing().entries[0].clone();
    let numbered = |number: u32| lurker::model::Entry {
        id: number.to_string(),
        url: format!("https://north.example/{number}"),
        comments: Some(number),
        ..like.clone()
    };
    let entries = (0..200).map(numbered).collect();
    walk.send(Event::Listed { request: walk.request, listing: Arc::new(Listing { entries, ..listing() }) });
    walk.send(Event::Complete(walk.request)).press("down").press("sort-list").plain("c");
    walk.checked()
}

/// Gives every command but those that leave, and closes what that opens.
fn walk_all(walk: &mut Walk) {
    for entry in Command::entries().filter(|entry| !matches!(entry.name, "leave" | "quit" | "suspend")) {
        walk.press(entry.name).plain("esc");
    }
}

#[test]
fn every_key_that_is_named_does_it_and_is_a_button() {
    let seen =
        walk_a_thread() + &walk_lists() + &walk_folds() + &walk_empty_lists() + &walk_first_steps() + &walk_orders();
    let unseen: Vec<_> = SAID.iter().filter(|(says, name)| !seen.contains(&format!("{} {says}", sign(name)))).collect();
    assert!(unseen.is_empty(), "never seen: {unseen:?}");
    for says in ["try again with", "in the browser with", "Enter goes", "Esc closes", "so by score", "Words of"] {
        assert!(seen.contains(says), "never seen: {says}");
    }
    let flat = seen.split_whitespace().collect::<Vec<_>>().join(" ");
    let unseen: Vec<_> = said_in_sources().into_iter().filter(|says| !is_said_of_a_key(&flat, says)).collect();
    assert!(unseen.is_empty(), "said of keys in the sources, but never seen: {unseen:?}");
    assert!(!seen.contains("2 to 9") && !seen.contains(" 1 top"), "{seen}");
}

/// What the sources of messages say of keys: the words behind them.
fn said_in_sources() -> Vec<String> {
    let named = Regex::new(r#"key_(?:for|with)\((?:[^;{}]*?)"([^"{}]+)"\)"#).expect("a pattern");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/app");
    let files = fs::read_dir(folder).expect("the sources").map(|file| file.expect("a file").path());
    let sources = files.filter(|path| path.is_file()).map(|path| fs::read_to_string(path).expect("a source"));
    let said = sources
        .flat_map(|source| named.captures_iter(&source).map(|found| found[1].trim().to_owned()).collect::<Vec<_>>());
    said.collect()
}

fn is_said_of_a_key(seen: &str, says: &str) -> bool {
    seen.match_indices(says).any(|(at, _)| {
        seen.get(..at)
            .and_then(|before| before.strip_suffix(' '))
            .is_some_and(|before| before.ends_with(|sign| ('\u{2460}'..'\u{2500}').contains(&sign)))
    })
}

/// Commands whose second use shows nothing new for a reason of its own: the terminal shows or the system does what they ask for.
const SILENT: [&str; 1] = ["redraw"];

#[test]
fn no_command_of_a_thread_does_nothing_without_a_word() {
    let mut walk = Walk::new("https://news.example/lamps");
    walk.arrive(1, 9, 9);
    let starts = [&[][..], &["down"], &["bottom"], &["fold-all", "down"], &["hide-more", "bottom"]];
    assert_none_is_silent(&walk.app, &starts, Scope::List);
}

#[test]
fn no_command_of_a_list_does_nothing_without_a_word() {
    let mut walk = Walk::new("lobsters");
    walk.send(Event::Listed { request: 1, listing: Arc::new(listing()) });
    walk.send(Event::Complete(1));
    assert_none_is_silent(&walk.app, &[&[], &["down"], &["bottom"], &["hide-read"]], Scope::Thread);
}

/// From each start, every command but those of the other pages changes the screen, asks for something or says why not, also
/// when it comes twice.
fn assert_none_is_silent(page: &App, starts: &[&[&str]], other: Scope) {
    let entries = || Command::entries().filter(|entry| entry.command.scope() != other && !SILENT.contains(&entry.name));
    let mut silent = Vec::new();
    for (start, entry) in starts.iter().flat_map(|start| entries().map(move |entry| (start, entry))) {
        let mut app = page.clone();
        let press = |app: &mut App, name: &str| {
            app.update(Event::Key(Key::parse(&sign(name).to_string()).expect("a key")), NOW)
        };
        for name in *start {
            press(&mut app, name);
        }
        for _ in 0..2 {
            let before = drawn(&app);
            let effects = press(&mut app, entry.name);
            let says = app.message().is_some() || app.prompt().is_some() || app.overlay().is_some();
            if !says && effects.is_empty() && drawn(&app) == before {
                silent.push((entry.name, *start));
            }
        }
    }
    assert!(silent.is_empty(), "{silent:?}");
}

#[test]
fn the_rules_find_a_wrong_key() {
    for wrong in ["O opens it", "try again with r", "the filter; Esc clears it", "Ctrl-L draws", "(F2)"] {
        assert!(wrong_key(wrong).is_some(), "{wrong}");
    }
    assert!(wrong_key(&format!("{} tries again", sign("help"))).is_some());
    assert_eq!(wrong_key(&format!("Esc closes, a comment, 5 s  {} tries again", sign("reload"))), None);
}

#[test]
fn what_is_printed_names_no_key() {
    let causes = [
        Cause::Pending,
        Cause::NotFound { what: "such story".to_owned(), status: Some(404) },
        Cause::RateLimited(429),
        Cause::Unavailable(Said::default()),
        Cause::Refused(Said::default()),
        Cause::LoginRequired(Said::default()),
        Cause::BrowserCheck(403),
        Cause::Status(Said::default()),
        Cause::Empty,
    ];
    let advice =
        [Advice::Retry, Advice::RetryLater, Advice::RetryIn(std::time::Duration::from_secs(9)), Advice::Browser];
    for cause in causes {
        let error = LoadError { advice: advice.to_vec(), ..LoadError::new("news.example", cause) };
        let line = plain(&error);
        assert_eq!(wrong_key(&line), None, "{line}");
        assert!(!line.contains("again with") && line.contains("a browser"), "{line}");
    }
}
