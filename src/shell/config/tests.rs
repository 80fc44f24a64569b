//! Tests of the config: every key, every mistake, damaged files.

use std::fmt::Write;

use proptest::prelude::*;

use super::*;
use crate::app::{Key, Motion, Scope};
use crate::site::{KeyKind, SITES, Site};
use crate::view::Thresholds;

fn parse(text: &str) -> Result<Config, Vec<String>> {
    Config::parse("config.toml", text)
}

/// What is wrong with a text, in lines.
fn wrong(text: &str) -> Vec<String> {
    parse(text).expect_err(text)
}

fn page_of(config: &Config, target: &str) -> String {
    crate::site::thread(target, &config.sites).expect("a thread").page().to_owned()
}

/// A config with a dozen keys and more, all of them right.
const FULL: &str = "# right\n\
    default_site = \"hn/best\"\n\
    theme = \"dark\"\n\
    text_width = 80\n\
    words_per_minute = 300\n\
    hints = false\n\
    minimap = \"always\"\n\
    hyperlinks = \"never\"\n\
    [sites.slashdot]\n\
    url = \"http://127.0.0.1:8000\"\n\
    min_score = 1\n\
    full_score = \"20%\"\n\
    sections = [\"ask\", \"science\"]\n\
    [sites.reddit]\n\
    client_id = \"a-B_9\"\n\
    client_secret_command = \"pass show reddit\"\n\
    [network]\n\
    timeout_seconds = 15\n\
    proxy = \"http://ann:open-sesame@127.0.0.1:3128\"\n\
    max_body_mebibytes = 64\n\
    user_agent = \"me\"\n\
    [lists]\n\
    hide = \"domain:example.com\"\n\
    highlight = \"in:rust\"\n\
    [modifiers]\n\
    \"label:funny\" = -1\n\
    \"is:anon has:link\" = \"hide\"\n\
    [keys]\n\
    down = [\"n\", \"down\"]\n\
    up = [\n  \"p\",\n  \"up\",\n]\n";

#[test]
fn every_site_has_the_common_keys_and_its_own() {
    for info in SITES.map(Site::info) {
        let mut text = format!("[sites.{}]\nmin_score = 2\nfull_score = 4\nsections = [\"a\"]", info.name);
        for key in info.config_keys {
            let value = if matches!(key.kind, KeyKind::Address(_)) { "http://127.0.0.1:8000" } else { "a" };
            write!(text, "\n{} = \"{value}\"", key.name).expect("a string takes all");
        }
        let config = parse(&text).expect("right");
        assert_eq!(config.options.site_thresholds, [(info.name, Thresholds::new(Some(2), Some(4)))]);
        let line = text.lines().count() + 1;
        let says = format!(
            "config.toml, line {line}: sites.{}.section: there is no such key; did you mean sections?",
            info.name
        );
        assert_eq!(wrong(&format!("{text}\nsection = 1")), [says]);
    }
    let says = "config.toml, line 3: sites.digg: there is no such key; there are slashdot, hn, lobsters, lemmy, reddit, discourse";
    assert_eq!(wrong("[sites]\n\n[sites.digg]\n"), [says]);
}

