-- to_char is only stable, and a function that claims more than its body isn't inlined: each instant cost a call of its own,
-- 3.5 µs instead of 0.7, half the time of a long list.
alter function iso(timestamptz) stable;
