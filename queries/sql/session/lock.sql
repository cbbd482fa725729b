-- Run once, after the last table is made: no files, no extensions, no change of settings from here on.
set enable_external_access = false;
set lock_configuration = true;
