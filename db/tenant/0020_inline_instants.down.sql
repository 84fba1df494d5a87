alter function iso(timestamptz) immutable;
