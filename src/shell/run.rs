//! The event loop: waits for input, answers and time in one place, updates the app, and draws.

use std::collections::VecDeque;
use std::time::Duration;

use ratatui::Terminal;
use ratatui::backend::Backend;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::task::yield_now;
use tokio::time::{Instant, sleep_until};

use super::desktop::{Desktop, Launch};
use super::fetch::Fetcher;
use super::foreground::{self, Foreground};
use super::input::Input;
use super::keeper::Keeper;
use super::search::Finder;
use super::signals::TERMINATED;
use super::source::{is_word, unknown_word};
use super::terminal_output::TerminalOutput;
use super::terminal_size::TerminalSize;
use crate::app::{App, Code, Effect, Event, Key, Piped};
use crate::print::{self, TextOptions};
use crate::ui::{self, Styles};

/// The interval at which a screen that waits for answers is drawn anew.
const TICK: Duration = Duration::from_secs(1);
/// The time in which a signal arrives that the terminal has sent to several programs.
const LATE_SIGNAL: Duration = Duration::from_millis(500);
/// The time for which nobody misses a first frame: most of what is on this machine is read within it.
const MOMENT: Duration = Duration::from_millis(10);
/// The most events that are taken before a frame is drawn.
const DRAIN: usize = 1024;

/// The dependencies of the loop, so that tests can replace each.
pub struct Environment<'a> {
    /// Keys, mouse, sizes, signals.
    pub inputs: UnboundedReceiver<Input>,
    /// Results of loads.
    pub answers: UnboundedReceiver<Event>,
    /// Starts and stops loads.
    pub fetcher: &'a mut dyn Fetcher,
    /// Keeps things beyond the end of the program.
    pub keeper: Keeper,
    /// Browser, clipboard, suspending.
    pub desktop: &'a mut dyn Desktop,
    /// The terminal's size, which is forgotten whenever it may have changed.
    pub size: TerminalSize,
    /// What goes to the terminal; a frame is drawn when all before it is there.
    pub output: TerminalOutput,
    /// The time in seconds since 1970 UTC.
    pub clock: &'a dyn Fn() -> i64,
    /// Theme and hyperlinks.
    pub styles: Styles,
}

/// The way in which the loop ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The reader left.
    Quit,
    /// The reader left a page that could not be loaded.
    Unread,
    /// A signal ended it, or the terminal went away; with the exit code.
    Terminated(u8),
}

/// Runs the program until it ends. Draws once before the first request, unless what is opened is here before.
///
/// # Errors
/// The backend's error.
pub async fn run<B: Backend>(
    app: App,
    terminal: &mut Terminal<B>,
    environment: Environment<'_>,
) -> Result<Ending, B::Error> {
    let (sender, found) = unbounded_channel();
    let finder = Finder::new(sender);
    let mut running = Running {
        app,
        terminal,
        environment,
        finder,
        found,
        ahead: VecDeque::new(),
        is_stale: false,
        is_owed: false,
        heeds_interrupts_from: Instant::now(),
    };
    // On the heap, since it is large: it holds what waits for other programs and for each kind of input.
    let ending = Box::pin(running.until_end()).await;
    // What the store says of the last visits is for the time after the loop.
    running.environment.answers.close();
    let effects = running.app.end();
    running.perform(effects).await;
    ending
}

/// Whether it ends the program in any state: a signal or Ctrl-C.
fn is_end(input: &Input) -> bool {
    let ctrl_c = Key { ctrl: true, ..Key::plain(Code::Char('c')) };
    matches!(input, Input::Terminate(_) | Input::Interrupt)
        || matches!(input, Input::Event(Event::Key(key)) if *key == ctrl_c)
}

struct Running<'a, 'p, B: Backend> {
    app: App,
    terminal: &'a mut Terminal<B>,
    environment: Environment<'p>,
    /// Searches and sorts in the background, and the channel of their results.
    finder: Finder,
    found: UnboundedReceiver<Event>,
    /// Inputs taken from their channel by the look-ahead for an end.
    ahead: VecDeque<Input>,
    /// Whether the terminal may show something else than the last frame.
    is_stale: bool,
    /// Whether a frame is to be drawn as soon as the terminal takes it.
    is_owed: bool,
    /// The time from which the signal of a key is for lurker: before, another program had the terminal and got it too.
    heeds_interrupts_from: Instant,
}

