"""Infection of the diabetic foot and the grading of its ulcers."""

from __future__ import annotations

from osteon.knowledge.foot import foot_osteomyelitis, idsa_2012, iwgdf_2023, sinbad, wifi

DEFINITIONS = (
    iwgdf_2023.DEFINITION,
    idsa_2012.DEFINITION,
    foot_osteomyelitis.DEFINITION,
    sinbad.DEFINITION,
    wifi.DEFINITION,
)
