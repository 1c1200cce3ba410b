"""What pages tell, as typed values: a module a page, each a function of the archive; nothing here knows markup."""
