"""One visual each, by the question it answers: alone in a notebook or on a page, independent of one another."""
