//! The left of the status line where something is said there: a message, a load and its progress, or first steps.

use super::{App, BACK_COLUMNS, Command, GlobalCommand, Message, PageContent, PendingLoad};

/// Columns of the gauge.
const GAUGE: usize = 16;
/// Columns that a count and the reason for a wait need beside it.
const BESIDE_GAUGE: usize = 24;

/// What is said at the left of the status line, in the place of a title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusWords {
    /// The columns of the gauge before the words that are full, and all of them.
    pub gauge: Option<(usize, usize)>,
    /// The words.
    pub words: Message,
}

impl StatusWords {
    /// The columns before the words.
    fn start(&self) -> usize {
        self.gauge.map_or(0, |(_, columns)| columns + 1)
    }
}

impl From<Message> for StatusWords {
    fn from(words: Message) -> Self {
        Self { gauge: None, words }
    }
}

impl App {
    /// What is said at the left of the status line: a message, if there is room for it, else how the load goes on, else what
    /// to try first. `None` where a title stands there.
    pub fn status_words(&self) -> Option<StatusWords> {
        if let Some(message) = self.message().filter(|_| self.message_box().is_none()) {
            return Some(self.own_message(message).into());
        }
        let room = self.status_room();
        match self.page.load() {
            Some(load) => Some(self.gauge(load, room)),
            None => self.first_steps().filter(|steps| steps.width() <= room).map(StatusWords::from),
        }
    }

    /// The command of a key that the status line names in a column.
    pub(super) fn named_in_status(&self, x: usize) -> Option<Command> {
        let place = self.status_place();
        let in_place = x.checked_sub(self.size.0.saturating_sub(place.width() + 1));
        in_place.and_then(|column| place.command_at(column)).or_else(|| {
            let said = self.status_words()?;
            let back = if self.leads_back() { BACK_COLUMNS } else { 0 };
            said.words.command_at(x.checked_sub(1 + back + said.start())?)
        })
    }

    /// How a load goes on, in so many columns. What there is no room for is left out whole; the reason why it takes long stays
    /// longest, but for the way out of it.
    fn gauge(&self, load: &PendingLoad, room: usize) -> StatusWords {
        let gauge = load
            .stated
            .filter(|&stated| stated > 0 && room > GAUGE + BESIDE_GAUGE)
            .map(|stated| (GAUGE * load.loaded.min(stated) as usize / stated as usize, GAUGE));
        let is_further = match self.page.content() {
            PageContent::List(list) => list.is_loading_further(),
            PageContent::Unloaded | PageContent::Loading(_) | PageContent::Failed(_) | PageContent::Thread(_) => false,
        };
        let count = match load.stated {
            Some(stated) => format!("{} of {}", thousands(load.loaded), thousands(stated)),
            None if is_further => "loading more".to_owned(),
            None => "loading".to_owned(),
        };
        let seconds = self.now().saturating_sub(load.since).max(0);
        let line = load.transfer.as_ref();
        let words = line.map_or_else(String::new, |line| format!("  {}", line.words));
        let short = line.map_or_else(String::new, |line| format!("  {}", line.short));
        let all = [
            format!("{count}  {seconds} s{words}"),
            format!("{count}  {seconds} s{short}"),
            format!("{count}{short}"),
            count.clone(),
        ];
        let mut said = StatusWords { gauge, words: Message::default() };
        let stops = self.keys.key_with("", GlobalCommand::Cancel, " stops").map(|stops| Message::from("  ").and(stops));
        let with_way_out = all.into_iter().map(|words| Message::from(words).and(stops.clone()));
        let mut words = with_way_out.map(|words| self.own_message(&words));
        said.words = words.find(|words| words.width() + said.start() <= room).unwrap_or_else(|| count.into());
        said
    }
}

/// A number with commas between its thousands.
fn thousands(number: u32) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::thousands;

    #[test]
    fn thousands_are_grouped() {
        assert_eq!([0, 999, 1_000, 1_234_567].map(thousands), ["0", "999", "1,000", "1,234,567"]);
    }
}
