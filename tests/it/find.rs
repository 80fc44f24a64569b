//! Finding: queries and what is wrong with them, search, news, modifiers; as tables and against slow and simple models.

use crate::support::{query_model, random, trees};
use std::sync::Arc;

use lurker::model::{Comment, Entry, Flags, Listing, Mark, MarkKind, Story, Text, Thread};
use lurker::print::{self, TextOptions};
use lurker::view::{
    Authors, Freshness, Geometry, ListRules, ListView, Order, Query, ReadingSpeed, Search, Seen, Selection, ThreadView,
    Thresholds, Visibility,
};
use query_model::{StoryWish, ToldStory, Wish, as_modifiers, find};
use random::{Rng, seeds};
use regex::Regex;
use trees::{Plan, build, forest};

const SCREEN: Geometry = Geometry { width: 80, height: 20, text_width: 100 };

fn plan(id: &str, parent: Option<&str>, author: &str, score: Option<i32>, label: &str, text: &str) -> Plan {
    Plan {
        id: id.to_owned(),
        parent: parent.map(str::to_owned),
        author: (!author.is_empty()).then(|| author.to_owned()),
        score,
        label: label.to_owned(),
        body: Text::unmarked(text),
        ..Plan::default()
    }
}

/// Six comments, with something for every kind of term.
fn talk() -> Vec<Plan> {
    let mut plans = vec![
        plan("a", None, "Ann Example", Some(5), "Insightful", "The kettle boils: 100°C.\n\nTea (green)\nfor two"),
        plan("b", Some("a"), "bob", Some(2), "Funny", "A kettle is a pot. std::kettle"),
        plan("c", Some("b"), "ČENĚK", Some(-1), "", "No -- see https://example.org/a/b"),
        plan("d", Some("a"), "", None, "", ""),
        plan("e", None, "Bob", Some(0), "funny", "say \"tea\" AND \\ wait"),
        plan("f", Some("e"), "ann", Some(3), "Half Funny", "Kettles"),
    ];
    plans[1].flags = Flags { op: true, ..Flags::default() };
    plans[3].flags = Flags { anonymous: true, ..Flags::default() };
    plans[3].subject = String::from("Re: Straße nach Ένα");
    plans[2].body.links.push("https://example.org/a/b".to_owned());
    plans[2].body.marks.push(Mark { start: 10, end: 33, kind: MarkKind::Link(0) });
    plans[1].body.marks.push(Mark { start: 19, end: 30, kind: MarkKind::Literal });
    plans[4].body.marks.push(Mark { start: 0, end: 9, kind: MarkKind::Code });
    for (plan, account) in plans.iter_mut().zip(["7", "90", "99", "100", "", "96"]) {
        account.clone_into(&mut plan.author_id);
    }
    plans
}

fn thread(plans: &[Plan]) -> Arc<Thread> {
    let (site, url) = ("north".to_owned(), "https://books.north.example/r/tea/comments/1".to_owned());
    Arc::new(build(plans, Story { site, url, score_range: Some((-1, 5)), ..Story::default() }))
}

fn view(plans: &[Plan]) -> ThreadView {
    ThreadView::new(thread(plans), Thresholds::new(Some(1), Some(4)), SCREEN)
}

/// The ids of the comments that meet a query.
fn met(view: &mut ThreadView, query: &str) -> String {
    view.set_filter(Some(Query::parse(query).expect(query)));
    let met = view.thread().iter().filter(|comment| view.mode(comment.index()).name() == "full");
    met.map(Comment::id).collect()
}

