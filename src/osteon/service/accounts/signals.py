"""What the rest of the service may listen to."""

from django.dispatch import Signal

# Sent after commit, once per patient an action touched: ``facts_changed.send(sender, patient_id=<int>)``.
facts_changed = Signal()

# Sent inside the action's transaction, once: ``facts_touched.send(sender, patient_ids=<tuple of int>)``. For
# listeners that must write down what is to be done, so that it stands or falls with the change itself.
facts_touched = Signal()
