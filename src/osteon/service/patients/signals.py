"""What other concepts may listen to: ``facts_changed``, sent after commit with ``patient_id=<int>``.

The number is the row that was touched. When that patient has been merged into another, the record to look
at is the survivor's: ``story.survivor_ids([patient_id])``.
"""

from osteon.service.accounts.signals import facts_changed

__all__ = ["facts_changed"]
