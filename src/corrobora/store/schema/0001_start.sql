-- Records are kept whole, as JSON of the dataclasses in model/, beside the columns that they are found by.

CREATE TABLE document (
  id TEXT PRIMARY KEY,
  sha256 TEXT NOT NULL,
  file TEXT NOT NULL,
  address TEXT NOT NULL,
  current INTEGER NOT NULL DEFAULT 1,  -- 0: a later capture of the same address has replaced it
  state TEXT NOT NULL,
  reason TEXT NOT NULL DEFAULT '',
  body TEXT NOT NULL
) STRICT;
CREATE INDEX document_sha256 ON document (sha256);
CREATE INDEX document_address ON document (address);

-- Every place at which the bytes of a document were found, and when.
CREATE TABLE occurrence (
  document TEXT NOT NULL REFERENCES document (id),
  file TEXT NOT NULL,
  address TEXT NOT NULL,
  seen_at TEXT NOT NULL,
  PRIMARY KEY (document, file, address)
) STRICT;

-- What became of every input ever named: nothing is dropped in silence.
CREATE TABLE input (
  address TEXT PRIMARY KEY,
  file TEXT NOT NULL,
  document TEXT NOT NULL,
  state TEXT NOT NULL,
  reason TEXT NOT NULL,
  seen_at TEXT NOT NULL
) STRICT;

CREATE TABLE text (
  document TEXT PRIMARY KEY REFERENCES document (id),
  extractor TEXT NOT NULL,
  sha256 TEXT NOT NULL,  -- of the text's UTF-8 bytes: a claim binds to the text, the text to the bytes
  body TEXT NOT NULL
) STRICT;

-- What a reader found (said), and what the resolver made of it (computed).
CREATE TABLE findings (
  document TEXT PRIMARY KEY REFERENCES document (id),
  reader TEXT NOT NULL,
  resolver TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE TABLE reading (
  claim TEXT PRIMARY KEY,
  document TEXT NOT NULL REFERENCES document (id),
  position INTEGER NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX reading_document ON reading (document);

-- Derived, dropped and rebuilt at will.
CREATE TABLE derived (
  kind TEXT NOT NULL,  -- incident, toll, assessment, family
  id TEXT NOT NULL,
  position INTEGER NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (kind, id)
) STRICT;

-- What persons decided: written once, never changed, never removed.
CREATE TABLE decision (
  id TEXT PRIMARY KEY,
  at TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE TRIGGER decision_is_never_changed BEFORE UPDATE ON decision
BEGIN SELECT RAISE(ABORT, 'a decision is never changed: supersede it'); END;
CREATE TRIGGER decision_is_never_removed BEFORE DELETE ON decision
BEGIN SELECT RAISE(ABORT, 'a decision is never removed: undo it'); END;

CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
INSERT INTO meta VALUES ('version', '0');

CREATE VIRTUAL TABLE words USING fts5 (
  document UNINDEXED, claim UNINDEXED, title, body,
  tokenize = "unicode61 remove_diacritics 2"
);
