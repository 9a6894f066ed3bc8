"""What the published definitions say: of a patient, of numbers somebody types, and across the unit."""