#[test]
fn what_is_wrong_is_named_by_file_line_key_and_value() {
    for (text, says) in [
        (
            "\ncolour = 1",
            "line 2: colour: there is no such key; there are default_site, theme, resume, keymap, browser, text_width, ",
        ),
        ("tehme = \"dark\"", "line 1: tehme: there is no such key; did you mean theme?"),
        ("min_score = 1", "line 1: min_score: there is no such key here; did you mean sites.slashdot.min_score?"),
        ("network = 3", "line 1: network = 3: must be a table"),
        ("[[network]]\nproxy = \"\"", "line 1: network = [[network]]: must be a table"),
        (
            "[sites.slashdot]\nmin_score = \"two\"",
            "line 2: sites.slashdot.min_score = \"two\": must be a score (3), a share",
        ),
        (
            "[sites.slashdot]\nmin_score = 9_999_999_999",
            "line 2: sites.slashdot.min_score = 9_999_999_999: must be a score",
        ),
        (
            "[sites.hn]\nsort = \"best\"",
            "line 2: sites.hn.sort = \"best\": is no order; there are site, newest, oldest, ",
        ),
        ("[sites.hn]\nsections = [\"new\", 3]", "line 2: sites.hn.sections = 3: must be a text in quotes"),
        ("text_width = 0", "line 1: text_width = 0: must be a whole number from 1 to "),
        ("text_width = { a = 1 }", "line 1: text_width = (a table): must be a whole number"),
        ("hints = \"yes\"", "line 1: hints = \"yes\": must be true or false"),
        (
            "minimap = \"alway\"",
            "line 1: minimap = \"alway\": must be one of \"auto\", \"always\", \"never\"; did you mean \"always\"?",
        ),
        ("minimap = 1", "line 1: minimap = 1: must be one of \"auto\", \"always\", \"never\""),
        (
            "\ntheme = \"drak\"",
            "line 2: theme = \"drak\": there is no such theme; there are dark, light, gruvbox, solarized, terminal",
        ),
        (
            "[sites.slashdot]\nurl = \"ftp://x\"",
            "line 2: sites.slashdot.url = \"ftp://x\": is no http or https address",
        ),
        ("[sites.slashdot]\nurl = \"ftp://a:b@x\"", "line 2: sites.slashdot.url: is no http or https address"),
        (
            "[sites.reddit]\n\nclient_id = \"a:b\"",
            "line 3: sites.reddit.client_id = \"a:b\": has signs that no client id has",
        ),
        (
            "[sites.reddit]\nclient_secret_command = [\"sesame\"]",
            "line 2: sites.reddit.client_secret_command: must be a text",
        ),
        ("[network]\nproxy = \"http://ann:sesame@\"", "line 2: network.proxy: is no address like http://host:port"),
        (
            "[network]\ntimeout_seconds = 90000",
            "line 2: network.timeout_seconds = 90000: must be a whole number from 1 to 86400",
        ),
        ("[network]\nuser_agent = \"a\\tb\"", "line 2: network.user_agent = \"a\\tb\": has characters that no header"),
        (
            "default_site = \"digg\"",
            "line 1: default_site = \"digg\": is no site that lurker knows; there are slashdot, hn",
        ),
        (
            "[keys]\nup = [\"x\"]\n\ndown = [\"x\"]",
            "line 4: keys.down = \"x\": the key \"x\" already has a command, up",
        ),
        ("[keys]\nup = [\n\"k\",\n\"jj\"]", "line 4: keys.up = \"jj\": there is no such key; keys are written as"),
        ("[keys]\nup = \"k\"", "line 2: keys.up = \"k\": must be a list of texts, as [\"a\", \"b\"]"),
        ("[keys]\nupp = [\"k\"]", "line 2: keys.upp: there is no such command; did you mean up?"),
    ] {
        let lines = wrong(text);
        assert!(
            lines.len() == 1 && lines.iter().all(|line| line.starts_with(&format!("config.toml, {says}"))),
            "{lines:#?}"
        );
    }
}

#[test]
fn a_query_of_the_file_is_pointed_into() {
    for (text, says) in [
        (
            "[modifiers]\nfunny = -1\n\"is:anon scor:3\" = \"hide\"",
            "config.toml, line 3: modifiers.\"is:anon scor:3\" = \"hide\": there is no scor: here, only by: score: label: \
             is: has: longer: shorter: user: site: in: re:; in quotes it is a word\nis:anon scor:3\n        ^",
        ),
        ("[modifiers]\nlong = 7", "config.toml, line 2: modifiers.long = 7: is out of range: a modifier adds -6 to 6"),
        (
            "[modifiers]\nlong = \"hidden\"",
            "config.toml, line 2: modifiers.long = \"hidden\": must be a whole number, or \"hide\"",
        ),
        (
            "[modifiers]\nlong = 1\n\"longer:2000\" = 1",
            "config.toml, line 3: modifiers.\"longer:2000\" = 1: the same as long (config.toml, line 2)",
        ),
        (
            "[lists]\n\nhide = \"in:rust label:x\"",
            "config.toml, line 3: lists.hide = \"in:rust label:x\": label: means nothing for stories; there are by: \
             score: points: is: has: title: domain: comments: site: in: re:; in quotes it is a word\nin:rust label:x\n        ^",
        ),
        (
            "[modifiers]\n\"-is:read\" = 1",
            "config.toml, line 2: modifiers.\"-is:read\" = 1: is:read means nothing in a modifier; there are is:op, is:new, \
             is:anon, is:followed\n-is:read\n    ^",
        ),
    ] {
        assert_eq!(wrong(text), [says], "{text}");
    }
    let lists = parse("[lists]\nhide = \" \"\nhighlight = \"\"").expect("right").options.lists;
    assert!(lists.hide.is_none() && lists.highlight.is_none());
}

