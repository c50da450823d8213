-- The custody log: what was done to the record, as leaves of an RFC 9162 Merkle tree. Written in the transaction that
-- did it, never changed, never removed.

CREATE TABLE event (
  position INTEGER PRIMARY KEY,  -- from 0, without a gap
  what TEXT NOT NULL,
  at TEXT NOT NULL,
  body TEXT NOT NULL,
  leaf TEXT NOT NULL
) STRICT;
CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'an event is never changed'); END;
CREATE TRIGGER event_is_never_removed BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'an event is never removed'); END;

-- One for each transaction: it signs all events up to then.
CREATE TABLE checkpoint (
  size INTEGER PRIMARY KEY,
  frontier TEXT NOT NULL,  -- roots of the full subtrees, largest first: the next root needs no other hash
  note TEXT NOT NULL
) STRICT;
CREATE TRIGGER checkpoint_is_never_changed BEFORE UPDATE ON checkpoint
BEGIN SELECT RAISE(ABORT, 'a checkpoint is never changed'); END;
CREATE TRIGGER checkpoint_is_never_removed BEFORE DELETE ON checkpoint
BEGIN SELECT RAISE(ABORT, 'a checkpoint is never removed'); END;

-- What time-stamping authorities said of a checkpoint.
CREATE TABLE anchor (
  size INTEGER NOT NULL,
  authority TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (size, authority)
) STRICT;

-- The project's signing key, and the secret that salts come from.
CREATE TABLE secret (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

-- Texts by earlier extractors: a claim that rested on one can still be looked up.
CREATE TABLE former_text (
  document TEXT NOT NULL,
  extractor TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (document, extractor, sha256)
) STRICT;
CREATE TRIGGER text_is_kept BEFORE DELETE ON text
BEGIN INSERT OR IGNORE INTO former_text SELECT OLD.document, OLD.extractor, OLD.sha256, OLD.body; END;