#[test]
fn queries_mean_what_they_say() {
    let mut view = view(&talk());
    view.set_seen(["a", "b", "c", "d"].iter().map(|id| ((*id).to_owned(), Some(0))).collect());
    for (query, expected) in [
        // Words and phrases, in any case unless one letter is upper case.
        ("kettle", "abf"),
        ("Kettle", "f"),
        ("KETTLE", ""),
        ("čeněk", "c"),
        ("tea kettle", "a"),
        ("  tea   kettle  ", "a"),
        ("\"green) for\"", "a"),
        ("\"a kettle\"", "b"),
        ("STRASSE", ""),
        ("straße", "d"),
        ("ένα", "d"),
        // Words that look like something else.
        ("std::kettle", "b"),
        ("https://example.org/a/b", "c"),
        ("boils:", "a"),
        ("\"-- see\"", "c"),
        ("--", "abdef"),
        ("\"say \\\"tea\\\" And \\\\\"", ""),
        ("\"say \\\"tea\\\" AND \\\\\"", "e"),
        ("\"AND\"", "e"),
        ("100°c", "a"),
        // OR binds weaker than standing side by side.
        ("by:ann OR kettle is:op", "bf"),
        ("kettle OR by:bob -kettle", "abef"),
        ("or", "ac"),
        // Negation.
        ("-kettle", "cde"),
        ("-\"a kettle\" kettle", "af"),
        ("-score:>=2", "cde"),
        ("-is:op -is:anon", "acef"),
        // Nicks and labels are whole, in any case.
        ("by:bob", "be"),
        ("by:BOB", "be"),
        ("by:čeněk", "c"),
        ("by:Ann", "f"),
        ("by:\"ann example\"", "a"),
        ("label:funny", "be"),
        ("label:\"half FUNNY\"", "f"),
        ("LABEL:Insightful", "a"),
        // Scores; one that is not known meets none.
        ("score:>=3", "af"),
        ("score:>3", "a"),
        ("score:<0", "c"),
        ("score:<=0", "ce"),
        ("score:=0", "e"),
        ("score:-1", "c"),
        ("score:0..3", "bef"),
        ("score:..0", "ce"),
        ("score:3..", "af"),
        ("score:4..2", ""),
        ("score:>2147483647", ""),
        ("score:<-2147483648", ""),
        // Facts.
        ("is:op", "b"),
        ("is:anon", "d"),
        ("is:new", "ef"),
        ("is:risen", "abd"),
        ("-is:new -is:RISEN", "c"),
        ("has:link", "c"),
        ("has:code", "be"),
        ("-has:code -has:link", "adf"),
        // Length: more than, and fewer than but not none.
        ("longer:30", "ac"),
        ("longer:33", "a"),
        ("shorter:31", "bef"),
        ("shorter:30", "ef"),
        ("-longer:0", "d"),
        // Accounts; the highest number is that of a comment with a name.
        ("user:>=96", "cf"),
        ("user:7..90", "ab"),
        ("user:newest", "cf"),
        ("user:Newest -by:ann", "c"),
        // Places, which are those of the thread.
        ("site:NORTH by:bob", "be"),
        ("site:north.example is:op", "b"),
        ("site:books.north.example is:op", "b"),
        ("site:south", ""),
        ("site:orth.example", ""),
        ("in:tea is:op", "b"),
        ("in:/r/Tea is:op", "b"),
        ("in:books is:op", "b"),
        ("in:north", ""),
        ("-in:tea", ""),
        // Expressions.
        ("re:/\\bkettle\\b/", "ab"),
        ("re:/^tea/", "a"),
        ("re:/(?-i)^tea/", ""),
        ("re:/^TEA/", ""),
        ("re:/^for two$/", "a"),
        ("re:/org\\/a\\/b/", "c"),
        ("re:/a pot. \\w+/ is:op", "b"),
        ("-re:/e/", ""),
    ] {
        assert_eq!(met(&mut view, query), expected, "{query}");
    }
}

const KEYS: &str = "by: score: label: is: has: longer: shorter: user: site: in: re:; in quotes it is a word";
const STORY_KEYS: &str = "by: score: points: is: has: title: domain: comments: site: in: re:; in quotes it is a word";
const NUMBER: &str = "needs a whole number, perhaps with > >= < <= = before it, or a range as 2..4";

#[test]
fn what_is_wrong_with_a_query_for_stories_is_shown() {
    for (query, under, says) in [
        ("rust label:funny", "label:funny", &*format!("label: means nothing for stories; there are {STORY_KEYS}")),
        ("tag:rust", "tag:rust", &*format!("there is no tag: here, only {STORY_KEYS}")),
        ("longer:9", "longer:9", &*format!("longer: means nothing for stories; there are {STORY_KEYS}")),
        ("is:op", "op", "is:op means nothing for stories; there are is:new, is:read, is:followed"),
        ("-is:risen", "risen", "is:risen means nothing for stories; there are is:new, is:read, is:followed"),
        ("has:code", "code", "has:code means nothing for stories; there is has:link"),
        ("title:\"", "\"", "this quote is not closed"),
        ("comments:many", "many", NUMBER),
        ("title:", "", "title: needs a value right after it"),
    ] {
        let error = Query::for_stories(query).map(|_| ()).expect_err(query);
        assert_eq!((query.get(error.at..), error.says.as_str()), (Some(under), says), "{query}");
    }
}

