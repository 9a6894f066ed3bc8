"""The publications on infected joint replacements."""

from __future__ import annotations

from osteon.rules.monitoring import Reference

SIGMUND_2022 = Reference(
    "Sigmund 2022", "Sigmund, three definitions compared 2022", "10.1302/2046-3758.119.BJR-2022-0078.R1"
)
DINIZ_2023 = Reference("Diniz 2023", "Diniz, markers in joint fluid 2023", "10.5194/jbji-8-109-2023")
PARVIZI_2018 = Reference(
    "Parvizi 2018", "Parvizi, the 2018 definition of hip and knee infection", "10.1016/j.arth.2018.02.078"
)
PARVIZI_TABLE = Reference(
    "BMC 2020", "A later paper that prints Parvizi's score table", "10.1186/s12891-020-03266-6"
)
PARVIZI_PROGRAMS = Reference("programs", "Public programs that compute Parvizi's score")
SHOHAT_2019 = Reference("Shohat 2019", "Shohat, consensus meeting table 2018", "10.1016/j.arth.2018.09.045")
GUAN_2019 = Reference("Guan 2019", "Guan, table 2 (consensus meeting 2018)", "10.1186/s12891-019-2941-1")
MSIS_2011 = Reference("MSIS 2011", "Parvizi, MSIS definition 2011", "10.1007/s11999-011-2102-9")
ICM_2013 = Reference("ICM 2013", "Zmistowski, consensus definition 2013", "10.1002/jor.22553")
DRAGO_2019 = Reference("Drago 2019", "Drago, definitions compared 2019 (PMC6678965)", "10.3390/jcm8070933")
IDSA_PJI_2013 = Reference("IDSA 2013", "Osmon, IDSA guideline on PJI 2013", "10.1093/cid/cis803")
WAIOT_2019 = Reference("WAIOT 2019", "Romanò, WAIOT definition 2019", "10.3390/jcm8050650")
NHSN = Reference("NHSN", "NHSN surveillance definitions, chapter 17, as a public program implements them")
