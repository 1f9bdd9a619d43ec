-- The next writes are found without sorting all that a large portal has planned for every batch.
CREATE INDEX writes_in_turn ON rapport.writes (tenant_id, kind, event_at, write_id) WHERE state = 'planned';