#[test]
fn what_is_wrong_with_a_query_is_shown() {
    for (query, under, says) in [
        ("", "", "nothing to search for"),
        ("   ", "", "nothing to search for"),
        ("OR tea", "OR tea", "OR needs a term before it"),
        ("tea OR OR cup", "OR cup", "OR needs a term before it"),
        ("tea OR ", "OR ", "OR needs a term after it"),
        ("日本 \"open", "\"open", "this quote is not closed"),
        ("by:\"open", "\"open", "this quote is not closed"),
        ("tea \"\"", "\"\"", "there is nothing between the quotes"),
        ("\"a\"b", "b", "a space is missing before this"),
        ("by:\"a\"b", "b", "a space is missing before this"),
        ("- tea", "- tea", "- needs a term right after it"),
        ("tea -", "-", "- needs a term right after it"),
        ("-by:", "", "by: needs a value right after it"),
        ("lable:funny", "lable:funny", &*format!("there is no lable: here, only {KEYS}")),
        ("tea -from:me", "from:me", &*format!("there is no from: here, only {KEYS}")),
        ("tea -title:x", "title:x", &*format!("title: means nothing for comments; there are {KEYS}")),
        ("comments:>3", "comments:>3", &*format!("comments: means nothing for comments; there are {KEYS}")),
        ("score:high", "high", NUMBER),
        ("score:=>3", "=>3", NUMBER),
        ("score:..", "..", NUMBER),
        ("score:3.5", "3.5", NUMBER),
        ("user:new", "new", NUMBER),
        ("longer:>3", ">3", "needs a number of characters"),
        ("a shorter:-3", "-3", "needs a number of characters"),
        ("is:old", "old", "there is no is:old, only is:op, is:new, is:risen, is:anon, is:read, is:followed"),
        ("has:pictures", "pictures", "there is no has:pictures, only has:link, has:code"),
        ("tea AND cup", "AND cup", "terms side by side must all match: leave AND out; in quotes it is a word"),
        ("NOT tea", "NOT tea", "- right before a term negates it; in quotes it is a word"),
        ("by:a (b OR c)", "(b OR c)", "there are no parentheses; in quotes they are words"),
        ("re:tea", "re:tea", "an expression stands between slashes: re:/…/"),
        ("re:", "re:", "an expression stands between slashes: re:/…/"),
        ("re://", "/", "nothing between the slashes"),
        ("re:/tea", "", "this expression needs a / at its end"),
        ("re:/tea\\/", "", "this expression needs a / at its end"),
        ("re:/a/i", "i", "a space is missing before this"),
        ("日本 re:/é(/ x", "(/ x", "unclosed group"),
        ("re:/^a(/ x", "(/ x", "unclosed group"),
        ("re:/a\\/[z/ x", "[z/ x", "unclosed character class"),
        ("re:/a{5,2}/", "{5,2}/", "invalid repetition count range, the start must be <= the end"),
        ("re:/a\\/ y/", "", ""),
        ("re:/\\pq/", "\\pq/", "Unicode property not found"),
        ("re:/((((a{99}){99}){99}){99})/", "((((a{99}){99}){99}){99})/", "this expression is too large"),
    ] {
        match Query::parse(query) {
            Ok(_) => assert_eq!(says, "", "{query}"),
            Err(error) => assert_eq!((query.get(error.at..), error.says.as_str()), (Some(under), says), "{query}"),
        }
    }
    let query = "日本 re:/é(/ x";
    let error = Query::parse(query).expect_err("the group is never closed");
    assert_eq!(error.caret(query), format!("{query}\n{}^", " ".repeat(10)));
    assert_eq!(Query::parse("tea\u{85}OR").expect_err("nothing follows").caret("tea\u{85}OR"), "tea OR\n    ^");
}

#[test]
fn whatever_is_typed_is_a_query_or_is_wrong_somewhere() {
    let pieces = [
        " ", " ", "OR", "-", "\"", "(", ")", "by:", "score:", "is:", "re:/", "/", "\\", "\\/", "日本", "a", "3", "..",
        ">", "=", "[", "{9}", "*", "x:", "::", "\u{301}", "\t", "\n", "new", "label:", "title:", "longer:", "in:",
        "read",
    ];
    seeds(1000, |rng| {
        let typed = rng.text(8, &pieces);
        for outcome in [Query::parse(&typed), Query::for_modifier(&typed), Query::for_stories(&typed)] {
            match outcome {
                Ok(query) => assert_eq!(query.text(), typed),
                Err(error) => {
                    assert!(typed.is_char_boundary(error.at) && !error.says.is_empty(), "{typed:?}: {error:?}");
                    assert_eq!(error.caret(&typed).lines().count(), 2, "{typed:?}");
                }
            }
        }
        if let Err(error) = Search::new(&typed) {
            assert!(typed.is_char_boundary(error.at), "{typed:?}: {error:?}");
        }
    });
}

