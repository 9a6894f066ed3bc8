"""What the apps above the worklist may listen to."""

from django.dispatch import Signal

# Sent by a worker after the rules were run on a patient: ``looked_at.send(sender, patient_id=<int>, now=<aware>)``.
# What a listener raises is noted with the patient as a failure, as an error of a rule would be.
looked_at = Signal()
