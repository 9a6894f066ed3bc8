"""What patients, families, GPs and the public read: a site of its own, with nothing clinical in it."""
