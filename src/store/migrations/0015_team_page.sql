-- What the app page asks first: who waits for an answer, and who is likeliest to give one.
CREATE INDEX follow_ups_waiting ON rapport.follow_ups (tenant_id, due_at) WHERE state IN ('open', 'overdue');
CREATE INDEX scores_likeliest ON rapport.scores
  (tenant_id, ((data -> 'reach' -> 'ranked' -> 0 ->> 'chance')::float8) DESC)
  WHERE kind = 'contact' AND data ->> 'status' = 'ready';