#[test]
fn labels_are_counted_and_found() {
    let mut view = view(&talk());
    let labels: Vec<(String, u32)> =
        view.labels().into_iter().map(|(label, count)| (label.to_owned(), count)).collect();
    assert_eq!(
        labels,
        [("Funny", 1), ("Half Funny", 1), ("Insightful", 1), ("funny", 1)].map(|(l, n)| (l.to_owned(), n))
    );
    for (label, ids, text) in [("Funny", "be", "label:Funny"), ("Half Funny", "f", "label:\"Half Funny\"")] {
        let query = Query::of_label(label);
        assert_eq!(query.text(), text);
        assert_eq!(met(&mut view, query.text()), ids);
        view.set_filter(Some(query));
        assert_eq!(view.matching(), Some(ids.len() as u32));
    }
}

#[test]
fn a_search_finds_what_is_there_where_it_is() {
    let words = ["tea", "Tea", "é", "É", "日本", " ", "\n", "İ", "ẞ", "a", "b", "TEA", "naïve", "."];
    seeds(2000, |rng| {
        let text = rng.text(29, &words);
        let pattern = (*rng.pick(&words)).to_owned() + &rng.text(1, &words);
        let search = Search::new(&pattern).expect("words are no wrong pattern");
        assert_eq!(search.ranges(&text), find(&text, &pattern), "{pattern:?} in {text:?}");
    });
    // Offsets are those of the text, whatever its lower case would be, and expressions match no empty place.
    for (pattern, text, expected) in [
        ("x", "İİX x", vec![(4, 5), (6, 7)]),
        ("k", "\u{212a}k", vec![(0, 3), (3, 4)]),
        ("re:/b*/", "abbcb", vec![(1, 3), (4, 5)]),
        ("re:/^b/", "bb\nb", vec![(0, 1), (3, 4)]),
        ("a.c", "abc a.c", vec![(4, 7)]),
    ] {
        assert_eq!(Search::new(pattern).map(|search| search.ranges(text)), Ok(expected), "{pattern}");
    }
    for (typed, at, says) in [
        ("", 0, "nothing to search for"),
        ("re:/a/ b", 6, "the expression ends before this; a slash in it is \\/"),
        ("re:/(", 5, "this expression needs a / at its end"),
        ("re:/(/", 4, "unclosed group"),
    ] {
        let error = Search::new(typed).map(|_| ()).expect_err(typed);
        assert_eq!((error.at, error.says.as_str()), (at, says), "{typed}");
    }
}

#[test]
fn a_search_in_slices_is_a_search() {
    seeds(200, |rng| {
        let thread = thread(&forest(rng));
        let pattern = *rng.pick(&[
            "the",
            "THE",
            "日本",
            "a",
            "ČENĚK",
            "naïve",
            "k",
            "s",
            "n1",
            "http",
            "- a",
            "e\u{301} 日",
            "as",
            "sk",
            "ï",
        ]);
        let thread = match rng.below(4) {
            0 => Order::Newest.arrange(&thread),
            1 => Order::Flat.arrange(&thread),
            _ => thread,
        };
        let search = Search::new(pattern).expect("a word");
        let mut sliced = Vec::new();
        let mut start = 0;
        while start < thread.len() {
            let end = start + 1 + rng.below(9) as u32;
            sliced.extend(search.run(&thread, start..end));
            start = end;
        }
        let naive = thread.iter().filter(|comment| {
            let texts = [comment.subject(), comment.author().unwrap_or(""), comment.body().plain];
            texts.iter().any(|text| !find(text, pattern).is_empty())
        });
        assert_eq!(sliced, naive.map(Comment::index).collect::<Vec<_>>());
        assert_eq!(sliced, search.run(&thread, 0..u32::MAX));
    });
}

#[test]
fn expressions_are_found_where_they_are() {
    let pieces = [
        r"\b",
        r"\b",
        r"\B",
        r"\\b",
        r"\b{2}",
        r"\b{start}",
        r"(?:a|\b)",
        "th",
        "e",
        "é",
        r"\w",
        "x*",
        "^",
        "$",
        " ",
        "日本",
    ];
    seeds(400, |rng| {
        let pattern = (*rng.pick(&pieces)).to_owned() + &rng.text(4, &pieces);
        let (Ok(search), Ok(plain)) =
            (Search::new(&format!("re:/{pattern}/")), Regex::new(&format!("(?mi:{pattern})")))
        else {
            return;
        };
        let thread = thread(&forest(rng));
        let found = thread.iter().filter(|comment| {
            let texts = [comment.subject(), comment.author().unwrap_or(""), comment.body().plain];
            texts.iter().any(|text| plain.is_match(text))
        });
        assert_eq!(search.run(&thread, 0..thread.len()), found.map(Comment::index).collect::<Vec<_>>(), "{pattern}");
    });
}

