"""Rules of spinal infection that are wanted, and what is missing before each can be written."""

from __future__ import annotations

from osteon.knowledge.wanted import Wanted

WANTED: tuple[Wanted, ...] = (
    Wanted(
        "SITE score from its items",
        "Points of neurology, location, imaging, pain and comorbidity; only the bands of the total are here.",
        "Pluemer, J Neurosurg Spine 2023 (PMID 36681973), full text",
        "spine 3.2",
    ),
    Wanted(
        "SISS, instability score made for spondylodiscitis",
        "Items, points and limits; modified SINS has no single definition.",
        "Schömig, Eur Spine J 2022",
        "spine 3.4",
    ),
    Wanted(
        "SponDT, severity by CRP, pain and MRI",
        "Points for each item; and the unit of CRP, printed as mg/dL where mg/L must be meant.",
        "Homagk 2019, 10.1186/s13018-019-1134-9",
        "spine 3.5",
    ),
    Wanted(
        "SSC confirmed",
        "The text of the three grades; they are from memory and therefore provisional.",
        "Homagk 2016, 10.1007/s00586-015-3936-8",
        "spine 3.5",
    ),
    Wanted(
        "Brighton spondylodiscitis score (BSDS)",
        "Points of its six predictors. It failed external validation (area under the curve 0.469), so it would be listed, not offered.",
        "Appalanaidu, Eur Spine J 2019, 10.1007/s00586-018-5775-x",
        "spine 3.6",
    ),
    Wanted(
        "Kim 2014 with probabilities",
        "The probability of failure by number of factors; the figures in circulation are not trustworthy.",
        "Kim, Spine J 2014;14:1673",
        "spine 3.7",
    ),
    Wanted(
        "Shah 2018 (failure of antibiotics), nomogram",
        "The coefficients of motor deficit, fracture, malignancy, diabetes, sensory change and dorsal abscess.",
        "Shah, JBJS 2018, 10.2106/JBJS.17.00629",
        "spine 3.7",
    ),
    Wanted(
        "Shah 2018 (death within 90 days), the eighth factor",
        "The abstract says eight predictors, seven are listed; and the coefficients.",
        "Shah, JBJS 2018, 10.2106/JBJS.17.00630",
        "spine 3.8",
    ),
    Wanted(
        "Baum and Page, failure of antibiotics in epidural abscess",
        "Factors and limits; only their external validation was read.",
        "The papers named in the validation of 176 abscesses",
        "spine 3.7",
    ),
    Wanted(
        "SORG, death within 90 days of epidural abscess",
        "A machine-learned model whose trees are not published: it can only be linked.",
        "Karhade, Spine J 2019;19:1950",
        "spine 3.8",
    ),
    Wanted(
        "HSAS risk bands",
        "The limits of the four bands, and whether Staphylococcus aureus carries points.",
        "Heuer 2022, 10.3390/jcm11030660",
        "spine 3.9",
    ),
    Wanted(
        "MRI severity index from its items",
        "Points of destruction, signal, endplate erosion and extension.",
        "MRI Spondylodiscitis Severity Index 2025, full text",
        "spine 3.11",
    ),
    Wanted(
        "Pola B3.1 and B3.2, and what unstable means",
        "The angle of segmental kyphosis that divides them, and the definition of instability; B3 is one class here.",
        "Pola 2017, 10.1007/s00586-017-5043-5, full text",
        "spine 3.1",
    ),
    Wanted(
        "Davis 2011, order of the steps",
        "The order is from memory; what counts as recent is not defined in what was read.",
        "Davis, J Neurosurg Spine 2011, 10.3171/2011.1.SPINE1091",
        "spine 1.3",
    ),
    Wanted(
        "GATA types confirmed",
        "The seven criteria and the types in full.",
        "Oguz, Int Orthop 2008;32:127",
        "spine 5.1",
    ),
    Wanted(
        "Instability score of spinal tuberculosis with its sum",
        "The weights of the five factors (maximum 9, 3 or more unstable); and the formula of the loss ratio.",
        "Rajasekaran, Global Spine J 2023, 10.1177/21925682221080102",
        "spine 5.3",
    ),
    Wanted(
        "TSIS, tuberculosis spine instability score",
        "Points of its nine items, and on which side 6 and 10 themselves lie.",
        "Ahuja, Spine 2022, 10.1097/BRS.0000000000004173",
        "spine 5.3",
    ),
    Wanted(
        "CSTS from its items",
        "Points of pain, kyphosis, destruction and neurology; only the bands of the total are here.",
        "10.31616/asj.2023.0169, full text",
        "spine 5.3",
    ),
    Wanted(
        "Size of the late increase behind spine at risk",
        "How many degrees more than two signs predict, and how toppling is drawn.",
        "Rajasekaran, J Bone Joint Surg Br 2001;83:954",
        "spine 5.2",
    ),
    Wanted(
        "PITSS from its items",
        "Points of location, comorbidity, organism, distant infection, instrumentation and graft; the bands are from memory.",
        "DiPaola, Spine J 2012;12:218",
        "spine 5.6",
    ),
    Wanted(
        "NHSN periods of surveillance",
        "The days of each operation group; those used here are from memory.",
        "NHSN surgical site infection protocol, table 2",
        "spine 5.6",
    ),
    Wanted(
        "Count model of infection after spine surgery (2,347 operations)",
        "The cut-offs of its ten items and the limits of its four bands.",
        "Coluna/Columna, full text",
        "spine 5.6",
    ),
    Wanted(
        "Duration in fungal spinal infection",
        "Candida and Aspergillus: the guidelines' own words; those here are from memory.",
        "IDSA 2016 candidiasis; guidance on aspergillosis",
        "spine 5.5",
    ),
    Wanted(
        "German guideline S2k 151-001 (2020)",
        "No recommendation text was read.",
        "AWMF, 26 August 2020",
        "spine 12",
    ),
    Wanted(
        "NICE CKS infection red flags and the GIRFT cauda equina page",
        "The text; only quoted fragments were read.",
        "NICE CKS low back pain; GIRFT pathway 2023, updated March 2026",
        "spine 12",
    ),
    Wanted(
        "Prognosis in spinal tuberculosis in a low-endemic country",
        "The paper was not found under its title; no odds ratio is entered.",
        "The journal article of the service's page",
        "spine 7",
    ),
)
