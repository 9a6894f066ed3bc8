"""The publications on septic arthritis, and on bone and joint infection of children."""

from __future__ import annotations

from osteon.rules.monitoring import Reference

KOCHER_1999 = Reference("Kocher 1999", "Kocher, JBJS 81-A:1662, 1999", "10.2106/00004623-199912000-00002")
KOCHER_2004 = Reference("Kocher 2004", "Kocher, JBJS 86-A:1629, 2004")
LUHMANN_2004 = Reference("Luhmann 2004", "Luhmann, 165 hips 2004")
CAIRD_2006 = Reference("Caird 2006", "Caird, JBJS 88-A:1251, 2006")
SULTAN_2010 = Reference("Sultan 2010", "Sultan and Hughes 2010")
UZOIGWE_2013 = Reference("Uzoigwe 2013", "Uzoigwe, table 1, 2013", "10.1007/s11999-013-3142-0")
SINGHAL_2011 = Reference("Singhal 2011", "Singhal, 311 children 2011")
NEWMAN = Reference("Newman", "Newman grades for research")
STEPHAN_2024 = Reference("Stephan 2024", "Stephan, Pediatrics 2024", "10.1542/peds.2023-063153")
ESPID_2017 = Reference("ESPID 2017", "ESPID bone and joint guideline, PIDJ 36:788, 2017")
UK_CHILDREN = Reference("UK note", "UK practice note, Arch Dis Child, table 5")
BATCHELDER_2016 = Reference("Batchelder 2016", "Batchelder and So 2016", "10.5409/wjcp.v5.i3.244")
NEW_ZEALAND = Reference("New Zealand", "A New Zealand cohort, quoted second-hand")
THIART_2025 = Reference("Thiart 2025", "Thiart, 121 children 2025", "10.1177/18632521251346650")
ENGINE = Reference("Osteon", "Osteon's own reading")