impl<B: Backend> Running<'_, '_, B> {
    async fn until_end(&mut self) -> Result<Ending, B::Error> {
        if !self.environment.fetcher.has_begun(MOMENT).await {
            self.draw_now()?;
        }
        let effects = self.app.start();
        self.perform(effects).await;
        // The load that has begun takes what has been read.
        yield_now().await;
        let mut ready = self.ready();
        let mut tick = Instant::now() + TICK;
        loop {
            let mut input = if let Some(input) = ready.take() {
                input
            } else {
                let effects = self.draw()?;
                self.perform(effects).await;
                self.look_ahead();
                self.wait(&mut tick).await
            };
            // All that is ready is taken before the next frame, so that a burst costs one.
            for _ in 0..DRAIN {
                if let Some(ending) = self.take(input).await {
                    return Ok(ending);
                }
                let Some(next) = self.ready() else { break };
                input = next;
            }
        }
    }

    /// Waits for whatever comes first, keys before answers; for time only while answers are awaited.
    async fn wait(&mut self, tick: &mut Instant) -> Input {
        if let Some(input) = self.ahead.pop_front() {
            return input;
        }
        let Environment { inputs, answers, output, .. } = &mut self.environment;
        tokio::select! {
            biased;
            input = inputs.recv() => input.unwrap_or(Input::Terminate(TERMINATED)),
            () = output.settled(), if self.is_owed => {
                if output.is_gone() { Input::Terminate(TERMINATED) } else { Input::OutputTaken }
            }
            Some(answer) = answers.recv() => Input::Event(answer),
            Some(found) = self.found.recv() => Input::Event(found),
            () = sleep_until(*tick), if self.app.is_loading() => {
                *tick = Instant::now() + TICK;
                Input::Event(Event::Tick)
            }
        }
    }

    /// Moves an input that ends the program to the front, where more inputs wait than one frame takes.
    fn look_ahead(&mut self) {
        let inputs = &mut self.environment.inputs;
        if self.ahead.len() + inputs.len() <= DRAIN {
            return;
        }
        while let Ok(input) = inputs.try_recv() {
            if is_end(&input) {
                self.ahead.clear();
            }
            self.ahead.push_back(input);
        }
    }

    fn ready(&mut self) -> Option<Input> {
        let Environment { inputs, answers, .. } = &mut self.environment;
        let input = self
            .ahead
            .pop_front()
            .or_else(|| inputs.try_recv().ok())
            .or_else(|| answers.try_recv().ok().map(Input::Event));
        input.or_else(|| self.found.try_recv().ok().map(Input::Event))
    }

    async fn take(&mut self, input: Input) -> Option<Ending> {
        let effects = match input {
            Input::Interrupt if Instant::now() < self.heeds_interrupts_from => Vec::new(),
            Input::Interrupt => return Some(Ending::Terminated(TERMINATED)),
            Input::Terminate(code) => return Some(Ending::Terminated(code)),
            Input::Suspend => vec![Effect::Suspend],
            Input::OutputTaken => Vec::new(),
            Input::Continued => {
                self.environment.desktop.resume();
                vec![Effect::Redraw]
            }
            Input::Resized => vec![Effect::Redraw],
            Input::Styles(styles) => {
                self.environment.styles = *styles;
                Vec::new()
            }
            Input::Event(event) => self.app.update(event, (self.environment.clock)()),
        };
        self.perform(effects).await
    }

    async fn perform(&mut self, effects: Vec<Effect>) -> Option<Ending> {
        let mut effects = VecDeque::from(effects);
        while let Some(effect) = effects.pop_front() {
            match effect {
                Effect::Load { request, source, from, known } => {
                    self.environment.fetcher.load(request, &source, from.as_deref(), known);
                }
                Effect::Follow(address) if self.environment.fetcher.knows(&address, self.app.page().address()) => {
                    effects.extend(self.app.update(Event::Open(address), (self.environment.clock)()));
                }
                Effect::GoTo(target) => {
                    let checked = self.environment.fetcher.check(&target);
                    let checked = checked
                        .map_err(|says| if is_word(&target) { unknown_word(&target, self.app.words()) } else { says });
                    let event = checked.map_or_else(Event::Report, |()| Event::Open(target));
                    effects.extend(self.app.update(event, (self.environment.clock)()));
                }
                Effect::Wait(number, time) => self.finder.wait(number, time),
                Effect::Search { number, thread, search } => self.finder.start(number, thread, search),
                Effect::Sort { number, thread, order, shown } => self.finder.sort(number, (thread, order), shown),
                Effect::Store(request) => self.environment.keeper.perform(request, (self.environment.clock)()),
                Effect::Cancel(request) => self.environment.fetcher.cancel(request),
                Effect::Follow(address) | Effect::Browse(address) => {
                    let launch = self.environment.desktop.browse(&address);
                    match self.launch(launch).await {
                        Ok(line) => effects.extend(self.app.update(Event::Report(line), (self.environment.clock)())),
                        Err(ending) => return Some(ending),
                    }
                }
                Effect::Copy(text, what) => {
                    let report = Event::Report(self.environment.desktop.copy(&text, what));
                    effects.extend(self.app.update(report, (self.environment.clock)()));
                }
                Effect::Pipe(piped, command) => {
                    let launch = Launch::Screen(Box::new(Foreground::piping(self.piped_text(piped), &command)));
                    match self.launch(launch).await {
                        Ok(line) => effects.extend(self.app.update(Event::Report(line), (self.environment.clock)())),
                        Err(ending) => return Some(ending),
                    }
                }
                Effect::Suspend => {
                    self.environment.desktop.suspend();
                    self.is_stale = true;
                }
                Effect::Redraw => self.is_stale = true,
                Effect::Quit => {
                    return Some(if self.app.is_unread() { Ending::Unread } else { Ending::Quit });
                }
            }
        }
        None
    }

