"""A named cast, made through actions: one person of each kind that the accounts pages care about."""
