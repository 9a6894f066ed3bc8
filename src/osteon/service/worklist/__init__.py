"""Today, alerts, tasks and the handover list."""
