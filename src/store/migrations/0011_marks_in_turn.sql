-- The next marks are found without sorting all of a large portal's for every batch.
CREATE INDEX marks_in_turn ON rapport.marks (tenant_id, stage, kind, event_at, marked_at, record_id);
