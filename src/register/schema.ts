/**
 * The register's tables. What was issued is never changed: certificates and the log refuse UPDATE and DELETE, so a
 * mistake of ours stops with an error instead of rewriting history. The log is chained by hashes (see chain.ts), and its
 * entries hold the hashes of the rows (see sealed.ts).
 */
export const schemaVersion = 5;

/** A certificate that no longer holds; once withdrawn it stays so. */
export const withdrawal = `
CREATE TABLE withdrawal (
  certificate INTEGER PRIMARY KEY REFERENCES certificate (id),
  state TEXT NOT NULL CHECK (state IN ('revoked', 'replaced')),
  reason TEXT NOT NULL,        -- a word of model/withdrawal.ts
  note TEXT NOT NULL,
  at TEXT NOT NULL,            -- UTC
  successor INTEGER REFERENCES certificate (id)
) STRICT;
${refuseChanges("withdrawal")}
`;

/** The proof of a certificate's Open Badge, where one is in its file: rendering needs it and has no key. */
export const badge = `
CREATE TABLE badge (
  certificate INTEGER PRIMARY KEY REFERENCES certificate (id),
  kid TEXT NOT NULL,
  proof TEXT NOT NULL          -- proofValue of a Data Integrity proof
) STRICT;
${refuseChanges("badge")}
`;

/**
 * What the signature of a certificate's PDF is made of besides the bytes that it is over. Neither ECDSA nor a time stamp
 * comes out twice alike, and rendering has no key.
 */
export const signature = `
CREATE TABLE signature (
  certificate INTEGER PRIMARY KEY REFERENCES certificate (id),
  room INTEGER NOT NULL,       -- bytes that the file keeps for it
  value TEXT NOT NULL,         -- base 64
  stamp TEXT                   -- base 64 of a time stamp (RFC 3161), where there is one
) STRICT;
${refuseChanges("signature")}
`;

/** Made in version 4. */
export const logIndex = "CREATE INDEX log_certificate ON log (certificate);";
export const eventIndex = "CREATE INDEX certificate_event ON certificate (event);";

export const schema = `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

-- what the bytes of certificates depend on, by the hash of the content
CREATE TABLE blob (sha256 TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT;

-- one run of \`issue\` for one award: everything its certificates share, frozen
CREATE TABLE batch (
  id INTEGER PRIMARY KEY,
  event TEXT NOT NULL,
  award TEXT NOT NULL,
  language TEXT NOT NULL,
  template TEXT NOT NULL,      -- JSON: name, path → sha256 of each file, and of what is compiled of them
  record TEXT NOT NULL,        -- canonical JSON of the event record
  demand TEXT NOT NULL,        -- JSON: which characters each font must hold
  basis TEXT NOT NULL          -- JSON: hashes of event file and inputs, the rule, the program's version
) STRICT;

CREATE TABLE certificate (
  id INTEGER PRIMARY KEY,
  batch INTEGER NOT NULL REFERENCES batch (id),
  event TEXT NOT NULL,
  person TEXT NOT NULL,
  award TEXT NOT NULL,
  revision INTEGER NOT NULL,
  counter TEXT NOT NULL,
  seq INTEGER NOT NULL,
  number TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  email TEXT,
  personal TEXT NOT NULL,      -- JSON
  sensitive TEXT NOT NULL,     -- JSON
  date TEXT NOT NULL,
  cti TEXT NOT NULL UNIQUE,
  status_index INTEGER NOT NULL UNIQUE,
  token TEXT NOT NULL,
  file TEXT NOT NULL,
  evidence TEXT NOT NULL,      -- JSON: figures and sources it was decided on
  UNIQUE (event, person, award, revision),
  UNIQUE (counter, seq)
) STRICT;
-- an event's certificates in the order of their ids, however many others there are
${eventIndex}
CREATE UNIQUE INDEX certificate_file ON certificate (event, lower(file));

-- every key under which the holder of a certificate may be found again
CREATE TABLE holder (
  event TEXT NOT NULL,
  award TEXT NOT NULL,
  key TEXT NOT NULL,
  person TEXT NOT NULL,
  PRIMARY KEY (event, award, key, person)
) STRICT, WITHOUT ROWID;

-- public halves of the keys that signed, so that verifying needs no private key
CREATE TABLE issuer_key (kid TEXT PRIMARY KEY, public TEXT NOT NULL) STRICT;

-- the file of a certificate as it was last written whole
CREATE TABLE rendering (certificate INTEGER PRIMARY KEY REFERENCES certificate (id), sha256 TEXT NOT NULL) STRICT;

CREATE TABLE log (
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,            -- UTC
  kind TEXT NOT NULL,
  certificate INTEGER REFERENCES certificate (id),
  detail TEXT NOT NULL,        -- JSON
  hash TEXT NOT NULL
) STRICT;
${logIndex}

${withdrawal}
${badge}
${signature}
${["certificate", "log", "batch", "blob", "holder", "rendering", "issuer_key"].map(refuseChanges).join("\n")}
`;

/** Triggers that keep what is in a table as it is. */
export function refuseChanges(table: string): string {
  return ["UPDATE", "DELETE"]
    .map(
      (verb) =>
        `CREATE TRIGGER ${table}_${verb.toLowerCase()} BEFORE ${verb} ON ${table} BEGIN SELECT RAISE(ABORT, 'the ${table} table is append-only'); END;`,
    )
    .join("\n");
}