#[test]
fn modifiers_of_an_earlier_form_are_read_and_remarked_on() {
    let text = "[modifiers]\nfunny = -1\n\"by:ann\" = 2\n\"new-user:9\" = \"hide\"";
    let remark =
        "config.toml, line 2: funny is now written \"label:funny\"; line 4: new-user:9 is now written \"user:>=9\"";
    assert_eq!(parse(text).expect("right").options.remark.as_deref(), Some(remark));
    assert_eq!(parse("[modifiers]\n\"label:funny\" = -1").expect("right").options.remark, None);
}

#[test]
fn all_mistakes_are_told_in_the_order_of_the_file() {
    let text = "text_width = 0\nthem = 1\n[keys]\nup = [\"jj\", \"x\"]\ndown = [\"x\", \"kk\"]\nfly = []\n[network]\n\
                proxy = 3\n[sites.hn]\nmin_score = 1.5\n[lists]\nhide = \"is:op\"\n[modifiers]\nlong = 9\n";
    let lines: Vec<String> =
        wrong(text).iter().map(|line| line.split(':').next().unwrap_or_default().to_owned()).collect();
    let expected = [1, 2, 4, 5, 5, 6, 8, 10, 12, 14].map(|line| format!("config.toml, line {line}"));
    assert_eq!(lines, expected);
    // The list may depend on what stands behind it.
    assert!(parse("default_site = \"discourse\"\n[sites.discourse]\nurl = \"https://forum.example.org\"").is_ok());
    assert_eq!(wrong("default_site = \"discourse\"\nhints = 1").len(), 2);
}

#[test]
fn errors_of_the_syntax_are_told_with_what_is_wrong_before_them() {
    let text = "default_site = \"digg\"\nhints = 1\ntheme = dark\ntext_width = 3 4\n[network\nproxy = 3\n";
    let lines = wrong(text);
    assert!(lines.iter().any(|line| line.starts_with("config.toml, line 2: hints = 1: must be")), "{lines:#?}");
    assert!(lines.iter().any(|line| line.starts_with("config.toml, line 3: theme: ")), "{lines:#?}");
    assert!(lines.iter().any(|line| line.starts_with("config.toml, line 4: text_width: ")), "{lines:#?}");
    assert!(lines.iter().any(|line| line.starts_with("config.toml, line 5: ")), "{lines:#?}");
    assert!(lines.iter().all(|line| !line.contains("line 6") && !line.contains("digg")), "{lines:#?}");
    let twice = wrong("hints = true\nhints = false");
    assert!(twice.len() == 1 && twice[0].starts_with("config.toml, line 2: hints: duplicate key"), "{twice:?}");
    let secret = wrong("[sites.reddit]\nclient_secret_command = \"echo open-sesame\nopen-sesame=\n");
    assert!(secret.iter().all(|line| !line.contains("sesame")), "{secret:?}");
    let open = wrong("theme = \"\"\"dark\n[network]\nproxy = \"http://ann:open-sesame@a\"\n");
    assert!(open.len() == 2 && open.iter().all(|line| !line.contains("sesame")), "{open:?}");
}

#[test]
fn a_key_of_the_file_leaves_its_old_command() {
    let keys = parse("[keys]\nup = [\"j\", \"p\"]").expect("right").keys;
    let command = |name| keys.command(Key::parse(name).expect("a key"), Scope::Thread);
    assert_eq!([command("j"), command("p"), command("k")], [Some(Motion::Up.into()), Some(Motion::Up.into()), None]);
    assert_eq!(command("down"), Some(Motion::Down.into()));
}

#[test]
fn a_mirror_gets_the_pace_of_its_site() {
    let config =
        parse("[sites.slashdot]\nurl = \"http://127.0.0.1:8000/\"\n[network]\ntimeout_seconds = 3").expect("right");
    let first = config.network.host_limits.first().map(|limits| (limits.host.as_str(), limits.in_flight));
    assert_eq!(first, Some(("127.0.0.1:8000", 1)));
    assert_eq!(config.network.timeout.as_secs(), 3);
    assert_eq!(page_of(&config, "slashdot:26/09/09/2151202"), "http://127.0.0.1:8000/story/26/09/09/2151202/");
}

