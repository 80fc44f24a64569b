//! Random discussions, good ones and broken ones.

use lurker::model::{Builder, Draft, Flags, Mark, MarkKind, State, Story, Text, Thread};

use super::random::Rng;

/// A comment to be, with everything owned.
#[derive(Clone, Debug, Default)]
pub(crate) struct Plan {
    pub(crate) id: String,
    pub(crate) parent: Option<String>,
    pub(crate) author: Option<String>,
    pub(crate) author_id: String,
    pub(crate) label: String,
    pub(crate) subject: String,
    pub(crate) url: String,
    pub(crate) score: Option<i32>,
    pub(crate) posted_at: Option<i64>,
    pub(crate) state: State,
    pub(crate) flags: Flags,
    pub(crate) body: Text,
}

impl Plan {
    pub(crate) fn draft(&self) -> Draft<'_> {
        Draft {
            id: &self.id,
            parent: self.parent.as_deref(),
            author: self.author.as_deref(),
            author_id: &self.author_id,
            label: &self.label,
            subject: &self.subject,
            url: &self.url,
            score: self.score,
            posted_at: self.posted_at,
            state: self.state,
            flags: self.flags,
            body: self.body.borrow(),
        }
    }
}

pub(crate) fn build(plans: &[Plan], story: Story) -> Thread {
    let mut builder = Builder::new();
    for plan in plans {
        builder.push(&plan.draft());
    }
    builder.finish(story)
}

/// Up to 40 comments that make a forest, in an order in which replies may come before what they answer.
pub(crate) fn forest(rng: &mut Rng) -> Vec<Plan> {
    let count = rng.below(41);
    let nested = 95 - rng.below(56);
    let mut shuffled = rng.part();
    let mut plans: Vec<Plan> = Vec::new();
    for mut rng in rng.parts(40).into_iter().take(count) {
        let number = plans.len();
        let parent = (rng.chance(nested) && number > 0).then(|| {
            // Now the last one, so that chains grow as well as bushes.
            if rng.chance(30) { number - 1 } else { rng.below(number) }
        });
        plans.push(plan(&mut rng, format!("c{number}"), parent.map(|parent| format!("c{parent}"))));
    }
    if shuffled.chance(30) {
        shuffle(&mut shuffled, &mut plans);
    }
    rng.tell(plans)
}

/// Up to 40 comments as a broken source gives them: lost parents, one id twice, circles, no id.
pub(crate) fn wild(rng: &mut Rng) -> Vec<Plan> {
    let count = rng.below(41);
    let names = count.max(1) * 5 / 4;
    let one = |mut rng: Rng| {
        let id = if rng.chance(5) { String::new() } else { format!("c{}", rng.below(names)) };
        let parent = rng.chance(70).then(|| format!("c{}", rng.below(names + 2)));
        plan(&mut rng, id, parent)
    };
    let plans = rng.parts(40).into_iter().take(count).map(one).collect();
    rng.tell(plans)
}

pub(crate) fn shuffle(rng: &mut Rng, plans: &mut [Plan]) {
    for place in (1..plans.len()).rev() {
        plans.swap(place, rng.below(place + 1));
    }
}

fn plan(rng: &mut Rng, id: String, parent: Option<String>) -> Plan {
    let words = ["", "Re: Naïve", "日本", "x"];
    Plan {
        id,
        parent,
        author: rng.chance(85).then(|| (*rng.pick(&["ann", "bob", "čeněk", ""])).to_owned()),
        author_id: (*rng.pick(&["", "7", "880", "951", "1000", "日本"])).to_owned(),
        label: (*rng.pick(&["", "Funny", "Insightful"])).to_owned(),
        subject: (*rng.pick(&words)).to_owned(),
        url: (*rng.pick(&["", "https://example.org/1"])).to_owned(),
        score: rng.chance(85).then(|| rng.range(-2, 6)),
        posted_at: rng.chance(50).then(|| i64::from(rng.range(-5, 1_000_000))),
        state: *rng.pick(&State::NAMES.map(|(state, _)| state)),
        flags: Flags { op: rng.chance(10), anonymous: rng.chance(30), journal: rng.chance(10), ..Flags::default() },
        body: body(rng),
    }
}

/// A text of up to 12 paragraphs, most of them short; with quotes, code, items and links.
pub(crate) fn body(rng: &mut Rng) -> Text {
    let count = match rng.below(20) {
        0..3 => 0,
        3..16 => rng.below(4),
        _ => rng.below(12),
    };
    let mut text = Text::default();
    let mut opened = Vec::new();
    for number in 0..count {
        if number > 0 {
            text.plain.push_str(if rng.chance(80) { "\n\n" } else { "\n" });
        }
        let start = text.plain.len() as u32;
        if rng.chance(10) && opened.len() < 3 {
            opened.push((start, MarkKind::Quote));
        }
        paragraph(rng, &mut text, start);
        let end = text.plain.len() as u32;
        if rng.chance(30)
            && let Some((start, kind)) = opened.pop()
        {
            text.marks.push(Mark { start, end, kind });
        }
    }
    let end = text.plain.len() as u32;
    text.marks.extend(opened.into_iter().map(|(start, kind)| Mark { start, end, kind }));
    text.marks.sort_by_key(|mark| (mark.start, u32::MAX - mark.end));
    text
}

fn paragraph(rng: &mut Rng, text: &mut Text, start: u32) {
    let words = ["a", "the", "threshold", "https://example.org/a-long/path?of=words", "日本語の文章", "👩‍👩‍👧", "e\u{301}"];
    let kind = rng.below(12);
    if kind == 0 {
        text.plain.push_str("- ");
    }
    let length = 1 + if rng.chance(70) { rng.below(8) } else { rng.below(40) };
    for place in 0..length {
        if place > 0 {
            text.plain.push(if kind == 1 && rng.chance(30) { '\n' } else { ' ' });
        }
        let (from, word) = (text.plain.len() as u32, rng.pick(&words));
        text.plain.push_str(word);
        if kind > 1 && rng.chance(5) {
            let link = MarkKind::Link(text.links.len() as u32);
            text.links.push(format!("https://example.org/{place}"));
            text.marks.push(Mark { start: from, end: text.plain.len() as u32, kind: link });
        }
    }
    let block = [MarkKind::Item, MarkKind::Code].get(kind);
    let end = text.plain.len() as u32;
    text.marks.extend(block.map(|&kind| Mark { start, end, kind }));
}
