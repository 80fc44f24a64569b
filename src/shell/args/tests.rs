//! Tests of the command line: options before and behind commands.

use super::*;

fn parse(words: &[&str]) -> Result<Args, String> {
    let words = ["lurker"].iter().chain(words).map(OsString::from).collect();
    Args::parse_words(words).map_err(|error| error.to_string())
}

/// Every option in all the ways in which it can be written, with its long name.
fn options() -> Vec<(String, Vec<Vec<String>>)> {
    let command = Args::command();
    let options = command.get_arguments().filter(|option| option.get_long().is_some());
    let ways = options.map(|option| {
        let long = format!("--{}", option.get_long().expect("a long name"));
        let value = option.get_possible_values().first().map_or("3".to_owned(), |value| value.get_name().to_owned());
        let mut ways = vec![vec![long.clone()]];
        if option.get_action().takes_values() {
            ways = vec![vec![long.clone(), value.clone()], vec![format!("{long}={value}")]];
        }
        if let Some(short) = option.get_short() {
            ways.push(vec![format!("-{short}"), value.clone()]);
            ways.push(vec![format!("-{short}{value}")]);
        }
        (long, ways)
    });
    ways.collect()
}

#[test]
fn options_stand_before_and_behind_a_subcommand_or_target_alike() {
    let options = options();
    assert!(options.len() >= 9, "{options:?}");
    for command in [&["keys"][..], &["man"], &["completions", "bash"], &["demo"], &["hn", "rust", "keys"], &["-"]] {
        for (long, ways) in &options {
            let shown = ways.iter().flat_map(|way| {
                let way: Vec<&str> = way.iter().map(String::as_str).collect();
                let between = [&command[..1], &way, &command[1..]].concat();
                [[&way, command].concat(), [command, &way].concat(), between]
                    .map(|words| format!("{:?}", parse(&words)))
            });
            let shown: Vec<String> = shown.collect();
            assert!(shown.iter().all(|one| *one == shown[0]), "{command:?} {long}: {shown:#?}");
            let is_subcommand = matches!(command[0], "keys" | "man" | "completions");
            let serves = matches!(long.as_str(), "--color" | "--ascii" | "--width")
                || long == "--config" && command[0] == "keys";
            let is_right = shown[0].starts_with("Ok(");
            assert_eq!(is_right, !is_subcommand || serves, "{command:?} {long}: {}", shown[0]);
            let says = format!("means nothing to `lurker {}`", command[0]);
            assert!(is_right || shown[0].contains(&says) && shown[0].contains(long), "{}", shown[0]);
        }
    }
}

#[test]
fn a_format_that_is_written_as_an_option_is_told_how_to_write() {
    for (words, meant) in [
        (&["hn", "--json"][..], "--format json"),
        (&["--MARKDOWN", "saved"], "--format markdown"),
        (&["saved", "--text"], "--format text"),
    ] {
        let says = parse(words).expect_err("no option");
        assert!(says.contains(&format!("'{meant}'")) && !says.contains("-- "), "{says}");
    }
    assert!(!parse(&["--jsom"]).expect_err("no option").contains("--format"));
}

#[test]
fn a_subcommand_is_one_only_in_its_place() {
    let target = |words: &[&str]| parse(words).map(|args| (args.target.unwrap_or_default(), args.words.join(" ")));
    for (words, expected) in [
        (&["hn", "keys"][..], ("hn", "keys")),
        (&["--", "keys"], ("keys", "")),
        (&["-q", "keys", "hn", "man"], ("hn", "man")),
        (&["-s", "-1", "hn"], ("hn", "")),
        (&["--ascii", "-", "--width", "80"], ("-", "")),
    ] {
        let (target, rest) = target(words).expect("right");
        assert_eq!((target.as_str(), rest.as_str()), expected, "{words:?}");
    }
    let both = parse(&["--ascii", "-s3", "keys", "--width", "3"]).expect_err("a score means nothing to it");
    assert!(both.contains("--min-score 3 means nothing to `lurker keys`"), "{both}");
    let twice = parse(&["--config", "a", "keys", "--config", "b"]).expect_err("twice");
    assert!(twice.contains("--config"), "{twice}");
}
