-- The facts the newest snapshot knows: those of this one, unless a later snapshot was given.
select *
from facts
