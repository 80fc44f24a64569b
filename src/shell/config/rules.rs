//! The queries of the config: score modifiers, and rules for every list.

use super::super::toml_file::{Entry, Mistakes};
use super::Draft;
use crate::view::Query;

impl Draft {
    /// Reads a score modifier, and keeps a remark where its name is of an earlier form.
    pub(super) fn read_modifier(&mut self, entry: &Entry) -> Result<(), Mistakes> {
        let (query, label) = (entry.name(), entry.label());
        let modifiers = &mut self.options.modifiers;
        let added = match (entry.whole_number(), entry.text()) {
            (Some(number), _) => modifiers.add(query, number, &label.place),
            (None, Ok("hide")) => modifiers.hide(query, &label.place),
            (None, _) => Err("must be a whole number, or \"hide\"".to_owned()),
        };
        let present = added.map_err(|says| vec![label.wrong(&says)])?;
        let line = label.line();
        self.earlier.extend(present.map(|present| format!("{line}: {query} is now written {present:?}")));
        Ok(())
    }

    /// A rule for every list; none where the query is empty.
    pub(super) fn list_rule(entry: &Entry) -> Result<Option<Query>, Mistakes> {
        let Some(query) = entry.text_if_any()? else { return Ok(None) };
        let read = Query::for_stories(query);
        read.map(Some).map_err(|error| entry.wrong(&format!("{}\n{}", error.says, error.caret(query))))
    }
}
