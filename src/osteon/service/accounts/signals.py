"""What the rest of the service may listen to."""

from django.dispatch import Signal

# Sent after commit, once per patient an action touched: ``facts_changed.send(sender, patient_id=<int>)``.
facts_changed = Signal()
