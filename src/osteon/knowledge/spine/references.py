"""The publications and local pages that the definitions of spinal infection cite, each once."""

from __future__ import annotations

from osteon.rules.monitoring import Reference

GLOUCESTERSHIRE_FLAGS = Reference("S4", "NHS Gloucestershire, back pain red flags (local page)")
CORNWALL_BASS = Reference(
    "S5", "NHS Cornwall, adult low back pain guideline with the spine surgeons' wording of 2018 (local page)"
)
NHS_PATHWAY = Reference("S6", "An NHS acute back pain pathway (slide, origin not stated)")
DUMFRIES_2024 = Reference("S84", "NHS Dumfries and Galloway, spinal pathway, reviewed 5 July 2024")
MICHIGAN = Reference("S83", "University of Michigan, vertebral osteomyelitis, 2013 and 2018")
NG59 = Reference("S89", "NICE NG59 2016 and American College of Radiology, low back pain")
YUSUF_2019 = Reference("S90", "Yusuf, red flags for spinal infection 2019", "10.1186/s12891-019-2949-6")
SHROYER = Reference("S91", "High risk characteristics for pyogenic spinal infection, Am J Emerg Med 2019")
SERVICE_PAGE = Reference("service page", "The service's own spine page for GPs")

DAVIS_2004 = Reference(
    "S2", "Davis 2004, the clinical presentation of epidural abscess", "10.1016/j.jemermed.2003.11.013"
)
DAVIS_2011 = Reference(
    "S3", "Davis 2011, emergency guideline for epidural abscess", "10.3171/2011.1.SPINE1091"
)
DAVIS_2020 = Reference(
    "S92", "Davis 2020, CRP in suspected pyogenic spinal infection", "10.1017/cem.2020.402"
)
CRP_ESR_VETERANS = Reference(
    "S93", "CRP and ESR to rule out acute infectious spinal pathology (abstract; journal not shown)"
)
HEUSNER = Reference("S68", "Stages of spinal epidural abscess (Heusner), JMAJ 2019 review tables")

IDSA_2015 = Reference("S1", "IDSA 2015, native vertebral osteomyelitis (Berbari)", "10.1093/cid/civ482")
IDSA_2015_TEXT = Reference(
    "S81", "IDSA 2015, native vertebral osteomyelitis, full text as page-numbered rows", "10.1093/cid/civ482"
)
BALCESCU_2023 = Reference("S66", "Balcescu 2023, multifocal spinal infection, J Bone Joint Infect")
MARKERS_76 = Reference("S80", "Pyogenic spondylodiscitis surgery, 76 patients, BMC Musculoskelet Disord")
PROST_2023 = Reference("S69", "Prost 2023, empirical or targeted treatment, Int J Spine Surg")
YOON_2010 = Reference("S28", "Yoon 2010, ESR and CRP at week 4", "10.1007/s00586-009-1216-1")
PARK_2016 = Reference("S29", "Park 2016, duration and recurrence", "10.1093/cid/ciw098")
PARK_2013 = Reference("S30", "Park 2013, MRSA vertebral osteomyelitis", "10.1016/j.jinf.2013.07.026")
BERNARD_2015 = Reference("S31", "Bernard 2015, 6 or 12 weeks", "10.1016/S0140-6736(14)61233-2")
OFAC_2022 = Reference("S35", "Open Forum Infect Dis 2022, oral therapy and failure", "10.1093/ofid/ofac366")
EANS_2025 = Reference("S94", "EANS Delphi 2025 (Kramer)", "10.1016/j.bas.2024.104178")
SPONDY = Reference("S37", "SPONDY-Score (Albano, abstract)")