#[test]
fn the_line_that_was_found_is_on_the_screen() {
    seeds(100, |rng| {
        let geometry = Geometry { width: 10 + rng.below(60), height: rng.range(1, 30), text_width: 100 };
        let mut view =
            ThreadView::new(thread(&forest(rng)), Thresholds::new(Some(rng.range(-2, 6)), Some(6)), geometry);
        view.set_search(Some(Search::new("threshold").expect("a word")));
        let matches = view.search().expect("it was set").run(view.thread(), 0..view.thread().len());
        view.set_matches(matches.clone());
        for (number, index) in matches.iter().enumerate() {
            assert!(view.next_match());
            // What the comment before has below the screen comes first, from screen to screen.
            while number > 0 && view.match_place().0 == number {
                let before = view.place().y;
                assert!(view.next_match());
                assert!(view.match_place().0 > number || view.place().y < before, "{:?}", view.place());
            }
            assert_eq!(view.match_place(), (number + 1, matches.len()));
            let body = view.thread().get(*index).expect("it was found").body().plain;
            let Some(&(start, end)) = find(body, "threshold").first() else { continue };
            let shown = view.screen().into_iter().filter(|placed| placed.row.comment() == Some(*index)).any(|placed| {
                placed.lines.iter().zip(placed.y..).any(|(line, y)| match line {
                    lurker::view::RowLine::Text(line) => {
                        (0..geometry.height).contains(&y) && line.start < end && line.end > start
                    }
                    _ => false,
                })
            });
            assert!(shown, "{:?}", view.place());
        }
    });
}

#[test]
fn what_is_whole_on_the_screen_is_gone_to_without_scrolling() {
    let stayed = std::cell::Cell::new(0);
    seeds(100, |rng| {
        let geometry = Geometry { width: 40 + rng.below(60), height: rng.range(10, 60), text_width: 100 };
        let mut view = ThreadView::new(thread(&forest(rng)), Thresholds::new(None, None), geometry);
        view.set_search(Some(Search::new("threshold").expect("a word")));
        let matches = view.search().expect("it was set").run(view.thread(), 0..view.thread().len());
        view.set_matches(matches);
        for step in 0..40 {
            let before = view.screen();
            let has_moved = match step % 4 {
                0 => view.next_unread(),
                1 => view.next_match(),
                2 => view.previous_match(),
                _ => view.scroll(rng.range(-9, 9)),
            };
            let row = view.place().row;
            let stood =
                before.iter().find(|placed| placed.row == row).map(|placed| (placed.row_y(), placed.text_end()));
            let whole = stood.filter(|&(y, end)| has_moved && step % 4 < 3 && y >= 0 && end <= geometry.height);
            if let Some((y, _)) = whole {
                assert_eq!(view.place().y, y, "{row:?}");
                stayed.set(stayed.get() + 1);
            }
            view.note_shown();
        }
    });
    assert!(stayed.get() > 100, "{}", stayed.get());
}

#[test]
fn a_cleared_filter_leaves_everything_as_it_was() {
    seeds(300, |rng| {
        let mut view = ThreadView::new(thread(&forest(rng)), Thresholds::new(Some(1), Some(4)), SCREEN);
        by_hand(rng, &mut view);
        let rows: Vec<_> = view.rows().iter().collect();
        let overrides: Vec<_> = (0..view.thread().len()).map(|index| view.fold_override(index)).collect();
        let place = view.place();
        let filters = 1 + rng.below(3);
        for mut rng in rng.parts(3).into_iter().take(filters) {
            let query = Query::parse(&Wish::random(&mut rng).typed).expect("a query");
            if rng.chance(50) {
                view.set_filter(Some(query));
            } else {
                view.filter_to_first(query);
            }
        }
        let moves = rng.chance(50);
        if moves {
            by_hand(rng, &mut view);
        }
        view.set_filter(None);
        assert!(view.rows().iter().eq(rows));
        assert_eq!((0..view.thread().len()).map(|index| view.fold_override(index)).collect::<Vec<_>>(), overrides);
        assert!(moves || view.place() == place);
    });
}

fn by_hand(rng: &mut Rng, view: &mut ThreadView) {
    for mut rng in rng.parts(10) {
        let step = rng.below(6);
        _ = match rng.tell(step) {
            0 => view.toggle(),
            1 => view.fold(),
            2 => view.open(),
            3 => view.fold_and_next(),
            _ => view.down(),
        };
    }
}

