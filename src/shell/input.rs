//! What comes from outside: keys, mouse and size from the terminal, and signals.

use std::thread;

use crossterm::event::{self, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use super::background::{Asked, Filter};
use crate::app::{Code, Event, Key};

/// Something from outside.
#[derive(Clone, Debug)]
pub enum Input {
    /// For the program.
    Event(Event),
    /// The terminal has had another size, and may have lost what was on it.
    Resized,
    /// The program was stopped and continued: the terminal is to be taken again.
    Continued,
    /// The program is to end.
    Terminate,
}

/// Where signals arrive, and in time what the terminal sends.
#[derive(Debug)]
pub struct Ear {
    sender: UnboundedSender<Input>,
    receiver: UnboundedReceiver<Input>,
}

/// Starts to listen to signals, which is to be done before the terminal is taken: one that ends the program must find it
/// able to give that back. Needs a runtime.
///
/// # Errors
/// What the system says where signals cannot be listened to.
pub fn listen() -> std::io::Result<Ear> {
    let (sender, receiver) = unbounded_channel();
    for (kind, input) in [
        (SignalKind::terminate(), Input::Terminate),
        (SignalKind::hangup(), Input::Terminate),
        (SignalKind::interrupt(), Input::Terminate),
        (SignalKind::quit(), Input::Terminate),
        (SignalKind::window_change(), Input::Resized),
        (SignalKind::from_raw(rustix::process::Signal::CONT.as_raw()), Input::Continued),
    ] {
        let (mut signals, sender) = (signal(kind)?, sender.clone());
        tokio::spawn(async move { while signals.recv().await.is_some() && sender.send(input.clone()).is_ok() {} });
    }
    Ok(Ear { sender, receiver })
}

impl Ear {
    /// Listens to the terminal as well, which was asked for its background: first comes what was typed meanwhile.
    pub fn with_terminal(self, asked: Asked) -> UnboundedReceiver<Input> {
        let Self { sender, receiver } = self;
        for key in asked.typed {
            // The receiver is at hand.
            let _ = sender.send(Input::Event(Event::Key(key)));
        }
        thread::spawn(move || read_terminal(&sender, asked.filter));
        receiver
    }
}

/// Ends when the terminal is gone or the loop has ended.
fn read_terminal(sender: &UnboundedSender<Input>, mut filter: Filter) {
    loop {
        let Ok(event) = event::read() else {
            let _ = sender.send(Input::Terminate);
            return;
        };
        let events = match translate(&event) {
            Some(Event::Key(key)) => filter.take(key).into_iter().map(Event::Key).collect(),
            event => Vec::from_iter(event),
        };
        if events.into_iter().any(|event| sender.send(Input::Event(event)).is_err()) {
            return;
        }
    }
}

/// An event of the terminal as the program knows it; nothing for those that mean nothing to it.
pub fn translate(event: &event::Event) -> Option<Event> {
    match event {
        event::Event::Key(key) if key.kind != KeyEventKind::Release => translate_key(key).map(Event::Key),
        event::Event::Mouse(mouse) => translate_mouse(*mouse),
        event::Event::Paste(text) => Some(Event::Paste(text.clone())),
        // Sizes come as a signal, for crossterm loses those that come with a key.
        _ => None,
    }
}

fn translate_key(key: &KeyEvent) -> Option<Key> {
    let code = match key.code {
        KeyCode::Char(character) => Code::Char(character),
        KeyCode::Enter => Code::Enter,
        KeyCode::Esc => Code::Esc,
        KeyCode::Tab | KeyCode::BackTab => Code::Tab,
        KeyCode::Backspace => Code::Backspace,
        KeyCode::Delete => Code::Delete,
        KeyCode::Up => Code::Up,
        KeyCode::Down => Code::Down,
        KeyCode::Left => Code::Left,
        KeyCode::Right => Code::Right,
        KeyCode::Home => Code::Home,
        KeyCode::End => Code::End,
        KeyCode::PageUp => Code::PageUp,
        KeyCode::PageDown => Code::PageDown,
        KeyCode::F(number) => Code::F(number),
        _ => return None,
    };
    let has = |modifier| key.modifiers.contains(modifier);
    let shift = key.code == KeyCode::BackTab || has(KeyModifiers::SHIFT) && !matches!(code, Code::Char(_));
    Some(Key { code, ctrl: has(KeyModifiers::CONTROL), alt: has(KeyModifiers::ALT), shift })
}

fn translate_mouse(mouse: MouseEvent) -> Option<Event> {
    let (x, y) = (usize::from(mouse.column), usize::from(mouse.row));
    match mouse.kind {
        MouseEventKind::ScrollDown => Some(Event::Wheel(1)),
        MouseEventKind::ScrollUp => Some(Event::Wheel(-1)),
        MouseEventKind::Down(MouseButton::Left) => Some(Event::Click(x, y)),
        MouseEventKind::Drag(MouseButton::Left) => Some(Event::Drag(x, y)),
        _ => None,
    }
}
