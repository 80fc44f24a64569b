//! A secret printed by a command of the reader's, so that no file of lurker's holds it.

use std::process::{Command, Output, Stdio};

use crate::markup::clean_line;

/// Runs a command through the shell, and gives the first line that it prints. It may wait, for a passphrase say; what it
/// prints is kept nowhere.
///
/// # Errors
/// The command failed or printed no secret; the error is one line, with the first words of its standard error.
pub(super) fn secret(command: &str) -> Result<String, String> {
    let output = Command::new("sh").arg("-c").arg(command).stdin(Stdio::null()).output();
    let output = output.map_err(|error| format!("the shell could not be started: {error}"))?;
    if !output.status.success() {
        return Err(format!("the command failed ({}){}", output.status, complaint(&output)));
    }
    let printed = String::from_utf8_lossy(&output.stdout);
    let line = printed.lines().next().unwrap_or_default().trim();
    if line.is_empty() {
        return Err(format!("the command printed no secret on its first line{}", complaint(&output)));
    }
    // It is not shown, for most of it may be the secret.
    let is_plain = line.chars().all(|c| c.is_ascii_graphic());
    if is_plain {
        Ok(line.to_owned())
    } else {
        Err("the command printed a line with spaces or characters beyond ASCII, which is no secret".to_owned())
    }
}

/// The first words of what a command said on its standard error.
fn complaint(output: &Output) -> String {
    const SHOWN: usize = 200;
    let said = String::from_utf8_lossy(&output.stderr);
    let line: String = said.lines().map(clean_line).find(|line| !line.is_empty()).unwrap_or_default();
    let line: String = line.chars().take(SHOWN).collect();
    if line.is_empty() { line } else { format!(": {line}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_is_the_secret() {
        for (command, expected) in [
            ("printf 'open-sesame\\nuser: ada\\n'", "open-sesame"),
            ("echo '  open-sesame  '", "open-sesame"),
            ("printf open-sesame; echo a warning >&2", "open-sesame"),
            ("cat; echo open-sesame", "open-sesame"),
        ] {
            assert_eq!(secret(command).as_deref(), Ok(expected), "{command}");
        }
    }

    #[test]
    fn what_went_wrong_is_said_without_what_was_printed() {
        for (command, part) in [
            ("echo open-sesame; printf '\\n\\033[31mlocked\\033[0m\\nmore' >&2; exit 3", "(exit status: 3): "),
            ("exit 4", "the command failed (exit status: 4)"),
            ("true", "printed no secret on its first line"),
            ("printf '\\nopen-sesame\\n'", "printed no secret on its first line"),
            ("echo 'open sesame'", "which is no secret"),
            ("no-such-command-as-this", "(exit status: 127): "),
        ] {
            let line = secret(command).expect_err("no secret");
            assert!(line.contains(part) && !line.contains("sesame") && !line.contains(char::is_control), "{line}");
        }
        let line = secret("printf '\\n\\033[31mlocked\\033[0m\\nmore' >&2; exit 3").expect_err("no secret");
        assert!(line.ends_with("locked[0m") || line.ends_with("locked"), "{line}");
    }
}
