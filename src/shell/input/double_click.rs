//! Double-clicks: terminals report every press by itself, so that time and place alone tell which belong together.

use std::time::{Duration, Instant};

use crate::app::Event;

/// The longest time between two presses of a double-click, as desktops have it.
const LONGEST: Duration = Duration::from_millis(500);
/// The columns and lines that a hand moves meanwhile.
const NEAR: usize = 1;

/// The last press, while a further one may belong to it.
#[derive(Debug, Default)]
pub(super) struct DoubleClicks(Option<(Instant, (usize, usize))>);

impl DoubleClicks {
    /// The event as the program is to take it: a click that follows another one at once, at about the same place, is said to.
    pub(super) fn mark(&mut self, event: Event, now: Instant) -> Event {
        let last = self.0;
        let follows = |x: usize, y: usize| {
            last.is_some_and(|(then, at)| {
                now.duration_since(then) <= LONGEST && at.0.abs_diff(x) <= NEAR && at.1.abs_diff(y) <= NEAR
            })
        };
        match event {
            Event::Click(x, y) => {
                self.0 = Some((now, (x, y)));
                if follows(x, y) { Event::ClickAgain(x, y) } else { event }
            }
            // A hand that is not quite still.
            Event::Drag(x, y) if follows(x, y) => event,
            Event::Release => event,
            _ => {
                self.0 = None;
                event
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The events at these times, in milliseconds, as the program takes them.
    fn marked(events: &[(u64, Event)]) -> String {
        let (mut double_clicks, start) = (DoubleClicks::default(), Instant::now());
        let marked = events.iter().cloned().map(|(time, event)| {
            match double_clicks.mark(event, start + Duration::from_millis(time)) {
                Event::Click(..) => '1',
                Event::ClickAgain(..) => '2',
                _ => '-',
            }
        });
        marked.collect()
    }

    #[test]
    fn a_press_at_once_and_at_about_the_same_place_belongs_to_the_one_before() {
        let click = Event::Click;
        assert_eq!(marked(&[(0, click(5, 5)), (500, click(6, 4)), (1000, click(5, 5)), (1501, click(5, 5))]), "1221");
        assert_eq!(marked(&[(0, click(5, 5)), (100, click(7, 5)), (200, click(7, 7))]), "111");
        assert_eq!(marked(&[(0, click(5, 5)), (50, Event::Drag(6, 5)), (100, click(5, 5))]), "1-2");
        assert_eq!(marked(&[(0, click(5, 5)), (50, Event::Release), (100, click(5, 5))]), "1-2");
        assert_eq!(marked(&[(0, click(5, 5)), (50, Event::Drag(9, 5)), (100, click(5, 5))]), "1-1");
        assert_eq!(marked(&[(0, click(5, 5)), (50, Event::Wheel(1, 5)), (100, click(5, 5))]), "1-1");
    }
}