#[test]
fn news_are_what_came_and_what_rose() {
    let seen = |pairs: &[(&str, Option<i32>)]| -> Seen {
        pairs.iter().map(|(id, score)| ((*id).to_owned(), *score)).collect()
    };
    let mut view = view(&talk());
    let freshness = |view: &ThreadView| -> String {
        let sign = |index| match view.freshness(index) {
            Freshness::Old => ' ',
            Freshness::Posted => '+',
            Freshness::Risen => '^',
        };
        (0..view.thread().len()).map(sign).collect()
    };
    assert_eq!(freshness(&view), "      ");
    view.set_seen(Seen::default());
    assert_eq!(freshness(&view), "++++++");
    let before = [("a", Some(0)), ("b", Some(1)), ("c", Some(-1)), ("d", Some(0)), ("e", None), ("z", Some(5))];
    view.set_seen(seen(&before));
    assert_eq!(freshness(&view), "^  ^ +");
    // What was shown then has not risen, whatever is hidden now.
    view.set_thresholds(Thresholds::new(Some(2), Some(4)));
    assert_eq!(freshness(&view), "^  ^ +");
    view.set_thresholds(Thresholds::default());
    assert_eq!(freshness(&view), "     +");
    view.set_thresholds(Thresholds::new(Some(2), Some(4)));
    view.set_seen(seen(&before));
    assert_eq!(freshness(&view), "^^ ^ +");
    // Modifiers count for the scores of then and of now alike.
    view.set_modifiers(as_modifiers(&[("by:bob", 2), ("label:insightful", -6)]));
    assert_eq!(freshness(&view), "   ^ +");
    // A reload makes the present the earlier visit, and what was seen before stays seen.
    let mut more = talk();
    more.retain(|plan| plan.id != "b");
    more.push(plan("g", None, "ann", Some(3), "", ""));
    more[1].score = Some(4);
    view.reload(thread(&more));
    assert_eq!(view.thread().iter().map(Comment::id).collect::<String>(), "adcefg");
    assert_eq!(freshness(&view), "  ^  +");
    more.extend(talk().into_iter().filter(|plan| plan.id == "b"));
    view.replace(thread(&more));
    assert_eq!(view.thread().iter().map(Comment::id).collect::<String>(), "adbcefg");
    assert_eq!(freshness(&view), "   ^  +");
}

#[test]
fn modifiers_add_up_within_the_range() {
    let mut plans = talk();
    for (plan, account) in plans.iter_mut().zip(["100", "951", "1000", "2000", "950", ""]) {
        plan.author_id = account.to_owned();
    }
    plans[0].body = Text::unmarked("é".repeat(2001));
    plans[1].body = Text::unmarked("é".repeat(2000));
    plans[2].body = Text::unmarked("é".repeat(100));
    plans[4].body = Text::unmarked("é".repeat(99));
    let site = [Some(5), Some(2), Some(-1), None, Some(0), Some(3)];
    for (modifiers, expected) in [
        (vec![], site),
        (vec![("funny", 2)], [Some(5), Some(4), Some(-1), None, Some(2), Some(3)]),
        (vec![("Label:\"half funny\"", -1)], [Some(5), Some(2), Some(-1), None, Some(0), Some(2)]),
        (vec![("by:BOB", -1), ("funny", 3)], [Some(5), Some(4), Some(-1), None, Some(2), Some(3)]),
        (vec![("by:bob", 6), ("insightful", 1)], [Some(5), Some(5), Some(-1), None, Some(5), Some(3)]),
        (vec![("insightful", -6), ("by:čeněk", -3)], [Some(-1), Some(2), Some(-1), None, Some(0), Some(3)]),
        (vec![("anonymous", 6)], site),
        (vec![("long", -1)], [Some(4), Some(2), Some(-1), None, Some(0), Some(3)]),
        (vec![("long:99", -1)], [Some(4), Some(1), Some(-1), None, Some(0), Some(3)]),
        (vec![("short", 1)], [Some(5), Some(2), Some(-1), None, Some(1), Some(4)]),
        (vec![("short:101", 1)], [Some(5), Some(2), Some(0), None, Some(1), Some(4)]),
        (vec![("new-user", -2)], [Some(5), Some(0), Some(-1), None, Some(0), Some(3)]),
        (vec![("new-user:950", -2)], [Some(5), Some(0), Some(-1), None, Some(-1), Some(3)]),
        // The site's score counts, whatever others add; a nick is one person on each site.
        (vec![("label:funny", 1), ("score:3", 2)], [Some(5), Some(3), Some(-1), None, Some(1), Some(5)]),
        (
            vec![("site:north by:bob", 1), ("site:south by:bob", 6)],
            [Some(5), Some(3), Some(-1), None, Some(1), Some(3)],
        ),
        (
            vec![("by:bob -is:op", 1), ("re:/kettle/ OR score:0", 1)],
            [Some(5), Some(2), Some(-1), None, Some(2), Some(4)],
        ),
    ] {
        let mut view = view(&plans);
        view.set_modifiers(as_modifiers(&modifiers));
        for (index, (site, expected)) in (0..).zip(site.into_iter().zip(expected)) {
            assert_eq!(view.score(index), (site, expected), "comment {index} by {modifiers:?}");
        }
    }
    // On an open scale nothing holds the sum.
    let open = Arc::new(build(&plans, Story::default()));
    let mut view = ThreadView::new(open, Thresholds::default(), SCREEN);
    view.set_modifiers(as_modifiers(&[("insightful", 6), ("by:ČENĚK", -6)]));
    assert_eq!([0, 2, 3].map(|index| view.score(index).1), [Some(11), Some(-7), None]);
    let applied: Vec<_> =
        view.modifiers_of(2).iter().map(|modifier| (modifier.name.as_str(), modifier.place.as_str())).collect();
    assert_eq!(applied, [("by:ČENĚK", "here")]);
    assert!(lurker::site::labels().all(|label| !as_modifiers(&[(label, 1)]).is_empty()));
}

