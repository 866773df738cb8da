// The least that any script of Node takes.
