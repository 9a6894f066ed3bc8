"""The publications on infection of the diabetic foot."""

from __future__ import annotations

from osteon.rules.monitoring import Reference

IWGDF_2023 = Reference("IWGDF 2023", "Senneville, IWGDF/IDSA guideline 2023", "10.1093/cid/ciad527")
IWGDF_2023_COPIES = Reference(
    "IWGDF 2023 copies", "Web summaries and a clinician's rule file of the 2023 guideline"
)
IWGDF_2019 = Reference("IWGDF 2019", "IWGDF guideline on foot infection 2019")
IDSA_FOOT_2012 = Reference("IDSA 2012", "IDSA foot infection table 2012 (PMC6174858)", "10.1093/cid/cis346")
BUTALIA_2008 = Reference("Butalia 2008", "Butalia, does this patient have osteomyelitis, JAMA 299:806, 2008")
BIOPSY_35 = Reference("PMC6624071", "Bone biopsy by three methods, 35 patients (PMC6624071)")
SINBAD = Reference("SINBAD", "SINBAD as tabulated", "10.4239/wjd.v13.i12.1049")
WIFI_COPIES = Reference("WIfI pages", "WIfI tables of BMJ Best Practice and IDWiki")
WIFI_2014 = Reference("WIfI 2014", "Mills, WIfI 2014", "10.1016/j.jvs.2013.08.003")
WIFI_COHORT = Reference("Johns Hopkins", "Johns Hopkins, 217 patients, WIfI and amputation")
