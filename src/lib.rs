//! lurker: a terminal reader for threaded, scored discussions.
//!
//! A site's answers go through a *loader*, which knows no socket, into a [`model::Thread`]: one flat array of comments in
//! preorder over one text buffer, never changed once made. A [`view::ThreadView`] decides what of it is shown and where the
//! reader is; [`app::App`] turns events into changes of that view and into effects; [`ui`] draws it; [`shell`] does
//! everything that waits. A list of stories goes the same way: a loader of its own makes a [`model::Listing`], a
//! [`view::ListView`] holds the reader's place in it, and a discussion is opened over it on a stack of pages.
//!
//! An [`app::Page`] is loading, failed, a thread or a list, and each holds what belongs to it, the load under way too. An
//! [`app::Command`] is one of sums by the pages on which it is of use, each matched in one function without a catch-all:
//! a new command that does nothing does not compile.
//!
//! ```text
//! target ─ site ─► requests ─ shell::fetch ─► bytes ─ site ─► Builder ─► Arc<Thread>, Arc<Listing>
//! keys ─ KeyMap ─► Command ─ App ─► ThreadView, ListView (rows, place) ─┐ └─► Effects ─► shell
//!                       ui: from the place outwards, wrap the rows that show, draw ─► Buffer
//! ```
//!
//! What a reader may ask to see of a thread is a [`view::Selection`]: thresholds, or a filter in their place, and what the
//! config adds to scores. One query language ([`view::Query`]) serves the filter, lists, and the config's rules for both; a
//! query is read for comments, for a modifier or for stories, and a term without a meaning there is an error. A selection is
//! worked out once for a thread; a search runs over the thread beside the screen, slice by slice, and its matches come back
//! as an event like an answer does.
//!
//! A threshold is kept as it was set: a score, a share of the best, or a time to read ([`view::Bound`]). In a thread it falls
//! at a place in the ranking of comments by score and order ([`view::Cutoffs`]), which one comparison a comment tells from
//! the next. Steps, shares, standing and the bar come from one count of the thread's scores ([`view::Scores`]). What the
//! reader changes of folds, thresholds and filter is a history of [`view::Checkpoint`]s, which share what they have alike.
//!
//! What outlasts the program is asked of the store by [`app::StoreRequest`]s, and told by [`app::StoreAnswer`]s: one thread
//! has the store, and does what it is asked in turn. A visit begins when a thread shows, and ends when it is left, by whatever
//! way; what was read is kept after a pause. Folds, thresholds, order and place are a [`view::ReadingState`], by comment ids.
//!
//! What is on a disk comes out of its containers first (compression, the head of an HTTP answer, MIME, a page around JSON),
//! each to a bound; only then is its format told, by its content. A file that begins as lurker's own form is read piece by
//! piece instead, comment by comment, and shown before all of it is here: it is never in memory whole. Of other formats the
//! start of a large file may be read by itself (`site::saved::beginning`), and shown while the rest comes; the threads that read
//! wait until it is drawn. Bodies of a page of Slashdot and of an answer of Algolia stay in the source until the thread is made, and
//! are read a thousand at a time by two threads (`site::both_cores`). lurker's own form is
//! described in `docs/thread-format.md` and by a schema, and whatever a parser makes is read again from it as it was.
//! Whatever a stranger wrote decides no size but by its length: a number is cut to what is there, blocks and marks lie
//! around a place no deeper than a bound, and short lines at a great depth are indented less.
//!
//! # Layers
//!
//! Each layer may name those in its line, and no other; `tests/architecture.rs` reads the sources and fails otherwise.
//!
//! | layer | what | may name |
//! |---|---|---|
//! | [`model`] | thread, story, list, text with marks, and the builder that takes comments in any order | – |
//! | [`markup`] | HTML, Markdown and the plain form → clean text; nothing from outside enters a thread without it | model, html5gum, memchr, pulldown-cmark, unicode-segmentation, unicode-width |
//! | [`site`] | per site: its addresses and lists, the requests to make, bytes → thread or list; saved files | model, markup, `brotli_decompressor`, `encoding_rs`, flate2, jiff, memchr, url, zstd |
//! | [`view`] | thresholds, filter, search, folds, rows, the reader's place, wrapping, hosts that links hide | model, memchr, regex, unicode-segmentation, unicode-width, url |
//! | [`print`](mod@print) | thread or list → text, JSON, Markdown | model, markup, view, jiff, serde, `serde_json`, unicode-width |
//! | [`store`] | threads, visits, bookmarks, history and notes on authors, in one `SQLite` file; no clock | model, markup, site, view, print, rusqlite, zstd |
//! | [`app`] | state, events, commands, keys, and where what can be clicked stands; no I/O, no clock | model, markup, view, unicode-segmentation, unicode-width |
//! | [`ui`] | state → cells of a buffer; changes nothing | model, view, app, ratatui, unicode-segmentation, unicode-width |
//! | [`shell`] | terminal, network, files, signals, the loop | all |
//!
//! # Where this differs from the first plan
//!
//! - The tokens of HTML are lurker's own (`markup::tokens`): what needs no change is lent from the source, and one pass is
//!   several times as fast as html5gum, which still reads the references that few texts have. Tests hold the two to the same
//!   tokens, whatever the source.
//! - A saved page is a flat tree of elements (`site::html`), made of those tokens in one pass, and searched by a small
//!   part of CSS's selectors. html5ever's tree is of nodes that each own others, knows no places in the source, from
//!   which bodies are read again by `markup`, and comes with four crates more; what of its rules these pages need is a table of
//!   elements that end others. Here an element is its place in an array, walks up from it are as long as browsers nest, and time
//!   is linear in what a stranger sends.
//! - Slashdot's pages since 2012 are read in one pass over the tokens without a tree (`site::markup_scan`): the tree that
//!   matters is in the page's own script state.
//! - `app` and `print` name `markup`, for one thing: the plain form of a text that is copied or printed, which must be the
//!   inverse of how `markup` reads it.
//! - The store names `site` and `print` for lurker's own form of a thread, so that what it holds is read and cleaned as a
//!   file is, and `view` for thresholds, order and folds, which it keeps as they were set.
//! - A site is one row of a table ([`site::SITES`]): its threads, lists, kinds of files, hosts with their limits and keys of
//!   the config are reached through its row ([`site::Site`]), and nothing outside a site's own files names it.
//! - A loader may be told that an answer is overdue, and take another way meanwhile: Hacker News's tree comes in one request
//!   from one service, item by item from the other.
//! - The view keeps the set of the rows that show as bits with running counts. It is made anew when thresholds change, patched
//!   where folds do, and holds no heights: moving by one row, and drawing, touch only what is on the screen.
//! - An order is a thread of its own over the same text, made from the site's order beside the screen. What a load brings
//!   waits until it is in the order that shows (`app::page::PendingSort`), and the rest of the load waits behind it.
//! - The reader's place is a row and the screen line it stands on. Where something changes above it, the line stays, even
//!   if that leaves empty lines above the first row: the eye does not move.
//! - Where the words of a link read as another host than it leads to, the view puts a line between those of the text
//!   (`view::TextLine`). The text itself stays as it was written, so that no text can make such a line.
//! - A program that needs the terminal (`shell::foreground`) gets it from the loop, which waits for the program's end and for
//!   signals; the thread that reads the keys pauses meanwhile.
//! - What goes to the terminal is lurker's own (`shell::ansi_backend`): only styles that change, in the order that takes the
//!   fewest moves (`shell::draw_order`), and a block of lines that moved is scrolled (`shell::scroll`), where the terminal is
//!   known to do that. A thread writes it (`shell::terminal_output`), so that a terminal that takes nothing stops no key. The
//!   backend in front of it keeps what stands on the terminal (`shell::cluster_backend`).
//! - `build.rs` asks the linker to pack the table by which the program is moved to any address, where glibc can read that,
//!   which saves a twentieth of the program's size.
//! - Drawing keeps one thing beyond a frame: the numbers of addresses, which cells carry as the colour of their underline, so
//!   that a link is part of what a cell looks like (`ui::link`). A number is given out once and means the same ever after.
//!
//! # Dependencies
//!
//! | crate | for |
//! |---|---|
//! | brotli-decompressor, flate2 | files that are compressed; in reqwest's tree anyway |
//! | clap | the command line and its help |
//! | `clap_complete`, `clap_mangen` | completions for four shells and the man page, made from that command line |
//! | crossterm | raw mode, the size of the terminal, the clipboard sequence |
//! | `encoding_rs` | charsets by every label that the web has for them; in reqwest's tree anyway |
//! | html5gum | the names of all references of HTML, and what is one without a semicolon; no dependencies of its own |
//! | jiff | times of America/New_York with their daylight saving, and RFC 3339; brings the data of that zone |
//! | memchr | the next byte or word that matters in a page, in JSON, or in the text of a whole thread, by the widest instructions there are; in regex's tree anyway |
//! | open | the programs by which a system opens an address, without a shell |
//! | pulldown-cmark | Markdown with tables, as events, in linear time whatever strangers nest |
//! | ratatui | the buffer of cells and the difference of two frames |
//! | regex | the reader's own patterns, in linear time whatever they are; search in any case of letters without a copy; scripts of a host's letters |
//! | reqwest | HTTP/1 and 2, proxies, decompression |
//! | rusqlite | the store: one file that outlasts a kill, that several programs share, and that a user can look into |
//! | rustix | reading the terminal with a bound on the wait, writing to it, stopping the own process group, and signal numbers, without unsafe code |
//! | rustls | picks ring as the provider of cryptography: a third of the build time of the usual one |
//! | serde, `serde_json` | writing lurker's JSON comment by comment, and the table of the key file |
//! | tokio | one thread that waits for keys, answers, signals and time at once |
//! | toml | the key file, and config and themes with the place of every value |
//! | unicode-segmentation | graphemes: where a line may be cut, which characters are one on the screen |
//! | unicode-width | how many columns a grapheme takes |
//! | url | addresses as browsers read them; in reqwest's tree anyway |
//! | zstd | threads in the store take a fraction of their text; files that are compressed; in reqwest's tree anyway |

pub mod app;
pub mod markup;
pub mod model;
pub mod print;
pub mod shell;
pub mod site;
pub mod store;
pub mod ui;
pub mod view;
