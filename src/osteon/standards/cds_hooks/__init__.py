"""CDS Hooks 2.0: the specification's objects, read strictly and written as it says; signed requests; prefetch.

The text is HL7's release 2.0 (2.0.1 only changed its dress), https://cds-hooks.hl7.org/2.0/. Where a section is
meant, its heading is named. Nothing here knows the web framework: ``osteon.service.decision_support`` serves it.
"""
