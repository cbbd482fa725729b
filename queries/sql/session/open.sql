-- Run once, first: the tables live in a database in memory that compresses them.
attach ':memory:' as packed (compress); -- noqa: PRS
use packed;
