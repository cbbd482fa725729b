-- Run on every cursor: it does not take over where its connection looks for tables.
use packed;
