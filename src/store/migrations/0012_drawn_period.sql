-- The month for which the holdout was last drawn anew and everybody scored.
ALTER TABLE rapport.tenants ADD COLUMN drawn_period text;