#[test]
fn a_modifier_that_hides_wins_over_every_score() {
    let shown = |modifiers: &[(&str, Option<i32>)]| {
        let mut view = view(&talk());
        view.set_modifiers(as_modifiers(modifiers));
        let sign = |index| match view.rows().visibility(index) {
            Visibility::Full => 'F',
            Visibility::Line => 'L',
            Visibility::Placeholder => 'p',
            Visibility::Hidden => '.',
        };
        ((0..6).map(sign).collect::<String>(), (0..6).filter_map(|index| view.score(index).1).collect::<Vec<_>>())
    };
    assert_eq!(shown(&[]).0, "FL.FpL");
    // Whatever else is added, known or not, with a placeholder where a reply is shown.
    assert_eq!(shown(&[("by:bob", None)]).0, "F..FpL");
    assert_eq!(shown(&[("by:bob", None), ("label:funny", Some(6))]), ("F..FpL".to_owned(), vec![5, 5, -1, 5, 3]));
    assert_eq!(shown(&[("is:anon", None), ("score:5", None)]).0, "pL..pL");
    assert_eq!(shown(&[("score:>=0 OR is:anon", None)]).0, "......");
    // It does so under a filter too, unless that names the author.
    let mut view = view(&talk());
    view.set_modifiers(as_modifiers(&[("by:bob", None)]));
    for (filter, expected) in [
        ("is:op", ""),
        ("kettle", "af"),
        ("-by:bob OR is:op", "acdf"),
        ("by:BOB", "be"),
        ("by:bob is:op", "b"),
        ("by:ann OR is:op", "f"),
        // Whoever is named anywhere in it is shown.
        ("is:op OR by:bob has:link", "b"),
    ] {
        assert_eq!(met(&mut view, filter), expected, "{filter}");
    }
    view.set_filter(None);
    assert_eq!(view.rows().visibility(1), Visibility::Hidden);
    // What is hidden by hand of a modifier has not risen.
    view.set_seen(["a", "b", "c", "d", "e", "f"].iter().map(|id| ((*id).to_owned(), Some(-1))).collect());
    assert_eq!((0..6).map(|index| view.freshness(index) == Freshness::Risen).collect::<Vec<_>>()[..2], [true, false]);
}

/// A page of stories through rules and a filter, against one story at a time.
#[test]
fn lists_show_what_rules_and_filter_leave() {
    let rule = |wish: &Option<StoryWish>| wish.as_ref().map(|wish| Query::for_stories(&wish.typed).expect(&wish.typed));
    seeds(1000, |rng| {
        let some = |rng: &mut Rng| rng.chance(60).then(|| StoryWish::random(rng));
        let (hide, highlight, filter) = (some(rng), some(rng), some(rng));
        let rules = ListRules { hide: rule(&hide), highlight: rule(&highlight), ..ListRules::default() };
        let entries: Vec<Entry> = (0..rng.below(12)).map(|number| query_model::entry(rng, number)).collect();
        let page = |entries: &[Entry]| Listing { entries: entries.to_vec(), ..Listing::default() };
        let mut list = ListView::new((80, 200), rules.clone());
        let earlier = rng.below(entries.len() + 1);
        list.take(&page(&entries[..earlier]), false);
        list.close_page();
        let read = list.entry().map(|entry| entry.id.clone()).filter(|_| rng.chance(50));
        if read.is_some() {
            let address = list.address().unwrap_or_default().to_owned();
            list.note_opened(&address);
        }
        let is_reload = rng.chance(50);
        if is_reload {
            list.begin_reload();
        }
        list.take(&page(&entries), false);
        list.set_filter(rule(&filter));
        let told = |entry| ToldStory {
            is_new: is_reload && entries[earlier..].contains(entry),
            is_read: read.as_ref() == Some(&entry.id),
            entry,
        };
        let meets = |wish: &Option<StoryWish>, entry| wish.as_ref().map(|wish| wish.is_met(&told(entry)));
        let left: Vec<&Entry> = entries.iter().filter(|entry| meets(&filter, entry) != Some(false)).collect();
        let shown: Vec<&Entry> = left.iter().copied().filter(|entry| meets(&hide, entry) != Some(true)).collect();
        assert_eq!(list.screen().map(|(.., entry)| entry).collect::<Vec<_>>(), shown, "{filter:?} {hide:?}");
        let hidden = left.len() - shown.len();
        let words = (hidden > 0).then(|| format!("{hidden} hidden by [lists] hide"));
        assert_eq!(list.hidden_words(), words);
        for entry in shown {
            assert_eq!(list.is_highlighted(entry), meets(&highlight, entry) == Some(true), "{highlight:?} {entry:?}");
        }
        if !is_reload && read.is_none() {
            let (printed, left_out) = rules.printed(&page(&entries), &Authors::default(), rule(&filter).as_ref());
            let shown: Vec<&Entry> = list.screen().map(|(.., entry)| entry).collect();
            assert_eq!((printed.entries.iter().collect::<Vec<_>>(), left_out), (shown, Vec::from_iter(words)));
        }
    });
}

