"""A patient's story as one stream: schema, codes, units, readers, writers, the simulator."""