    /// The text of all that is shown, as printed, or of one comment.
    fn piped_text(&self, piped: Piped) -> String {
        let (columns, _) = self.app.size();
        let is_ascii = self.environment.styles.glyphs.guide.is_ascii();
        let options = TextOptions { width: columns, colour: false, ascii: is_ascii, now: (self.environment.clock)() };
        match (piped, self.app.page().thread()) {
            (Piped::Text(text), _) => text + "\n",
            (Piped::Shown, Some(view)) => print::shown(view, options),
            (Piped::Shown, None) => String::new(),
        }
    }

    /// Gives a program the terminal if it needs it, and takes that back when the program has ended; the line is for the
    /// reader.
    ///
    /// # Errors
    /// The way in which lurker is to end, since it was asked to meanwhile.
    async fn launch(&mut self, launch: Launch) -> Result<String, Ending> {
        let mut program = match launch {
            Launch::Said(line) => return Ok(line),
            Launch::Screen(program) => program,
        };
        let Environment { inputs, desktop, output, .. } = &mut self.environment;
        desktop.give_screen();
        let outcome = program.run(inputs, &mut self.ahead).await.map_err(Ending::Terminated)?;
        if program.is_read {
            desktop.read_again();
            let late = if foreground::was_interrupted(&outcome) { LATE_SIGNAL } else { Duration::ZERO };
            let heeds_from = Instant::now() + late;
            foreground::wait_for_enter(inputs, output, heeds_from).await.map_err(Ending::Terminated)?;
        }
        let line = program.report(outcome);
        desktop.take_screen();
        self.heeds_interrupts_from = Instant::now() + LATE_SIGNAL;
        self.is_stale = true;
        Ok(line)
    }

    /// Gives the app the present size of the terminal.
    fn fit(&mut self) -> Result<(), B::Error> {
        let size = self.terminal.size()?;
        let (columns, lines) = (usize::from(size.width), usize::from(size.height));
        if (columns, lines) != self.app.size() {
            self.is_stale = true;
            self.app.update(Event::Resize(columns, lines), (self.environment.clock)());
        }
        Ok(())
    }

    /// Empties the screen, so that the next frame draws every cell.
    ///
    /// `Terminal::clear` would ask the terminal where the cursor is, and wait for an answer that the thread which reads
    /// the keys takes away.
    fn clear(&mut self) -> Result<(), B::Error> {
        let size = self.terminal.size()?;
        self.terminal.resize(size.into())
    }

    /// Draws, unless the terminal has not taken the last frame yet.
    fn draw(&mut self) -> Result<Vec<Effect>, B::Error> {
        self.is_owed = !self.environment.output.is_idle();
        if self.is_owed { Ok(Vec::new()) } else { self.draw_now() }
    }

    fn draw_now(&mut self) -> Result<Vec<Effect>, B::Error> {
        if self.is_stale {
            self.environment.size.forget();
        }
        self.fit()?;
        if std::mem::take(&mut self.is_stale) {
            self.clear()?;
        }
        let (app, styles) = (&self.app, &self.environment.styles);
        self.terminal.draw(|frame| ui::draw(app, styles, frame.area(), frame.buffer_mut()))?;
        Ok(self.app.update(Event::Drawn, (self.environment.clock)()))
    }
}
