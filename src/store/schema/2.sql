-- Addresses had taken more room than the threads that are small.
DROP INDEX address_of_thread;
ALTER TABLE address RENAME TO address_before;

-- Every address by which a thread was loaded. `hash` is that of its canonical form; `url` is null where that is the form of the
-- thread's own address too.
CREATE TABLE address (
    hash INTEGER PRIMARY KEY,
    thread INTEGER NOT NULL REFERENCES thread ON DELETE CASCADE,
    url TEXT
) STRICT;
CREATE INDEX address_of_thread ON address (thread);

-- A thread that has moved is still found under the address that was its own.
CREATE TRIGGER thread_has_moved BEFORE UPDATE OF url ON thread WHEN old.url <> new.url BEGIN
    UPDATE address SET url = old.url WHERE thread = old.number AND url IS NULL;
END;
