-- Where the place is scrolled up past the top: the byte of the comment's text at which the first line began that was on the
-- screen, by which it is found on a screen of another width.
ALTER TABLE memory ADD COLUMN byte INTEGER;
