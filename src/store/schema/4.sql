-- Where the place is scrolled up past the top: the byte of the comment's text at which the first line began that was on the
-- screen, by which it is found on a screen of another width.
ALTER TABLE memory ADD COLUMN byte INTEGER;

-- When a thread was saved. Of those that were saved before this was noted, it is when they were loaded last.
ALTER TABLE thread ADD COLUMN saved_at INTEGER;
UPDATE thread SET saved_at = (SELECT loaded_at FROM content WHERE content.thread = number) WHERE is_saved;