#[test]
fn what_reddit_is_asked_with() {
    let config = parse("[sites.reddit]\nurl = \"http://127.0.0.1:8000/\"\nclient_id = \"a-B_9\"").expect("right");
    assert_eq!(config.network.host_limits.first().map(|limits| limits.in_flight), Some(1));
    assert_eq!(page_of(&config, "reddit:3hahrw"), "http://127.0.0.1:8000/comments/3hahrw/");
    let own = parse("[sites.reddit]\nurl = \"https://oauth.reddit.com\"").expect("right");
    assert_eq!(page_of(&own, "reddit:3hahrw"), "https://www.reddit.com/comments/3hahrw/");
}

#[test]
fn every_key_set_wrong_is_told_with_its_name_and_line() {
    let paths = key_paths();
    let pairs = [("keys.*", "keys.down"), ("modifiers.*", "modifiers.\"is:op\""), ("open.*", "open.\"a.example\"")];
    let path =
        |path: &String| pairs.iter().find(|(any, _)| any == path).map_or(path.clone(), |(_, one)| (*one).to_owned());
    let paths: Vec<String> = paths.iter().map(path).collect();
    for path in &paths {
        // No key takes a time.
        let lines = wrong(&format!("# first\n\n{path} = 07:32:00"));
        let is_secret = path.ends_with("client_secret_command") || path == "network.proxy";
        let value = if is_secret { "" } else { " = 07:32:00" };
        let start = format!("config.toml, line 3: {path}{value}: must be ");
        assert!(lines.len() == 1 && lines.iter().all(|line| line.starts_with(&start)), "{lines:?}");
    }
    let all: Vec<String> = paths.iter().map(|path| format!("{path} = 07:32:00")).collect();
    let places: Vec<String> = (1..=paths.len()).map(|line| format!("config.toml, line {line}: ")).collect();
    let lines = wrong(&all.join("\n"));
    assert!(lines.iter().zip(&places).all(|(line, place)| line.starts_with(place)), "{lines:#?}");
    assert_eq!(lines.len(), places.len());
}

#[test]
fn the_full_config_is_right() {
    let config = parse(FULL).expect("right");
    assert_eq!((config.default_site.as_str(), config.options.text_width), ("hn/best", 80));
    assert_eq!(config.network.proxy.as_deref(), Some("http://ann:open-sesame@127.0.0.1:3128"));
}

#[test]
fn a_file_that_is_no_text_is_told_by_its_line() {
    let line = utf8("config.toml", b"hints = true\ntheme = \"\xff\"\n".to_vec());
    assert_eq!(line, Err("config.toml, line 2: is not UTF-8".to_owned()));
}

/// Places of the full config, with what is put there.
fn damage() -> impl Strategy<Value = Vec<(usize, usize, String)>> {
    let part = prop_oneof![
        Just(String::new()),
        "[\\[\\]\"'=.,{}#\n -]{1,4}",
        "\\PC{0,3}",
        Just("[network]\n".to_owned()),
        Just("\"\"\"".to_owned()),
        Just("x = 1\n".to_owned()),
        Just("keys.down = [\"n\"]\n".to_owned()),
    ];
    prop::collection::vec((0..FULL.len(), 0..20_usize, part), 1..6)
}

proptest! {
    #[test]
    fn damage_is_told_by_lines_that_are_there(cuts in damage()) {
        let mut text = FULL.to_owned();
        for (at, length, put) in cuts {
            let at = at.min(text.len());
            let end = (at + length).min(text.len());
            if text.is_char_boundary(at) && text.is_char_boundary(end) {
                text.replace_range(at..end, &put);
            }
        }
        for line in parse(&text).err().unwrap_or_default() {
            let place = line.strip_prefix("config.toml, line ").and_then(|rest| rest.split(':').next());
            let place: usize = place.and_then(|place| place.parse().ok()).expect("a line");
            prop_assert!((1..=text.lines().count().max(1)).contains(&place), "{line}");
            // The proxy's password, the part of it that is still whole.
            prop_assert!(!line.contains("ann:open-sesame"), "{line}");
        }
    }
}
