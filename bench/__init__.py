"""The measurements: the same work done by us, by peers and at the machine's limit, side by side in one run."""
