/** What reports are counted from, kept up with every record, and when which part of the terminal worked. */
export const reportsSchema = `
-- How it is counted: not at all, by day and state until it is told apart, or in full.
ALTER TABLE records ADD COLUMN tally TEXT NOT NULL DEFAULT 'day' CHECK (tally IN ('none', 'day', 'hour'));
-- Minutes that local time was ahead of UTC when the certification began; null for one of before until it is told apart.
ALTER TABLE records ADD COLUMN utc_offset_min INTEGER;
-- The reason of settled_state.
ALTER TABLE records ADD COLUMN settled_reason TEXT;
-- What a comparison of two faces came to, here or at the verifier; null where none was made. Stays after erasure.
ALTER TABLE records ADD COLUMN compared TEXT CHECK (compared IN ('match', 'grey', 'no-match'));

-- What certifications came to by day: of days up to the one that the row report-folded of meta names. What is
-- committed on later days stands in report_hours alone, so that a commit changes one page and not three.
CREATE TABLE report_days (
  day      TEXT    NOT NULL,
  scene_id TEXT    NOT NULL,
  -- Empty, like the reason, for what was counted before there were reports and waits to be told apart.
  scheme   TEXT    NOT NULL,
  state    TEXT    NOT NULL CHECK (state IN ('passed', 'failed', 'review', 'error')),
  reason   TEXT    NOT NULL,
  count    INTEGER NOT NULL,
  matched  INTEGER NOT NULL,
  grey     INTEGER NOT NULL,
  unlike   INTEGER NOT NULL,
  PRIMARY KEY (day, scene_id, scheme, state, reason)
) STRICT, WITHOUT ROWID;

CREATE TABLE report_hours (
  day            TEXT    NOT NULL,
  -- Local hour of the day; one that comes twice has two offsets.
  hour           INTEGER NOT NULL CHECK (hour BETWEEN 0 AND 23),
  utc_offset_min INTEGER NOT NULL,
  scene_id       TEXT    NOT NULL,
  scheme         TEXT    NOT NULL,
  state          TEXT    NOT NULL CHECK (state IN ('passed', 'failed', 'review', 'error')),
  reason         TEXT    NOT NULL,
  count          INTEGER NOT NULL,
  matched        INTEGER NOT NULL,
  grey           INTEGER NOT NULL,
  unlike         INTEGER NOT NULL,
  -- One JSON object: for each step how often, how long in all, and a histogram. Empty once the day is folded.
  steps          TEXT    NOT NULL,
  PRIMARY KEY (day, hour, utc_offset_min, scene_id, scheme, state, reason)
) STRICT, WITHOUT ROWID;

-- The same of days that are folded.
CREATE TABLE report_steps (
  day      TEXT NOT NULL,
  scene_id TEXT NOT NULL,
  scheme   TEXT NOT NULL,
  steps    TEXT NOT NULL,
  PRIMARY KEY (day, scene_id, scheme)
) STRICT, WITHOUT ROWID;

-- The days of before are right at once; what they consist of is told apart record by record while the program runs.
INSERT INTO report_days SELECT day, scene_id, '', state, '', count, 0, 0, 0 FROM daily_counts WHERE count > 0;
INSERT INTO meta SELECT 'report-refill', json_object('after', 0, 'until', max(seq)) FROM records
  WHERE EXISTS (SELECT 1 FROM records);
DROP TABLE daily_counts;
INSERT INTO meta SELECT 'report-folded', coalesce(max(day), '') FROM report_days;
CREATE VIEW report_day_counts AS
  SELECT day, scene_id, scheme, state, reason, count, matched, grey, unlike FROM report_days
  UNION ALL
  SELECT day, scene_id, scheme, state, reason, sum(count), sum(matched), sum(grey), sum(unlike) FROM report_hours
  WHERE day > (SELECT value FROM meta WHERE name = 'report-folded') GROUP BY day, scene_id, scheme, state, reason;
CREATE VIEW daily_counts AS
  SELECT day, scene_id, state, sum(count) AS count FROM report_day_counts GROUP BY day, scene_id, state;

-- What was known of a part of the terminal, in wall time; spans of one part never overlap, gaps are unknown.
CREATE TABLE uptime (
  part     TEXT    NOT NULL,
  from_ms  INTEGER NOT NULL,
  until_ms INTEGER NOT NULL CHECK (until_ms >= from_ms),
  state    TEXT    NOT NULL CHECK (state IN ('up', 'down')),
  PRIMARY KEY (part, from_ms)
) STRICT, WITHOUT ROWID;
`;
