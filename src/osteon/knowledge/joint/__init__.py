"""Infection of a joint replacement."""

from __future__ import annotations

from osteon.knowledge.joint import (
    ebjis_2021,
    ebjis_2021_two_positive,
    icm_2013,
    icm_2018_consensus,
    icm_2018_parvizi,
    idsa_2013,
    msis_2011,
    nhsn_pji,
    waiot_2019,
)

DEFINITIONS = (
    ebjis_2021.DEFINITION,
    ebjis_2021_two_positive.DEFINITION,
    icm_2018_parvizi.DEFINITION,
    icm_2018_consensus.DEFINITION,
    icm_2013.DEFINITION,
    msis_2011.DEFINITION,
    idsa_2013.DEFINITION,
    waiot_2019.DEFINITION,
    nhsn_pji.DEFINITION,
)
