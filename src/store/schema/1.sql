-- A thread of which something is remembered. `id` is the site's own.
CREATE TABLE thread (
    number INTEGER PRIMARY KEY,
    site TEXT NOT NULL,
    id TEXT NOT NULL,
    url TEXT NOT NULL DEFAULT '',
    title TEXT NOT NULL DEFAULT '',
    link TEXT NOT NULL DEFAULT '',
    author TEXT NOT NULL DEFAULT '',
    posted_at INTEGER,
    score INTEGER,
    comments INTEGER,
    -- Kept until it is cleared.
    is_saved INTEGER NOT NULL DEFAULT 0,
    UNIQUE (site, id)
) STRICT;

-- Every canonical address by which a thread was loaded.
CREATE TABLE address (
    url TEXT PRIMARY KEY,
    thread INTEGER NOT NULL REFERENCES thread ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX address_of_thread ON address (thread);

-- A thread as it was last loaded.
CREATE TABLE content (
    thread INTEGER PRIMARY KEY REFERENCES thread ON DELETE CASCADE,
    loaded_at INTEGER NOT NULL,
    etag TEXT,
    modified TEXT,
    data BLOB NOT NULL
) STRICT;

-- A thread as the reader left it. `left_at` is null until the first visit has ended.
CREATE TABLE memory (
    thread INTEGER PRIMARY KEY REFERENCES thread ON DELETE CASCADE,
    left_at INTEGER,
    comments INTEGER NOT NULL DEFAULT 0,
    scoring TEXT NOT NULL DEFAULT '',
    hide TEXT,
    full TEXT,
    sort TEXT NOT NULL DEFAULT 'site',
    place TEXT,
    line INTEGER NOT NULL DEFAULT 0,
    folds TEXT NOT NULL DEFAULT '',
    marks BLOB
) STRICT;

-- A visit, which has not ended while `left_at` is null. Only the last
-- one can be taken back: the columns behind that are the memory before it.
-- No number is given out twice: a program may still end a visit that another one has taken back.
CREATE TABLE visit (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    thread INTEGER NOT NULL REFERENCES thread ON DELETE CASCADE,
    opened_at INTEGER NOT NULL,
    left_at INTEGER,
    can_be_taken_back INTEGER NOT NULL,
    before_left_at INTEGER,
    before_comments INTEGER,
    before_scoring TEXT,
    before_marks BLOB
) STRICT;
CREATE INDEX visit_of_thread ON visit (thread, number);

-- `comment` is empty for the story itself.
CREATE TABLE bookmark (
    thread INTEGER NOT NULL REFERENCES thread ON DELETE CASCADE,
    comment TEXT NOT NULL DEFAULT '',
    url TEXT NOT NULL DEFAULT '',
    author TEXT NOT NULL DEFAULT '',
    words TEXT NOT NULL DEFAULT '',
    made_at INTEGER NOT NULL,
    PRIMARY KEY (thread, comment)
) STRICT, WITHOUT ROWID;

CREATE TABLE author (
    site TEXT NOT NULL,
    name TEXT NOT NULL,
    is_followed INTEGER NOT NULL,
    is_muted INTEGER NOT NULL,
    tag TEXT NOT NULL,
    PRIMARY KEY (site, name)
) STRICT, WITHOUT ROWID;

-- What the reader has typed into a prompt.
CREATE TABLE typed (
    prompt TEXT NOT NULL,
    text TEXT NOT NULL,
    typed_at INTEGER NOT NULL,
    PRIMARY KEY (prompt, text)
) STRICT, WITHOUT ROWID;

-- A page of a list as it was last loaded; the first one has an empty name.
CREATE TABLE list (
    target TEXT NOT NULL,
    page TEXT NOT NULL,
    loaded_at INTEGER NOT NULL,
    etag TEXT,
    modified TEXT,
    fresh_for INTEGER NOT NULL,
    next TEXT,
    data BLOB NOT NULL,
    PRIMARY KEY (target, page)
) STRICT;
