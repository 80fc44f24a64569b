//! Paths on the command line: links, pipes, devices, folders, sockets, and names that are no UTF-8.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::path::PathBuf;

use crate::binary::{lurker, outcome};

const THREAD: &str = r#"{"format":"lurker-thread-1","title":"Lamps","comments":[{"id":"1","text":"Trim the wick."}]}"#;

/// A folder that is gone with it.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("lurker-files-{name}-{}", crate::support::unique()));
        fs::create_dir_all(&path).expect("a folder");
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// What comes of a word as the only argument, in this folder.
fn opened(folder: &Folder, word: &OsStr) -> (Option<i32>, String) {
    let (code, out, said) = outcome(lurker(&[]).arg(word).current_dir(&folder.0));
    (code, out + &said)
}

#[test]
fn what_a_path_leads_to_is_said_in_a_line() {
    let folder = Folder::new("kinds");
    let at = |name: &str| folder.0.join(name);
    symlink("nowhere.json", at("dangling.json")).expect("a link");
    symlink("circle.json", at("circle.json")).expect("a link");
    fs::create_dir(at("folder.json")).expect("a folder");
    let _listener = UnixListener::bind(at("socket.json")).expect("a socket");
    for (name, says) in [
        ("dangling.json", "is a link to nowhere.json, which is not there"),
        ("circle.json", "is a link that leads in a circle"),
        ("folder.json", "is a folder; name a file in it"),
        ("socket.json", "is a socket, which nothing is read from; name a file"),
        ("missing.json", "no such file"),
    ] {
        for word in [name.to_owned(), format!("file://{}", at(name).display())] {
            let (code, said) = opened(&folder, OsStr::new(&word));
            assert_ne!(code, Some(0), "{word}");
            assert!(said.contains(name) && said.trim_end().ends_with(says), "{word}: {said}");
            assert_eq!(said.lines().count(), 1, "{said}");
        }
    }
}

#[test]
fn a_file_of_any_name_opens_by_its_name_and_by_its_address() {
    let folder = Folder::new("names");
    let names: [&[u8]; 5] = [b"caf\xe9.json", b"\xff\xfe", b"a b%20c#d?e.json", "größe.json".as_bytes(), b"-"];
    for name in names.map(OsStr::from_bytes) {
        let path = folder.0.join(name);
        fs::write(&path, THREAD).expect("a file");
        symlink(&path, folder.0.join("link.json")).expect("a link");
        let address = url::Url::from_file_path(&path).expect("an absolute path").to_string();
        let word = if name == "-" { OsStr::new("./-") } else { name };
        for word in [word, path.as_os_str(), OsStr::new(&address), OsStr::new("link.json")] {
            let (code, out) = opened(&folder, word);
            assert!(code == Some(0) && out.contains("Trim the wick."), "{word:?}: {out}");
        }
        fs::remove_file(folder.0.join("link.json")).expect("the link");
    }
}
