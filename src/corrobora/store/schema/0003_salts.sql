-- Salts of fields depend on their values from now on: each row is logged anew when the project is next opened. The mark
-- is taken away in the transaction that does so.
INSERT INTO meta VALUES ('adopt', '1');
