-- Run after a large table is made: compress what is not yet compressed.
checkpoint packed;