POLA_2017 = Reference("S8", "Pola 2017 (abstract)", "10.1007/s00586-017-5043-5")
BAZAROV_2022 = Reference("S9", "Bazarov 2022, agreement on Pola's classes", "10.14531/ss2022.4.68-76")
PLUEMER_2023 = Reference("S10", "Pluemer 2023, SITE score")
SITE_EXTERNAL = Reference("S11", "SITE score, external validation 2024", "10.3171/2024.7.SPINE24394")
REZVANI_2024 = Reference("S12", "Rezvani 2024, SITE, BSDS and Pola compared", "10.31616/asj.2023.0317")
KRAMER_2025_SITE = Reference("S13", "Kramer 2025, agreement on SITE", "10.1016/j.bas.2025.104228")
CHEN_2026 = Reference("S15", "Chen 2026, SITE and residual deficit", "10.31616/asj.2025.0285")
SINS_2010 = Reference(
    "S63", "Spinal instability neoplastic score (Fisher 2010), as a public implementation cites it"
)
SINS_TB = Reference("S70", "SINS in tuberculosis surgery 2023", "10.1186/s12891-023-06620-6")
HOMAGK_2016 = Reference("S17", "Homagk 2016, SSC", "10.1007/s00586-015-3936-8")
KIM_2014 = Reference("S20", "Kim 2014, epidural abscess, failure of antibiotics alone (PMID 24373683)")
KIM_THESIS = Reference("S105", "Kim, thesis abstract and ISASS 2013")
PATEL_2014 = Reference("S21", "Patel 2014, as summarised in a review table", "10.31616/asj.2019.0369")
SHAH_2018B = Reference("S23", "Shah 2018, motor deficit and mortality", "10.2106/JBJS.17.00630")
SEA_MODELS = Reference("S24", "External validity of five failure models, 176 epidural abscesses (abstract)")
HEUER_2022 = Reference("S19", "Heuer 2022, Hamburg mortality score (HSAS)", "10.3390/jcm11030660")
SEVERE_COMPLICATION = Reference(
    "S36", "Severe complication score after surgery for pyogenic spondylodiscitis (abstract)"
)
MRI_SSI_2025 = Reference("S38", "MRI Spondylodiscitis Severity Index 2025 (abstract)")
AIS = Reference("S64", "ASIA Impairment Scale, four published copies")
FRANKEL = Reference("Frankel", "Frankel grades")

OGUZ_2008 = Reference("S42", "Oguz 2008, GATA classification of spinal tuberculosis (abstract)")
EKINCI_2015 = Reference("S43", "Ekinci 2015, letter on GATA", "10.1007/s11999-015-4196-y")
POTT_HISTORY = Reference("S44", "Natural history of Pott's kyphosis, Eur Spine J 2013")
STB_SURVEY = Reference(
    "S46", "Rajasekaran 2023, instability in spinal tuberculosis", "10.1177/21925682221080102"
)
CSTS = Reference("S47", "Composite spinal tuberculosis score", "10.31616/asj.2023.0169")
ARYAL_2022 = Reference("S54", "Aryal 2022, six months or longer for spinal tuberculosis")
NENE_2019 = Reference("S100", "Nene 2019, six or twelve months, Spine")
KANDWAL_2016 = Reference("S74", "Kandwal 2016, spinal tuberculosis, Asian Spine J")
BRUCELLA_293 = Reference("S55", "Spinal brucellosis, 293 patients, Clin Microbiol Infect 2014")
BRUCELLA_2008 = Reference("S56", "Spinal brucellosis 2008", "10.1016/j.ijid.2008.03.014")
NG33 = Reference("S82", "NICE NG33 Tuberculosis, text of 13 January 2016")
RAJASEKARAN_2001 = Reference("S95", "Rajasekaran 2001, spine at risk, J Bone Joint Surg Br 83:954")
GIBBUS_1987 = Reference("S96", "Prediction of the angle of gibbus deformity 1987", "10.4184/asj.2009.3.2.80")
JAIN_2004 = Reference("S97", "Jain 2004, kyphosis in adults", "10.1007/s00264-003-0516-z")
MOON_2018 = Reference("S106", "Moon 2018, paediatric spinal tuberculosis, Asian Spine J")
SINGH_2015 = Reference("S107", "Singh 2015, Asian Spine J 9:741")
IDSA_CANDIDA_2016 = Reference("IDSA candida 2016", "IDSA 2016, candidiasis")
ASPERGILLUS = Reference("aspergillosis", "Guidance on aspergillosis of bone, to be named")

PITSS_2012 = Reference("S39", "DiPaola 2012, PITSS, Spine J 12:218 (abstract)")
PREMIER = Reference("S41", "Premier surgical site infection score (PMC9860512)")
UKHSA_SSI = Reference("S103", "UKHSA surveillance 2022-2023, as reported in March 2024")
NHSN = Reference("NHSN", "NHSN surgical site infection surveillance, table 2")
GEOMETRY = Reference("spine 4", "Measures of spinal deformity, as defined in the reference file")
