"""What other concepts may listen to: ``facts_changed`` after commit, ``facts_touched`` inside the transaction.

The numbers are the rows that were touched. When such a patient has been merged into another, the record to look
at is the survivor's: ``story.survivor_ids([patient_id])``.
"""

from osteon.service.accounts.signals import facts_changed, facts_touched

__all__ = ["facts_changed", "facts_touched"]
