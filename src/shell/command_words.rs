//! Commands of the config and of `BROWSER`: words and a place for the address, run without a shell.

/// A command as words, the first of them the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct CommandWords(Vec<String>);

impl CommandWords {
    /// Reads a command: words as a shell parts them by spaces and quotation marks; nothing else has a meaning.
    ///
    /// # Errors
    /// A quotation mark that is not closed, or no program.
    pub(super) fn parse(command: &str) -> Result<Self, &'static str> {
        let words = split(command).ok_or("has a quotation mark or a backslash without its end")?;
        match words.first() {
            None => Err("names no program"),
            Some(program) if program.is_empty() || has_place(program) => Err("names no program"),
            Some(_) => Ok(Self(words)),
        }
    }

    /// The words with an address in the place of each `%u` or `%s`, whatever is in it; at the end where there is no such place.
    pub(super) fn with(&self, address: &str) -> Vec<String> {
        let mut words: Vec<String> = self.0.iter().map(|word| filled(word, address)).collect();
        if !self.0.iter().any(|word| has_place(word)) {
            words.push(address.to_owned());
        }
        words
    }
}

/// The words of a command: parted by white space, which quotation marks and backslashes keep as in a POSIX shell. `None` where
/// one of these has no end.
fn split(command: &str) -> Option<Vec<String>> {
    let (mut words, mut word) = (Vec::new(), None::<String>);
    let mut quote = None;
    let mut rest = command.chars();
    while let Some(c) = rest.next() {
        match quote {
            None if c.is_whitespace() => words.extend(word.take()),
            None if matches!(c, '\'' | '"') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            Some(open) if c == open => quote = None,
            None | Some('"') if c == '\\' => {
                let kept = rest.next()?;
                let is_itself = quote.is_none() || matches!(kept, '"' | '\\' | '$' | '`');
                word.get_or_insert_default().extend((!is_itself).then_some(c).into_iter().chain([kept]));
            }
            _ => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    quote.is_none().then_some(words)
}

fn has_place(word: &str) -> bool {
    word.contains("%u") || word.contains("%s")
}

/// A word with the address in its places. An address is never searched for places itself.
fn filled(word: &str, address: &str) -> String {
    let mut filled = String::with_capacity(word.len());
    let mut rest = word;
    while let Some((before, after)) = rest.split_once('%') {
        filled.push_str(before);
        let behind = after.strip_prefix(['u', 's']);
        filled.push_str(if behind.is_some() { address } else { "%" });
        rest = behind.unwrap_or(after);
    }
    filled + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_parted_as_by_a_shell_and_the_address_is_one_of_them() {
        const ADDRESS: &str = "https://a.example/%u b;$(id)'\"";
        for (command, expected) in [
            ("mpv", &["mpv", ADDRESS][..]),
            ("mpv %u", &["mpv", ADDRESS]),
            ("mpv --fs %u --", &["mpv", "--fs", ADDRESS, "--"]),
            ("  '/opt/my player' \"a b\" c\\ d", &["/opt/my player", "a b", "c d", ADDRESS]),
            ("w3m -o 'x=$HOME; id' %s", &["w3m", "-o", "x=$HOME; id", ADDRESS]),
            ("a 50% %", &["a", "50%", "%", ADDRESS]),
            ("a \"b\\\"c\\d'e\" f\"g h\"i '' # x", &["a", "b\"c\\d'e", "fg hi", "", "#", "x", ADDRESS]),
        ] {
            assert_eq!(CommandWords::parse(command).expect(command).with(ADDRESS), expected, "{command}");
        }
        let inside = CommandWords::parse("a --url=%u").expect("words").with(ADDRESS);
        assert_eq!(inside, ["a".to_owned(), format!("--url={ADDRESS}")]);
        for command in ["", "  ", "''", "%u", "a 'b", "a \"b", "a \\"] {
            assert!(CommandWords::parse(command).is_err(), "{command}");
        }
    }
}
