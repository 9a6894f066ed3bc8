"""Rules of limb and joint infection that are wanted, and what is missing before each can be written."""

from __future__ import annotations

from osteon.knowledge.wanted import Wanted

WANTED: tuple[Wanted, ...] = (
    Wanted(
        "JS-BACH, complexity of prosthetic joint infection",
        "The bone letter for each joint (bone loss, kind of implant) and how the letters combine.",
        "Hotchen, EClinicalMedicine 2021, PMC8585623 (open)",
        "definitions 1.3",
    ),
    Wanted(
        "BACH, third class (limited options)",
        "Whether it exists outside JS-BACH; the exact combining rule; wording of A3, H2, H3; whether a local flap is C2; polymicrobial infection.",
        "Hotchen 2019, 10.1302/2046-3758.810.BJR-2019-0050.R1 (open)",
        "definitions 1.2",
    ),
    Wanted(
        "EBJIS 2021 verified",
        "The criteria table and its footnotes: CRP with or without a number, histology and imaging rows, the clinical list, dilution for blood.",
        "McNally 2021, 10.1302/0301-620X.103B1.BJJ-2020-1381.R1 (open)",
        "definitions 2.1",
    ),
    Wanted(
        "MSIS 2011 with numbers for joint fluid",
        "Limits of white cells and neutrophils: the original prints none, so they are asked for.",
        "Parvizi 2011, 10.1007/s11999-011-2102-9",
        "definitions 2.4",
    ),
    Wanted(
        "WAIOT 2019 from single tests",
        "Which tests rule in and which rule out; only their numbers are asked for.",
        "Romanò 2019, 10.3390/jcm8050650 (open)",
        "definitions 2.5",
    ),
    Wanted(
        "NHSN surveillance verified",
        "The manual's own text; it was read in a public program.",
        "NHSN patient safety manual, chapter 17",
        "definitions 2.5",
    ),
    Wanted(
        "Fracture-related infection, version by item",
        "Which items date from 2018 and which from 2020; a number of days for late onset.",
        "McNally 2020, 10.1302/2058-5241.5.190072 (open)",
        "definitions 3",
    ),
    Wanted(
        "IWGDF/IDSA 2023 verified",
        "The table itself, and the rule for the suffix (O) after grades 1 and 2.",
        "Senneville 2023, 10.1093/cid/ciad527",
        "definitions 4.1",
    ),
    Wanted(
        "WIfI clinical stage",
        "The table of 64 cells. Public programs add the grades and disagree; a sum is not the table.",
        "Mills 2014, 10.1016/j.jvs.2013.08.003",
        "definitions 4.3",
    ),
    Wanted(
        "Interval likelihood ratios of joint fluid as printed",
        "The printed values; those in use here are computed from a table that was read.",
        "Carpenter 2011, 10.1111/j.1553-2712.2011.01121.x (PMC3229263)",
        "definitions 5.2",
    ),
    Wanted(
        "SANJO 2023, native joint arthritis",
        "Its thresholds: the guideline was found, not read.",
        "10.5194/jbji-8-29-2023 (open)",
        "definitions 5.2",
    ),
    Wanted(
        "A-SCORE and C-SCORE for children",
        "The points of each item. The cut-offs 4 and 3 and the odds ratios are known, the sum is not.",
        "Alhinai 2020, 10.1093/cid/ciaa211",
        "definitions 6.2",
    ),
    Wanted(
        "Severity of illness in children (Copley 2014, Athey 2019)",
        "The cut points of every item; the bands 0-3, 4-7, 8-10 are from memory.",
        "10.1097/INF.0000000000000002; 10.1097/bpo.0000000000000879",
        "definitions 6.3",
    ),
    Wanted(
        "PIDS/IDSA 2021 and ESPID 2017 verified",
        "Oral switch and duration as printed. The UK note stands beside them.",
        "Woods 2021, 10.1093/jpids/piab027; ESPID, PIDJ 36:788",
        "definitions 6.4",
    ),
    Wanted(
        "Atkins, observed post-test figures",
        "The four figures in circulation do not fit table 4 of the paper and are not shown.",
        "Atkins 1998, PMC105090 (open)",
        "definitions 8",
    ),
    Wanted(
        "Oxford composite verified",
        "The wording of the protocol.",
        "McNally 2016, 10.1302/0301-620X.98B9.38057",
        "definitions 9",
    ),
    Wanted(
        "HOES, histology of osteomyelitis",
        "The cut points of its items A1-A3 and C1-C2.",
        "The HOES score's own paper",
        "definitions 9",
    ),
    Wanted(
        "Marais outcome by intent",
        "The predefined host criteria, and remission, suppression and failure by intent.",
        "Marais 2014 and 2016, 10.1007/s11751-016-0259-1",
        "definitions 1.1; 10.4",
    ),
    Wanted(
        "Delphi, OVIVA and MSIS outcomes verified",
        "The wording of Delphi success and of OVIVA's definite and probable failure; the minimum follow-up of the tiers.",
        "10.1007/s11999-013-2866-1; NEJM 380:425; 10.2106/JBJS.19.00159",
        "definitions 10",
    ),
    Wanted(
        "MDR, XDR and PDR of other organisms",
        "The drug categories of enterococci (11), Enterobacterales (17), Pseudomonas (8) and Acinetobacter (9); only their numbers are known, from memory.",
        "Magiorakos 2012, 10.1111/j.1469-0691.2011.03570.x",
        "antimicrobials c3",
    ),
)