#[test]
fn paper_shows_what_the_screen_would() {
    let thread = build(&talk(), Story { score_range: Some((-1, 5)), ..Story::default() });
    let selection = |query: &str, modifiers: &[(&str, i32)]| Selection {
        reading_speed: ReadingSpeed::default(),
        thresholds: Thresholds::new(Some(1), Some(4)),
        filter: (!query.is_empty()).then(|| Query::parse(query).expect("a query")),
        modifiers: as_modifiers(modifiers),
        ..Selection::default()
    };
    let modes = |selection: &Selection| {
        let mut out = Vec::new();
        print::json(&thread, selection, &mut out).expect("a vector takes all");
        let json: serde_json::Value = serde_json::from_slice(&out).expect("it is JSON");
        let said = |comment: &serde_json::Value| [comment["score"].to_string(), comment["mode"].to_string()].concat();
        let comments = json["comments"].as_array().expect("a list").iter();
        comments.map(said).collect::<String>().replace('"', " ")
    };
    assert_eq!(modes(&selection("", &[])), "5 full 2 line -1 hidden null full 0 hidden 3 line ");
    assert_eq!(modes(&selection("", &[("funny", 2)])), "5 full 2 full -1 hidden null full 0 line 3 line ");
    assert_eq!(modes(&selection("kettle -by:ann", &[])), "5 full 2 full -1 hidden null hidden 0 hidden 3 hidden ");
    assert_eq!(
        modes(&selection("score:>=4", &[("funny", 2)])),
        "5 full 2 full -1 hidden null hidden 0 hidden 3 hidden "
    );
    let text = |selection: &Selection, ascii| {
        let mut out = Vec::new();
        let paper = TextOptions { width: 80, colour: false, ascii, now: 0 };
        print::text(&thread, selection, paper, &mut out).expect("a vector takes all");
        String::from_utf8(out).expect("it is UTF-8")
    };
    let shown = text(&selection("by:čeněk OR by:ann", &[("by:ann", 1)]), false);
    let comments = shown.split_once("6 comments").expect("a head").1.trim();
    assert_eq!(
        comments,
        "(hidden)  5 Insightful  Ann Example\n  (1 hidden)\n  (hidden)  2 Funny  bob OP\n    -1  ČENĚK\n    │ No -- see https://example.org/a/b\n\n\
         (hidden)  0 funny  Bob\n  3→4 Half Funny  ann\n  │ Kettles"
    );
    assert!(text(&selection("by:ann", &[("by:ann", 1)]), true).contains("  3->4 Half Funny  ann\n  | Kettles"));
    let mut out = Vec::new();
    print::markdown(&thread, &selection("by:ann", &[("by:ann", 1)]), &mut out).expect("a vector takes all");
    let markdown = String::from_utf8(out).expect("it is UTF-8");
    let comments = markdown.split_once("6 comments\n").expect("a head").1.trim();
    assert_eq!(comments, "- **Bob** (0 funny)\n\n  *(hidden)*\n\n  - **ann** (3→4 Half Funny)\n\n    Kettles");
}

#[test]
fn the_last_hundred_places_jumped_from_are_remembered() {
    let plans = (0..99).map(|seed| forest(&mut Rng::new(seed))).find(|plans| plans.len() > 3).expect("a thread");
    let mut view = ThreadView::new(thread(&plans), Thresholds::default(), SCREEN);
    let last = view.thread().len() - 1;
    for number in 0..500 {
        assert!(view.jump_to(lurker::view::Row::Comment(if number % 2 == 0 { last } else { 0 })), "{number}");
    }
    let mut steps = 0;
    while view.back() {
        steps += 1;
    }
    assert_eq!(steps, 100);
}
