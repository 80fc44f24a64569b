//! Commands that give an address or a text of the page to the clipboard, the browser or another program.

use super::{App, Effect, Overlay, PageContent, Piped, Question};
use crate::markup::to_plain;
use crate::model::{Comment, TextRef};
use crate::view::{Row, ThreadView};

impl App {
    /// Shows the page itself in the browser.
    pub(super) fn browse_page(&mut self) {
        if self.page.is_on_web() {
            self.effects.push(Effect::Browse(self.page.address().to_owned()));
        } else {
            self.say("this has no address on the web");
        }
    }

    /// Copies the address of the comment, or of the chosen story.
    pub(super) fn copy_link(&mut self) {
        match self.page.content() {
            PageContent::Unloaded | PageContent::Loading(_) | PageContent::Failed(_) => {}
            PageContent::Thread(thread) => {
                let address = address_here(thread.view()).to_owned();
                self.take_address(address, |address| Effect::Copy(address, "address"));
            }
            PageContent::List(_) => self.copy_entry_link(),
        }
    }

    /// Shows the comment's page in the browser; of the story, what it links to.
    pub(super) fn browse_comment(&mut self) {
        let Some(view) = self.page.thread() else { return };
        let link = view.thread().story().link.as_str();
        let is_article = view.place().row == Row::Story && !link.is_empty();
        let address = if is_article { link } else { address_here(view) }.to_owned();
        self.take_address(address, Effect::Browse);
    }

    fn take_address(&mut self, address: String, effect: fn(String) -> Effect) {
        if address.is_empty() {
            self.say("this has no address");
        } else {
            self.effects.push(effect(address));
        }
    }

    /// Copies the text of the comment, or of the story.
    pub(super) fn copy_text(&mut self) {
        let Some(view) = self.page.thread() else { return };
        let text = text_here(view);
        if text.plain.is_empty() {
            self.say("there is no text here");
        } else {
            self.effects.push(Effect::Copy(to_plain(text), "text"));
        }
    }

    /// Asks for the command that gets the comment's text, or all that is shown.
    pub(super) fn ask_pipe(&mut self) {
        if let Some(view) = self.page.thread() {
            let has_text = !text_here(view).plain.is_empty();
            self.ask(if has_text { Question::PipeComment } else { Question::PipeShown }, "");
        }
    }

    /// Gives a text to the command that was typed.
    pub(super) fn pipe(&mut self, question: Question, command: String) {
        let Some(view) = self.page.thread() else { return };
        let text = text_here(view);
        if command.is_empty() {
            self.say("no command typed: nothing is piped");
        } else if question == Question::PipeShown {
            self.effects.push(Effect::Pipe(Piped::Shown, command));
        } else if text.plain.is_empty() {
            self.say("there is no text here");
        } else {
            self.effects.push(Effect::Pipe(Piped::Text(to_plain(text)), command));
        }
    }

    /// Shows the links of the comment, and that of the story: before those of its text, behind those of a comment.
    pub(super) fn show_links(&mut self) {
        let Some(view) = self.page.thread() else { return };
        let of_story = Some(view.thread().story().link.clone()).filter(|link| !link.is_empty());
        let here = text_here(view).links().map(str::to_owned);
        let links: Vec<String> = match comment_here(view) {
            None => of_story.into_iter().chain(here).collect(),
            Some(_) => here.chain(of_story).collect(),
        };
        if links.is_empty() {
            self.say("there is no link here");
        } else {
            self.overlay = Some(Overlay::Links(links, 0, 0));
        }
    }
}

/// The comment of the reader's row; none on the story and the foot.
fn comment_here(view: &ThreadView) -> Option<Comment<'_>> {
    view.place().row.comment().and_then(|index| view.thread().get(index))
}

/// The address of the reader's comment, else of the story.
pub(super) fn address_here(view: &ThreadView) -> &str {
    comment_here(view).map_or(view.thread().story().url.as_str(), |comment| comment.url())
}

/// The text of the reader's comment, else of the story.
fn text_here(view: &ThreadView) -> TextRef<'_> {
    comment_here(view).map_or(view.thread().story().text.borrow(), Comment::body)
}
