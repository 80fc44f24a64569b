//! The browser of the config, and its programs for hosts.

use super::super::command_words::CommandWords;
use super::super::openers::host;
use super::super::toml_file::{Entry, Mistakes};
use super::Draft;

impl Draft {
    /// Reads the browser; none where it is empty.
    pub(super) fn read_browser(&mut self, entry: &Entry) -> Result<(), Mistakes> {
        let command = entry.text_if_any()?;
        self.openers.browser = command.map(|_| command_words(entry)).transpose()?;
        Ok(())
    }

    /// Reads the program for a host.
    pub(super) fn read_opener(&mut self, entry: &Entry) -> Result<(), Mistakes> {
        let words = command_words(entry)?;
        let host = host(entry.name());
        let host = host.ok_or_else(|| entry.wrong("must be behind the name of a host, such as \"example.org\""))?;
        self.openers.hosts.push((host, words));
        Ok(())
    }
}

fn command_words(entry: &Entry) -> Result<CommandWords, Mistakes> {
    CommandWords::parse(entry.text()?).map_err(|says| entry.wrong(says))
}

#[cfg(test)]
mod tests {
    use super::super::{Config, Openers};

    fn openers(text: &str) -> Result<Openers, Vec<String>> {
        Config::parse("config.toml", text).map(|config| config.openers)
    }

    #[test]
    fn the_nearest_host_picks_the_program() {
        let named = openers(
            "browser = \"own\"\n[open]\n\"Example.org\" = \"far %u\"\n\"www.video.example.org\" = \"near\"\n\
             \"127.0.0.1\" = \"local\"\n\"bücher.example\" = \"books\"",
        );
        let named = named.expect("right");
        for (address, program) in [
            ("https://example.org/a", "far"),
            ("http://www.EXAMPLE.org./", "far"),
            ("https://a.b.example.org:80/", "far"),
            ("https://video.example.org/1", "near"),
            ("https://x.video.example.org/1", "near"),
            ("https://bexample.org/", "own"),
            ("https://example.org.evil.example/", "own"),
            ("https://example.org@evil.example/", "own"),
            ("https://a.example/?example.org", "own"),
            ("https://127.0.0.1/", "local"),
            ("https://xn--bcher-kva.example/", "books"),
            ("mailto:a@example.org", "own"),
        ] {
            let tried = named.for_address(address).expect("an address");
            let tried: Vec<&str> = tried.openers.iter().map(|opener| opener.name.as_str()).collect();
            assert_eq!(tried, [program], "{address}");
        }
        for address in ["file:///etc/passwd", "javascript:alert(1)", "-x", "", "ftp://example.org/"] {
            assert!(named.for_address(address).is_err(), "{address}");
        }
    }

    #[test]
    fn what_is_wrong_is_named_by_file_line_key_and_value() {
        for (text, says) in [
            ("\nbrowser = \"w3m 'x\"", "config.toml, line 2: browser = \"w3m 'x\": has a quotation mark"),
            ("[open]\n\"a.example\" = \"\"", "config.toml, line 2: open.\"a.example\" = \"\": names no program"),
            ("[open]\n\"a.example\" = \"%u\"", "config.toml, line 2: open.\"a.example\" = \"%u\": names no program"),
            (
                "[open]\n\n\"https://a.example\" = \"mpv\"",
                "config.toml, line 3: open.\"https://a.example\" = \"mpv\": must be behind the name of a host",
            ),
            ("[open]\n\"a b\" = \"mpv\"", "config.toml, line 2: open.\"a b\" = \"mpv\": must be behind"),
            ("[open]\n\"a.example\" = 1", "config.toml, line 2: open.\"a.example\" = 1: must be a text"),
        ] {
            let lines = openers(text).expect_err(text);
            assert!(lines.len() == 1 && lines[0].starts_with(says), "{lines:?}");
        }
    }
}
