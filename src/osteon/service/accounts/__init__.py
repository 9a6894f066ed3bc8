"""People, teams, roles, sign-in, and the trail of who read and changed what."""
