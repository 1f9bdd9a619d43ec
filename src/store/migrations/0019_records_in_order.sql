-- A page of ids is found where the last one ended, without sorting all of a large portal's.
CREATE INDEX records_in_order ON rapport.records (tenant_id, kind, length(record_id), record_id) WHERE NOT deleted;
