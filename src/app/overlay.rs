//! Overlays, which lie over the page and take the keys: help, ancestors, the reasons for a comment's visibility, links.

use super::{App, Code, Command, Effect, GlobalCommand, Key, Motion, OverlayContent, Scope, ThreadCommand};
use crate::model::ScoreKind;
use crate::view::{Mode, Row, ThreadView, Visibility};

/// Something that lies over the thread and takes the keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Overlay {
    /// The key map, scrolled down by so many lines.
    Help(usize),
    /// The comments that the reader's row answers, from the top level, scrolled down by so many lines.
    Ancestors(Vec<u32>, usize),
    /// The reasons for the visibility of the comment.
    Why(Vec<Fact>),
    /// The links of the comment: addresses, which one is chosen, and the number typed so far.
    Links(Vec<String>, usize, usize),
}

/// One line of an explanation: what it is about, and what is so.
pub type Fact = (&'static str, String);

impl App {
    /// Gives a key to the overlay. Every overlay closes on Esc and on the key that leaves.
    pub(super) fn press_overlay(&mut self, overlay: Overlay, key: Key) {
        let command = self.keys.command(key, Scope::Thread);
        let closes = match command {
            Some(Command::Global(GlobalCommand::Cancel | GlobalCommand::Leave)) => true,
            Some(Command::Global(GlobalCommand::Help)) => matches!(overlay, Overlay::Help(_)),
            Some(Command::Thread(ThreadCommand::Ancestors)) => matches!(overlay, Overlay::Ancestors(..)),
            Some(Command::Global(_) | Command::Motion(_) | Command::Thread(_) | Command::List(_)) | None => false,
        };
        if closes || key.code == Code::Esc {
            return;
        }
        match overlay {
            Overlay::Help(_) | Overlay::Ancestors(..) => self.scroll_overlay(overlay, self.lines_of(command)),
            Overlay::Links(links, chosen, typed) => self.press_links(links, chosen, typed, key),
            // It has no keys of its own, so that any closes it.
            Overlay::Why(_) => {}
        }
    }

    /// The lines that a command scrolls an overlay by.
    fn lines_of(&self, command: Option<Command>) -> isize {
        const ALL: isize = isize::MAX;
        let page = isize::try_from(OverlayContent::room(self.size.1)).map_or(1, |room| (room - 2).max(1));
        match command {
            Some(Command::Motion(motion)) => match motion {
                Motion::Down => 1,
                Motion::Up => -1,
                Motion::HalfPageDown | Motion::PageDown => page,
                Motion::HalfPageUp | Motion::PageUp => -page,
                Motion::Top => -ALL,
                Motion::Bottom => ALL,
            },
            Some(Command::Thread(ThreadCommand::Toggle)) => page,
            Some(Command::Global(_) | Command::Thread(_) | Command::List(_)) | None => 0,
        }
    }

    /// Puts an overlay on the screen, scrolled by lines as far as it goes.
    pub(super) fn scroll_overlay(&mut self, mut overlay: Overlay, lines: isize) {
        if let Overlay::Help(line) | Overlay::Ancestors(_, line) = &mut overlay {
            *line = line.saturating_add_signed(lines);
        }
        let first = self.overlay_content(&overlay).first;
        if let Overlay::Help(line) | Overlay::Ancestors(_, line) = &mut overlay {
            *line = first;
        }
        self.overlay = Some(overlay);
    }

    /// Gives a key to the list of links.
    fn press_links(&mut self, links: Vec<String>, chosen: usize, typed: usize, key: Key) {
        if let Code::Char(digit @ '0'..='9') = key.code {
            self.type_link_number(links, chosen, typed, digit);
            return;
        }
        let link = links.get(chosen).cloned();
        let next = match self.keys.command(key, Scope::Thread) {
            Some(Command::Thread(ThreadCommand::Toggle | ThreadCommand::OpenOrReply)) => {
                self.effects.extend(link.map(Effect::Follow));
                return;
            }
            Some(Command::Thread(ThreadCommand::BrowseComment)) => {
                self.effects.extend(link.map(Effect::Browse));
                return;
            }
            Some(Command::Global(GlobalCommand::CopyLink)) => {
                self.effects.extend(link.map(|link| Effect::Copy(link, "link")));
                return;
            }
            Some(Command::Motion(motion)) => chosen_after(motion, chosen, links.len().saturating_sub(1)),
            Some(Command::Global(_) | Command::Thread(_) | Command::List(_)) | None => chosen,
        };
        self.overlay = Some(Overlay::Links(links, next, 0));
    }

    /// Takes a digit of a link's number, and opens the link once no further digit could follow.
    fn type_link_number(&mut self, links: Vec<String>, chosen: usize, typed: usize, digit: char) {
        let number = typed * 10 + digit.to_digit(10).map_or(0, |digit| digit as usize);
        if number == 0 || number > links.len() {
            self.message = Some(format!("there are {} links here", links.len()));
            self.overlay = Some(Overlay::Links(links, chosen, 0));
        } else if number * 10 > links.len() {
            self.effects.extend(links.into_iter().nth(number - 1).map(Effect::Follow));
        } else {
            self.overlay = Some(Overlay::Links(links, number - 1, number));
        }
    }
}

/// The link that a motion leads to. A list of links is not moved through by pages.
fn chosen_after(motion: Motion, chosen: usize, last: usize) -> usize {
    match motion {
        Motion::Down => (chosen + 1).min(last),
        Motion::Up => chosen.saturating_sub(1),
        Motion::Top => 0,
        Motion::Bottom => last,
        Motion::HalfPageDown | Motion::HalfPageUp | Motion::PageDown | Motion::PageUp => chosen,
    }
}

/// The reasons for the visibility of the row's comment; none for a row that is no comment.
pub(super) fn why(view: &ThreadView) -> Option<Vec<Fact>> {
    let comment = view.place().row.comment().and_then(|index| view.thread().get(index))?;
    let (index, thresholds) = (comment.index(), view.thresholds());
    let bonus = view.thread().story().top_level_bonus && comment.depth() == 0;
    let bound = |bound: Option<i32>| bound.map_or_else(|| "not set".to_owned(), |bound| bound.to_string());
    let (own, changed) = view.score(index);
    let score = match own {
        None => "not known, so no threshold hides it".to_owned(),
        Some(score) if view.thread().story().score_kind == ScoreKind::Activity => {
            format!("~{score} (activity: what came of it, for the site publishes no scores)")
        }
        Some(score) => score.to_string(),
    };
    let full = match (thresholds.full(), bonus) {
        (Some(full), true) => format!("{} ({full}, one less at the top level)", full - 1),
        (full, _) => bound(full),
    };
    let mode = match view.mode(index) {
        Mode::Full => "in full",
        Mode::Line => "on one line",
        Mode::Hidden => "hidden",
    };
    let mut facts = vec![("score", format!("{score} {}", comment.label()).trim().to_owned())];
    facts.extend(
        view.modifiers_of(index)
            .into_iter()
            .map(|modifier| ("modifier", format!("{} {:+} ({})", modifier.name, modifier.adds, modifier.place))),
    );
    let is_modified = !view.modifiers_of(index).is_empty();
    facts.extend(changed.filter(|_| is_modified).map(|changed| ("so it counts", changed.to_string())));
    facts.extend(view.filter().map(|filter| ("filter", format!("{} (instead of the thresholds)", filter.text()))));
    facts.extend([
        ("hidden below", bound(thresholds.hide())),
        ("in full from", full),
        (if view.filter().is_some() { "so by filter" } else { "so by score" }, mode.to_owned()),
    ]);
    let fold_override = view.fold_override(index);
    if fold_override.folded {
        facts.push(("by hand", "you folded it".to_owned()));
    }
    if fold_override.opened.is_some() {
        facts.push(("by hand", "you opened it".to_owned()));
    }
    if view.rows().visibility(index) == Visibility::Placeholder {
        facts.push(("kept", "as a row, because a reply to it is shown".to_owned()));
    }
    if let Row::Marker(owner) = view.place().row {
        facts.push(("below it", format!("{} hidden", view.rows().hidden_under(owner))));
    }
    Some(facts)
}
